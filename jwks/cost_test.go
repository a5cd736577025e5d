package jwks_test

import (
	"testing"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/jwks"
)

// rotating is a key set in the middle of a rotation, with keys for several
// algorithms and one that cannot be used.
func rotating() string {
	return jwttest.JWKSetOf(
		jwttest.PublicJWK(jwttest.NewKey(jwa.RS256, "ins_old")),
		jwttest.PublicJWK(jwttest.NewKey(jwa.RS256, "ins_new")),
		jwttest.PublicJWK(jwttest.NewKey(jwa.ES256, "es")),
		change(jwa.EdDSA, map[string]any{"kid": nil}),
		map[string]any{"kty": "oct", "k": "AAAA", "kid": "secret"})
}

// A token not seen before has its key looked for. Only a list of several keys
// is put together anew.
func TestFindingAKeyAllocatesNothing(t *testing.T) {
	remote, inline := parse(t, rotating(), jwks.Remote), parse(t, rotating(), jwks.Inline)
	find := func(set *jwks.Set, kid string, alg jwa.Algorithm, want jwks.Match) func() bool {
		return func() bool { _, match := set.Find(kid, kid != "", alg, false); return match == want }
	}
	for name, row := range map[string]struct {
		allocations float64
		do          func() bool
	}{
		"kid, the first key":         {0, find(remote, "ins_old", jwa.RS256, jwks.Found)},
		"kid, a later key":           {0, find(remote, "es", jwa.ES256, jwks.Found)},
		"kid of another algorithm":   {0, find(remote, "es", jwa.RS256, jwks.Unfit)},
		"kid that cannot be used":    {0, find(remote, "secret", jwa.RS256, jwks.Unfit)},
		"kid that is unknown":        {0, find(remote, "ins_next", jwa.RS256, jwks.Unknown)},
		"kid, inline key without":    {0, find(inline, "any", jwa.EdDSA, jwks.Found)},
		"no kid, one candidate":      {0, find(remote, "", jwa.ES256, jwks.Found)},
		"no kid, several candidates": {1, find(remote, "", jwa.RS256, jwks.Found)},
		"Has":                        {0, func() bool { return remote.Has(remote.Keys[3].Thumbprint) }},
	} {
		t.Run(name, func(t *testing.T) {
			ok := false
			if got := testing.AllocsPerRun(100, func() { ok = row.do() }); got > row.allocations {
				t.Errorf("%v allocations, want at most %v", got, row.allocations)
			}
			if !ok {
				t.Error("another answer")
			}
		})
	}
}

func BenchmarkFind(b *testing.B) {
	set := parse(b, rotating(), jwks.Remote)
	for name, kid := range map[string]string{"kid": "ins_old", "unknown kid": "ins_next", "no kid": ""} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				set.Find(kid, kid != "", jwa.RS256, false)
			}
		})
	}
}

// BenchmarkParse is what a refresh of the keys costs, which no request waits for
// unless its key is new.
func BenchmarkParse(b *testing.B) {
	text := []byte(rotating())
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := jwks.Parse(text, jwks.Remote); err != nil {
			b.Fatal(err)
		}
	}
}
