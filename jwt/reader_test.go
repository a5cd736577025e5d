package jwt_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/jwt"
)

// TestReader: what a Reader remembers of one token changes nothing about the
// next one.
func TestReader(t *testing.T) {
	a, b := jwttest.NewKey(jwa.ES256, "a"), jwttest.NewKey(jwa.ES256, "b")
	good := vendorToken(a)
	texts := []string{
		good, good, jwttest.Sign(a, nil, claims(nil)), jwttest.Sign(a, nil, claims(map[string]any{"sub": "other", "v": 7})), vendorToken(b), good,
		"", ".", "..", "x" + good, good[1:], good + ".", jwttest.Sign(b, map[string]any{"b64": true}, claims(nil)),
		jwttest.Sign(b, map[string]any{"b64": true}, claims(nil)), good, jwttest.Sign(a, nil, map[string]any{}), vendorToken(b),
	}
	var reader jwt.Reader
	var before []*jwt.Parsed
	for i, text := range texts {
		got, why := reader.Parse(jwt.Token(text), 8192)
		want, wantWhy := jwt.Parse(jwt.Token(text), 8192)
		if why != wantWhy || !cmp.Equal(got, want, cmpopts.IgnoreUnexported(jwt.Parsed{})) {
			t.Errorf("token %d: %v, %v; want %v, %v", i, got, why, want, wantWhy)
		}
		if got == nil {
			continue
		}
		before = append(before, got)
		for _, p := range before { // also those that were parsed earlier
			for _, path := range [][]string{{"sub"}, {"v"}, {"o"}, {"o", "id"}, {"o", "none"}, {"none"}, {"sub", "x"}} {
				got, want := reader.Member(p, path...), jwt.Member(p.Payload, path...)
				if got != want {
					t.Errorf("token %d, %q: %v, want %v", i, path, got, want)
				}
			}
		}
	}
}

// TestLend: what is lent says the same as what is parsed, for as many tokens at
// once as there may be, until it is taken back.
func TestLend(t *testing.T) {
	a, b := jwttest.NewKey(jwa.ES256, "a"), jwttest.NewKey(jwa.ES256, "b")
	texts := []string{
		vendorToken(a), vendorToken(b), "", "..", jwttest.Sign(a, nil, claims(nil)), vendorToken(a) + "x",
		jwttest.Sign(b, nil, claims(map[string]any{"long": strings.Repeat("x", 3<<10)})), jwttest.Sign(a, nil, claims(map[string]any{"sub": "other"})),
	}
	var reader jwt.Reader
	for i := range 5 * len(texts) {
		reader.TakeBack()
		var lent, parsed []*jwt.Parsed
		for j := range 4 {
			text := jwt.Token(texts[(i+j*(i%3+1))%len(texts)])
			got, why := reader.Lend(text, 8192)
			want, wantWhy := jwt.Parse(text, 8192)
			if why != wantWhy || (got == nil) != (want == nil) {
				t.Fatalf("request %d, token %d: %v; want %v", i, j, why, wantWhy)
			}
			if got != nil {
				lent, parsed = append(lent, got), append(parsed, want)
			}
		}
		for j, got := range lent {
			if want := parsed[j]; !cmp.Equal(got, want, cmp.AllowUnexported(jwt.Parsed{})) {
				t.Errorf("request %d, token %d: %#v; want %#v", i, j, *got, *want)
			}
			for _, path := range [][]string{{"sub"}, {"o", "id"}, {"none"}} {
				if member, want := reader.Member(got, path...), jwt.Member(got.Payload, path...); member != want {
					t.Errorf("request %d, token %d, %q: %v, want %v", i, j, path, member, want)
				}
			}
		}
	}
}
