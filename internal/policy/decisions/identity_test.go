package decisions

import (
	"encoding/base64"
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/policy"
)

// TestIdentityHeaders: what the upstream is told about a user.
func TestIdentityHeaders(t *testing.T) {
	run(t, []row{
		{"clerk, version 2", `{"providers": [{CLERK}]}`, `GET /
			Authorization: Bearer {clerk {"v":2,"o":{"id":"org_1","rol":"admin","slg":"acme","per":"manage,read","fpm":"3,2"},"fea":"o:dashboard,o:teams","act":{"sub":"user_boss"}}}`, false, asClerkUser + `
			x-identity-org-id: org_1
			x-identity-org-role: org:admin
			x-identity-org-slug: acme
			x-identity-org-permissions: org:dashboard:manage,org:dashboard:read,org:teams:read
			x-identity-features: dashboard,teams
			x-identity-actor: user_boss`},
		{"oneauxilia", `{"providers": [{AUX}]}`, `GET /
			Authorization: Bearer {aux {"org_id":"org_1","org_role":"org:member","org_slug":"acme","org_permissions":["org:a:b","org:c:d"]}}`, false, `
			forward signed-in
			x-identity-status: signed-in
			x-identity-provider: oneauxilia
			x-identity-user-id: user_a
			x-identity-session-id: sess_a
			x-identity-org-id: org_1
			x-identity-org-role: org:member
			x-identity-org-slug: acme
			x-identity-org-permissions: org:a:b,org:c:d`},
		{"corbado", `{"providers": [{CORBADO}]}`, `GET /
			Authorization: Bearer {corbado}`, false, `
			forward signed-in
			x-identity-status: signed-in
			x-identity-provider: corbado
			x-identity-user-id: usr-1
			x-identity-name: Ada
			x-identity-email: ada@example.com`},
		{"no preset: no organisation, name or email", "", `GET /
			Authorization: Bearer {mine {"org_id":"o","name":"Ada","email":"a@b.c","sid":"s1","act":{"sub":"boss"}}}`, false, `
			forward signed-in
			-authorization
			x-identity-status: signed-in
			x-identity-provider: mine
			x-identity-user-id: user_1
			x-identity-session-id: s1
			x-identity-actor: boss`},
		{"values that cannot be headers", `{"providers": [{CORBADO}]}`, `GET /
			Authorization: Bearer {corbado {"name":" Zoë\r\nX-Evil: 1% , x ","sub":"a,b"}}`, false, `
			forward signed-in
			x-identity-status: signed-in
			x-identity-provider: corbado
			x-identity-user-id: a,b
			x-identity-name: %20Zo%C3%AB%0D%0AX-Evil: 1%25 , x%20
			x-identity-email: ada@example.com`},
		{"filter state", `{"providers": [{CLERK}], "filterState": true, "rules": [{"paths": ["/a"]}, {"paths": ["/b"], "auth": "skip"}]}`, `GET /a
			Authorization: Bearer {clerk {"org_id":"org_1","act":{"sub":"user_support"}}}`, false, asClerkUser + `
			x-identity-org-id: org_1
			x-identity-actor: user_support
			state.identity.status: signed-in
			state.identity.rule: rules[0]
			state.identity.provider: clerk
			state.identity.user_id: user_c
			state.identity.session_id: sess_c
			state.identity.org_id: org_1
			state.identity.actor: user_support`},
		{"filter state of a refusal", `{"providers": [{MINE}], "filterState": true}`, "GET /", false, `
			respond denied 401
			x-identity-status: signed-out
			x-identity-reason: token-missing
			state.identity.status: signed-out
			state.identity.reason: token-missing
			state.identity.rule: none
			< www-authenticate: Bearer realm="app.example.com"`},
		{"filter state on skip", `{"providers": [{MINE}], "filterState": true, "rules": [{"auth": "skip"}]}`, "GET /", false, skipped},
	})
}

// TestClaimHeaders: claims in headers of the user's choice.
func TestClaimHeaders(t *testing.T) {
	tests := []struct {
		name   string
		claim  string // as in outputClaimToHeaders
		claims string
		want   string // empty: no header
	}{
		{"text", `"role"`, `"role":"admin"`, "admin"},
		{"number", `"level"`, `"level":3`, "3"},
		{"number: its text", `"level"`, `"level":1.50e3`, "1.50e3"},
		{"big number", `"id"`, `"id":9007199254740993`, "9007199254740993"},
		{"true", `"ok"`, `"ok":true`, "true"},
		{"false", `"ok"`, `"ok":false`, "false"},
		{"null", `"ok"`, `"ok":null`, ""},
		{"missing", `"ok"`, ``, ""},
		{"empty text", `"ok"`, `"ok":""`, ""},
		{"list", `"roles"`, `"roles":["a","b"]`, "a,b"},
		{"list of all kinds", `"roles"`, `"roles":["a",1,true]`, "a,1,true"},
		{"list: commas", `"roles"`, `"roles":["a,b","c"]`, "a%2Cb,c"},
		{"list: spaces at the ends", `"roles"`, `"roles":[" a ","b"]`, "%20a%20,b"},
		{"list: an empty element", `"roles"`, `"roles":["a","","b"]`, "a,,b"},
		{"list: empty", `"roles"`, `"roles":[]`, ""},
		{"list with a list in it", `"roles"`, `"roles":["a",["b"]]`, `["a",["b"]]`},
		{"list with null in it", `"roles"`, `"roles":["a",null]`, `["a",null]`},
		{"object", `"o"`, `"o":{"a":1}`, `{"a":1}`},
		{"object: not ASCII", `"o"`, `"o":{"a":"é"}`, `{"a":"%C3%A9"}`},
		{"nested", `"realm_access.roles"`, `"realm_access":{"roles":["a","b"]}`, "a,b"},
		{"a dot in the name", `["https://x.example/roles"]`, `"https://x.example/roles":["a"]`, "a"},
		{"a dotted path does not find it", `"https://x.example/roles"`, `"https://x.example/roles":["a"]`, ""},
		{"scope", `"scope"`, `"scope":"read write"`, "read,write"},
		{"scp", `"scp"`, `"scp":"read"`, "read"},
		{"permission", `"permission"`, `"permission":"a  b"`, "a,b"},
		{"text with spaces", `"title"`, `"title":"read write"`, "read write"},
		{"text with commas", `"title"`, `"title":"a, b"`, "a, b"},
		{"line ends", `"title"`, `"title":"a\r\nb"`, "a%0D%0Ab"},
		{"NUL", `"title"`, `"title":"a\u0000b"`, "a%00b"},
		{"emoji", `"title"`, `"title":"😀"`, "%F0%9F%98%80"},
		{"percent", `"title"`, `"title":"100%"`, "100%25"},
		{"spaces only", `"title"`, `"title":"  "`, "%20%20"},
		{"delete", `"title"`, `"title":"a\u007f"`, "a%7F"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := newBench(t, `{"providers": [{MINE, "outputClaimToHeaders": [{"header": "X-Claim", "claim": `+test.claim+`}]}]}`)
			d := b.decide(b.read("GET /\nX-Claim: forged\nAuthorization: Bearer {mine {" + test.claims + "}}"))
			got, removed := edited(d, "x-claim")
			if got != test.want || !removed {
				t.Errorf("%q, want %q; removed %v", got, test.want, removed)
			}
		})
	}
	t.Run("uniform names", func(t *testing.T) {
		b := newBench(t, `{"providers": [{CLERK, "outputClaimToHeaders": [{"header": "X-P", "claim": "org_permissions"}, {"header": "X-R", "claim": "org_role"}]}]}`)
		d := b.decide(b.read(`GET /
			Authorization: Bearer {clerk {"v":2,"o":{"id":"org_1","rol":"admin","per":"read","fpm":"1"},"fea":"o:teams"}}`))
		if permissions, _ := edited(d, "x-p"); permissions != "org:teams:read" {
			t.Error(permissions)
		}
		if role, _ := edited(d, "x-r"); role != "org:admin" {
			t.Error(role)
		}
	})
	t.Run("payload", func(t *testing.T) {
		b := newBench(t, `{"providers": [{MINE, "outputPayloadToHeader": "x-payload"}]}`)
		d := b.decide(b.read("GET /\nX_Payload: forged\nAuthorization: Bearer {mine}"))
		value, _ := edited(d, "x-payload")
		payload, err := base64.RawURLEncoding.DecodeString(value)
		if err != nil || !json.Valid(payload) || !strings.Contains(string(payload), "user_1") {
			t.Errorf("%q, %v", payload, err)
		}
		if _, removed := edited(d, "x_payload"); !removed {
			t.Error("x_payload stays")
		}
	})
	t.Run("only on signed-in requests", func(t *testing.T) {
		b := newBench(t, `{"providers": [{MINE, "outputClaimToHeaders": [{"header": "x-claim", "claim": "sub"}]}], "rules": [{"auth": "optional"}]}`)
		if value, removed := edited(b.decide(b.read("GET /\nX-Claim: forged\nAuthorization: Bearer {mine tamper=signature}")), "x-claim"); value != "" || !removed {
			t.Errorf("%q, removed %v", value, removed)
		}
	})
}

// edited is the value that a decision gives a header, and whether the client's
// is removed before.
func edited(d policy.Decision, name string) (value string, removed bool) {
	for _, e := range d.Changes() {
		if e.Name != name {
			continue
		}
		if e.Op == policy.Remove {
			value, removed = "", true
		} else {
			value = e.Value
		}
	}
	return value, removed
}

// readBack is what the reference tells people to do with a value: decode
// percent escapes, after splitting lists at commas.
func readBack(value string) string {
	var b strings.Builder
	for i := 0; i < len(value); i++ {
		if value[i] == '%' {
			n, err := strconv.ParseUint(value[i+1:i+3], 16, 8)
			if err != nil {
				panic(err)
			}
			b.WriteByte(byte(n))
			i += 2
			continue
		}
		b.WriteByte(value[i])
	}
	return b.String()
}

// FuzzReadBack: any claim can be read back out of its header, and any header is
// one that every server takes.
func FuzzReadBack(f *testing.F) {
	for _, seed := range []string{"a", " a ", "a,b", "100%", "%41", "é\r\n\x00", "  ", "%", "\x7f~"} {
		f.Add(seed, "second")
	}
	b := newBench(f, `{"providers": [{MINE, "outputClaimToHeaders": [{"header": "x-text", "claim": "text"}, {"header": "x-list", "claim": "list"}]}]}`)
	f.Fuzz(func(t *testing.T, first, second string) {
		text, _ := json.Marshal(first)
		// What is no UTF-8 is U+FFFD in JSON already.
		_ = json.Unmarshal(text, &first)
		other, _ := json.Marshal(second)
		_ = json.Unmarshal(other, &second)
		if 2*len(text)+len(other) > 4096 {
			t.Skip("the token would be too long")
		}
		d := b.decide(b.read("GET /\nAuthorization: Bearer " + b.Token(known["mine"], `{"text":`+string(text)+`,"list":[`+string(text)+`,`+string(other)+`]}`)))
		got, _ := edited(d, "x-text")
		if readBack(got) != first {
			t.Errorf("%q reads back as %q", first, readBack(got))
		}
		list, _ := edited(d, "x-list")
		parts := strings.Split(list, ",")
		if len(parts) != 2 || readBack(parts[0]) != first || readBack(parts[1]) != second {
			t.Errorf("%q and %q read back from %q", first, second, list)
		}
		for _, value := range []string{got, list} {
			for i := range len(value) {
				if value[i] < 0x20 || value[i] > 0x7e {
					t.Errorf("%q is no header value", value)
				}
			}
			if strings.TrimSpace(value) != value {
				t.Errorf("%q loses its spaces", value)
			}
		}
	})
}
