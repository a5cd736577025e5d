package request

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestNames: which names are found, and which of them are taken away.
func TestNames(t *testing.T) {
	cookies := CookieNames([]string{"__client_uat", "token"}, []string{"session", "__session", "__session_Ab-1", "a.b", "a%20c"})
	params := ParamNames([]string{"__synced"}, []string{"token", "access_token", "user[token]", "t"})
	tests := map[string]struct {
		names     *Names
		yes, read []string // taken away; found, but not taken away
		no        []string
	}{
		"cookies as they stand": {cookies,
			[]string{"session", "__session", "__session_Ab-1", "a.b", "a%20c"},
			[]string{"__client_uat", "token"},
			[]string{"", "s", "sessio", "sessions", "session_", "_session", "__sessio", "__session_", "__client_ua", "tokens", "a_", "xsession"}},
		"cookies as some servers read them": {cookies,
			[]string{" session", "session\t", `"session"`, "session\x01", "\xa0session\xc2\xa0", "+session+", "%73ession", "sessio%6e", "%73%65%73%73%69%6f%6E",
				"%2573ession", "%25%37%33ession", "session[]", "session[0][x]", "session[", "session]", "[session]", "][session]", "%5Bsession%5D", "session%00x", "session%00",
				"_.session", "_ session", "_+session", "_[session", "..session", "[_session", " __session", "__session_Ab-1[]", "a_b", "a b", "a[b", "a+b", "a_c"},
			nil,
			[]string{"%73", "%73essio", "session%20x", "session%2", "sess%69o", "%2525373ession", "session x", "[]", "]", "%", "%%", "\xa0", "%5b"}},
		"cookies in other case": {cookies,
			[]string{"SESSION", "Session", "sesSion", "%53ession", "\"SESSION\"", "SESSION[]", "__SESSION_AB-1", "__session_ab-1", "A.B", "a_B", "A%20c", "a%20C",
				"\u017fession", "se\u017fs\u0131on", "sess\u0130on", "%C5%BFession", "%c5%bfe%C5%bfs%C4%B1on", "%25C5%25BFession"},
			nil,
			[]string{"__CLIENT_UAT", "__Client_uat", "TOKEN", "SESSIONS", "se\u212asion", "\xc5ession", "sessio\xc5", "\xe2\x84ession"}},
		"parameters in other case": {params,
			[]string{"TOKEN", "T", "to\u212aen", "to%E2%84%AAen", "Acce\u017fs_tO\u212aEN", "User[Token]"},
			nil,
			[]string{"__SYNCED", "\u0131", "TOKENS", "to\xe2\x84en", "to%E2%84en"}},
		"parameters as they stand": {params,
			[]string{"token", "%74oken", "access_token", "access%5Ftoken", "user[token]", "user%5Btoken%5D", "t", "%74"},
			[]string{"__synced", "%5F_synced"},
			[]string{"", "x", "to", "toke", "tokens", "access-token", "__synce", "__synced_", "user", "%"}},
		"parameters as some servers read them": {params,
			[]string{"+token", "%20token+", "token[]", "token%5B%5D", "[token]", "access.token", "access+token", "access%20token", "access[token", "t[]", "%2574", "user_token]", "user.token]"},
			nil,
			[]string{"__synced[]", "+__synced", "tt", "t-[]", "token-[]"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for i, list := range [][]string{test.yes, test.read, test.no} {
				for _, raw := range list {
					wantFound, wantTaken := i < 2, i < 1
					for _, after := range []string{"", "=1", "; x=1234567", "&token"} {
						if found, taken := test.names.find("&"+raw+after, 1, 1+len(raw)); found != wantFound || taken != wantTaken {
							t.Errorf("%q before %q: found %v, taken %v; want %v, %v", raw, after, found, taken, wantFound, wantTaken)
						}
					}
				}
			}
		})
	}
}

// TestNamesOfNothing: without names nothing is found.
func TestNamesOfNothing(t *testing.T) {
	r := get("/?token=1", "cookie", "session=1")
	r.Sources = &Sources{Cookies: CookieNames(nil, nil), Params: ParamNames(nil, nil)}
	if target, changed := r.WithoutParams(""); changed {
		t.Errorf("the target became %q", target)
	}
	if header, changed := r.WithoutCookies(never); changed || r.TooManyCookies() {
		t.Errorf("the cookies became %q", header)
	}
}

// TestNearMissesAllocateNothing: a query may hold thousands of names that are like
// those that matter.
func TestNearMissesAllocateNothing(t *testing.T) {
	names := ParamNames([]string{"__clerk_synced", "__clerk_db_jwt"}, []string{"token", "t"})
	for _, raw := range []string{"token1", "tokeN%6e", "toke%6e1", "token%6e1", "+token1", "__clerk_sync%65", "__clerk_db_jw%74%74"} {
		if got := testing.AllocsPerRun(100, func() { names.find(raw, 0, len(raw)) }); got > 0 {
			t.Errorf("%q: %v allocations", raw, got)
		}
	}
}

// reads reports whether some server reads raw as name, which is in folded
// letters: another way of saying what find does, which decodes all of raw first.
func reads(raw, name string) bool {
	var decoded []byte
	for at := 0; at < len(raw); {
		var c byte
		c, at = unescaped(raw, at)
		decoded = append(decoded, c)
	}
	rest := strings.NewReplacer("\u017f", "s", "\u0130", "i", "\u0131", "i", "\u212a", "k").Replace(string(decoded))
	for _, bare := range []bool{false, true} {
		for rest != "" && (kinds[rest[0]] == odd || bare && kinds[rest[0]] == bracket) {
			rest = rest[1:]
		}
		text := []byte(rest)
		for i, c := range text {
			text[i] = folded.table[c]
		}
		after, ok := strings.CutPrefix(string(text), name)
		if !ok {
			continue
		}
		after = rest[len(rest)-len(after):]
		for after != "" && after[0] != 0 && (kinds[after[0]] == odd || after[0] == ']') {
			after = after[1:]
		}
		if after == "" || after[0] == 0 || after[0] == '[' {
			return true
		}
	}
	return false
}

// checkName compares find with reads.
func checkName(t *testing.T, n *Names, raw string) {
	t.Helper()
	want := false
	for _, name := range n.all {
		want = want || name.taken && raw != "" && reads(raw, folded.text(name.text))
	}
	for _, name := range n.all {
		if n.is(raw, name.text) {
			want = name.taken
		}
	}
	if _, taken := n.find(raw, 0, len(raw)); taken != want {
		t.Fatalf("%q is taken: %v, want %v", raw, taken, want)
	}
	if _, taken := n.find("x"+raw+"=1", 1, 1+len(raw)); taken != want {
		t.Fatalf("%q is taken within a text: %v, want %v", raw, taken, want)
	}
}

var someNames = []*Names{
	CookieNames([]string{"__client_uat", "s"}, []string{"session", "__session", "__session_Ab-1", "__clerk_handshake", "a.b"}),
	ParamNames([]string{"__synced"}, []string{"token", "t", "access_token", "to", "[x"}),
}

// TestNamesAreFoundAsServersReadThem: texts that are much like the names.
func TestNamesAreFoundAsServersReadThem(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"%", "%2", "%25", "%73", "%5B", "%00", "%5f", "[", "]", ".", " ", "+", "\"", "\xa0", "\x00", "_", "-", "s", "e", "S", "K", "\u017f", "\u212a", "%C4%B1", "\xc5", "\xe2\x84", "session", "token", "tok", "__", "a", "b", "=", "&"}
	for range 20_000 {
		raw := ""
		for range random.IntN(6) {
			raw += pieces[random.IntN(len(pieces))]
		}
		for _, n := range someNames {
			checkName(t, n, raw)
			name := n.all[random.IntN(len(n.all))].text
			at := random.IntN(len(name) + 1)
			checkName(t, n, name[:at]+raw+name[at:])
			checkName(t, n, name[:at]+raw+name[min(at+1, len(name)):])
		}
	}
}

func FuzzNames(f *testing.F) {
	for _, seed := range []string{"session", "%73ession", "[token]", "t%00", "\xa0__session", "%25%37%34"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		for _, n := range someNames {
			checkName(t, n, raw)
		}
	})
}
