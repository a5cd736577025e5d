package jwks_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/jwks"
)

// change is a good JWK with members replaced; nil takes one away.
func change(alg jwa.Algorithm, changes map[string]any) map[string]any {
	jwk := jwttest.PublicJWK(jwttest.NewKey(alg, "k"))
	for name, value := range changes {
		jwk[name] = value
		if value == nil {
			delete(jwk, name)
		}
	}
	return jwk
}

func parse(t testing.TB, text string, origin jwks.Origin) *jwks.Set {
	t.Helper()
	set, err := jwks.Parse([]byte(text), origin)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestParse(t *testing.T) {
	good := jwttest.JWKSetOf(change(jwa.ES256, nil))
	for name, row := range map[string]struct {
		text    string
		keys    int
		skipped int
		err     error
	}{
		"one key":                 {good, 1, 0, nil},
		"no keys":                 {`{"keys":[]}`, 0, 0, nil},
		"other members":           {`{"a":1,` + good[1:], 1, 0, nil},
		"a usable and others":     {strings.Replace(good, "[", `[{"kty":"oct","k":"AAAA"},1,null,"x",[],{},`, 1), 1, 6, nil},
		"none usable":             {`{"keys":[{"kty":"oct","k":"AAAA"}]}`, 0, 0, jwks.ErrNoUsableKey},
		"nothing":                 {``, 0, 0, jwks.ErrNotJSON},
		"HTML":                    {`<html></html>`, 0, 0, jwks.ErrNotJSON},
		"a list":                  {`[` + good + `]`, 0, 0, jwks.ErrNotJSON},
		"cut off":                 {good[:len(good)-1], 0, 0, jwks.ErrNotJSON},
		"not UTF-8":               {good[:1] + "\"\xff\":1," + good[1:], 0, 0, jwks.ErrNotJSON},
		"nested beyond reason":    {`{"keys":` + strings.Repeat("[", 100_000), 0, 0, jwks.ErrNotJSON},
		"no member keys":          {`{}`, 0, 0, jwks.ErrNoKeysMember},
		"keys in capitals":        {`{"Keys":[]}`, 0, 0, jwks.ErrNoKeysMember},
		"keys is a number":        {`{"keys":1}`, 0, 0, jwks.ErrNoKeysMember},
		"keys is null":            {`{"keys":null}`, 0, 0, jwks.ErrNoKeysMember},
		"keys is one JWK":         {`{"keys":{"kty":"oct"}}`, 0, 0, jwks.ErrNoKeysMember},
		"keys twice":              {`{"keys":[],` + good[1:], 0, 0, jwks.ErrNoKeysMember},
		"keys twice, one escaped": {`{"\u006beys":[],` + good[1:], 0, 0, jwks.ErrNoKeysMember},
		"1 MiB":                   {good + strings.Repeat(" ", jwks.MaxBytes-len(good)), 1, 0, nil},
		"above 1 MiB":             {good + strings.Repeat(" ", jwks.MaxBytes-len(good)+1), 0, 0, jwks.ErrTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			set, err := jwks.Parse([]byte(row.text), jwks.Remote)
			if !errors.Is(err, row.err) {
				t.Fatalf("error %v, want %v", err, row.err)
			}
			if err == nil && (len(set.Keys) != row.keys || set.Skipped != row.skipped || set.Origin != jwks.Remote) {
				t.Errorf("%d keys, %d skipped", len(set.Keys), set.Skipped)
			}
		})
	}
}

func TestFind(t *testing.T) {
	named := func(alg jwa.Algorithm, kid string) map[string]any {
		return jwttest.PublicJWK(jwttest.NewKey(alg, kid))
	}
	anonymous := func(alg jwa.Algorithm, which string) map[string]any {
		jwk := named(alg, which)
		delete(jwk, "kid")
		return jwk
	}
	encryption := named(jwa.RS256, "a")
	encryption["use"] = "enc"
	broken := named(jwa.RS256, "a")
	broken["n"] = "AAAA"
	free := named(jwa.RS256, "free")
	delete(free, "alg")
	second := anonymous(jwa.ES256, "other")
	second["kid"] = "a"
	empty := anonymous(jwa.ES256, "e")
	empty["kid"] = ""

	type keys = []map[string]any
	const none = -1
	for name, row := range map[string]struct {
		keys       keys
		origin     jwks.Origin
		kid        string
		noKID      bool
		alg        jwa.Algorithm
		requireKID bool
		want       int // which of the usable keys is the first
		more       int // how many come after it
		match      jwks.Match
	}{
		"by kid":                                  {keys: keys{named(jwa.ES256, "a"), named(jwa.ES256, "b")}, kid: "b", alg: jwa.ES256, want: 1},
		"by kid, required":                        {keys: keys{named(jwa.ES256, "a")}, kid: "a", alg: jwa.ES256, requireKID: true, want: 0},
		"of several of that kid the last":         {keys: keys{named(jwa.ES256, "a"), second, named(jwa.ES256, "b")}, kid: "a", alg: jwa.ES256, want: 1},
		"of several of that kid the fitting":      {keys: keys{named(jwa.ES256, "a"), named(jwa.EdDSA, "a")}, kid: "a", alg: jwa.ES256, want: 0},
		"kids are case-sensitive":                 {keys: keys{named(jwa.ES256, "a")}, kid: "A", alg: jwa.ES256, want: none, match: jwks.Unknown},
		"the empty kid":                           {keys: keys{named(jwa.ES256, "a"), empty}, kid: "", alg: jwa.ES256, want: 1},
		"the empty kid is not no kid":             {keys: keys{anonymous(jwa.ES256, "a")}, kid: "", alg: jwa.ES256, want: none, match: jwks.Unknown},
		"unknown":                                 {keys: keys{named(jwa.ES256, "a")}, kid: "b", alg: jwa.ES256, want: none, match: jwks.Unknown},
		"unknown, inline":                         {keys: keys{named(jwa.ES256, "a")}, origin: jwks.Inline, kid: "b", alg: jwa.ES256, want: none, match: jwks.Unknown},
		"unknown, empty set":                      {kid: "b", alg: jwa.ES256, want: none, match: jwks.Unknown},
		"another type":                            {keys: keys{named(jwa.ES256, "a")}, kid: "a", alg: jwa.RS256, want: none, match: jwks.Unfit},
		"another curve":                           {keys: keys{named(jwa.ES384, "a")}, kid: "a", alg: jwa.ES256, want: none, match: jwks.Unfit},
		"another alg":                             {keys: keys{named(jwa.RS256, "a")}, kid: "a", alg: jwa.PS256, want: none, match: jwks.Unfit},
		"a key without alg":                       {keys: keys{free}, kid: "free", alg: jwa.PS512, want: 0},
		"for encryption":                          {keys: keys{encryption, named(jwa.RS256, "b")}, kid: "a", alg: jwa.RS256, want: none, match: jwks.Unfit},
		"malformed":                               {keys: keys{broken, named(jwa.RS256, "b")}, kid: "a", alg: jwa.RS256, want: none, match: jwks.Unfit},
		"inline, a key without kid":               {keys: keys{named(jwa.ES256, "a"), anonymous(jwa.ES256, "b")}, origin: jwks.Inline, kid: "c", alg: jwa.ES256, want: 1},
		"inline, of several without kid the last": {keys: keys{anonymous(jwa.ES256, "a"), anonymous(jwa.ES256, "b")}, origin: jwks.Inline, kid: "c", alg: jwa.ES256, want: 1},
		"inline, the kid comes first":             {keys: keys{named(jwa.ES256, "a"), anonymous(jwa.ES256, "b")}, origin: jwks.Inline, kid: "a", alg: jwa.ES256, want: 0},
		"inline, an unfit key of that kid":        {keys: keys{named(jwa.EdDSA, "a"), anonymous(jwa.ES256, "b")}, origin: jwks.Inline, kid: "a", alg: jwa.ES256, want: none, match: jwks.Unfit},
		"inline, a skipped key of that kid":       {keys: keys{broken, anonymous(jwa.RS256, "b")}, origin: jwks.Inline, kid: "a", alg: jwa.RS256, want: none, match: jwks.Unfit},
		"inline, an unfit key without kid":        {keys: keys{anonymous(jwa.EdDSA, "b")}, origin: jwks.Inline, kid: "a", alg: jwa.ES256, want: none, match: jwks.Unknown},
		"remote, a key without kid":               {keys: keys{anonymous(jwa.ES256, "b")}, kid: "c", alg: jwa.ES256, want: none, match: jwks.Unknown},
		"no kid, one candidate":                   {keys: keys{named(jwa.EdDSA, "a"), named(jwa.ES256, "b")}, noKID: true, alg: jwa.ES256, want: 1},
		"no kid, one candidate without kid":       {keys: keys{anonymous(jwa.ES256, "b")}, noKID: true, alg: jwa.ES256, want: 0},
		"no kid, two candidates":                  {keys: keys{named(jwa.ES256, "a"), named(jwa.ES256, "b")}, noKID: true, alg: jwa.ES256, want: 0, more: 1},
		"no kid, two candidates apart":            {keys: keys{named(jwa.EdDSA, "a"), named(jwa.ES256, "a"), named(jwa.EdDSA, "b"), named(jwa.ES256, "b")}, noKID: true, alg: jwa.ES256, want: 1, more: 1},
		"no kid, as many as are tried":            {keys: slices.Repeat(keys{named(jwa.ES256, "a")}, jwks.MaxCandidates), noKID: true, alg: jwa.ES256, want: 0, more: jwks.MaxCandidates - 1},
		"no kid, too many":                        {keys: slices.Repeat(keys{named(jwa.ES256, "a")}, jwks.MaxCandidates+1), noKID: true, alg: jwa.ES256, want: none, match: jwks.Unfit},
		"no kid, none":                            {keys: keys{named(jwa.ES256, "a")}, noKID: true, alg: jwa.EdDSA, want: none, match: jwks.Unfit},
		"no kid, empty set":                       {noKID: true, alg: jwa.EdDSA, want: none, match: jwks.Unfit},
		"no kid, required":                        {keys: keys{named(jwa.ES256, "a")}, noKID: true, alg: jwa.ES256, requireKID: true, want: none, match: jwks.Unfit},
	} {
		t.Run(name, func(t *testing.T) {
			set := parse(t, jwttest.JWKSetOf(row.keys...), row.origin)
			before := slices.Clone(set.Keys)
			found, match := set.Find(row.kid, !row.noKID, row.alg, row.requireKID)
			if match != row.match {
				t.Fatalf("match %v, want %v", match, row.match)
			}
			switch {
			case row.want == none:
				if len(found) != 0 {
					t.Errorf("found %v", found)
				}
			case len(found) != 1+row.more || found[0] != set.Keys[row.want]:
				t.Errorf("other keys: %v", found)
			}
			if !slices.Equal(before, set.Keys) {
				t.Error("the set has changed")
			}
		})
	}
}

func TestFindInPEM(t *testing.T) {
	set, err := jwks.ParsePEM([]byte(jwttest.PEM(jwttest.NewKey(jwa.RS256, "p"))))
	if err != nil {
		t.Fatal(err)
	}
	for name, row := range map[string]struct {
		hasKID, requireKID bool
		alg                jwa.Algorithm
		match              jwks.Match
	}{
		"any kid":              {true, false, jwa.RS256, jwks.Found},
		"any kid, required":    {true, true, jwa.PS384, jwks.Found},
		"no kid":               {false, false, jwa.RS512, jwks.Found},
		"no kid, though asked": {false, true, jwa.RS256, jwks.Found},
		"another type":         {true, false, jwa.ES256, jwks.Unfit},
		"another type, no kid": {false, true, jwa.EdDSA, jwks.Unfit},
	} {
		if found, match := set.Find("any", row.hasKID, row.alg, row.requireKID); match != row.match || (len(found) == 0) != (match != jwks.Found) {
			t.Errorf("%s: %v, %v", name, found, match)
		}
	}
}

func TestHas(t *testing.T) {
	set := parse(t, jwttest.JWKSet(jwttest.NewKey(jwa.ES256, "a"), jwttest.NewKey(jwa.EdDSA, "b")), jwks.Remote)
	other := parse(t, jwttest.JWKSet(jwttest.NewKey(jwa.ES256, "c")), jwks.Remote)
	for _, key := range set.Keys {
		if !set.Has(key.Thumbprint) || other.Has(key.Thumbprint) {
			t.Errorf("%s", key.ID)
		}
	}
	if set.Has([32]byte{}) {
		t.Error("has the zero thumbprint")
	}
}

func TestFindDoesNotAllocate(t *testing.T) {
	set := parse(t, jwttest.JWKSet(jwttest.NewKey(jwa.ES256, "a"), jwttest.NewKey(jwa.EdDSA, "b")), jwks.Remote)
	got := testing.AllocsPerRun(100, func() {
		found, _ := set.Find("b", true, jwa.EdDSA, false)
		if !set.Has(found[0].Thumbprint) {
			t.Fatal("not found")
		}
	})
	if got != 0 {
		t.Errorf("%v allocations", got)
	}
}
