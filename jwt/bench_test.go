package jwt_test

import (
	"testing"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwt"
)

func BenchmarkParse(b *testing.B) {
	token := jwt.Token(vendorToken(jwttest.NewKey(jwa.RS256, "bench")))
	b.SetBytes(int64(len(token)))
	b.ReportAllocs()
	for b.Loop() {
		if _, r := jwt.Parse(token, 8192); r != reason.None {
			b.Fatal(r)
		}
	}
}

func BenchmarkTime(b *testing.B) {
	p := mustParse(b, vendorToken(jwttest.NewKey(jwa.ES256, "bench")))
	e := expect()
	b.ReportAllocs()
	for b.Loop() {
		if r := e.Time(&p.Claims, now); r != reason.None {
			b.Fatal(r)
		}
	}
}

// BenchmarkVerify is one verification of a parsed token with Go's crypto.
func BenchmarkVerify(b *testing.B) {
	for _, alg := range jwttest.Algorithms() {
		b.Run(alg.Name(), func(b *testing.B) {
			key := jwttest.NewKey(alg, "bench")
			view := jwks.Snapshot{Set: mustSet(b, jwttest.JWKSet(key), jwks.Remote)}
			p := mustParse(b, vendorToken(key))
			e := expect()
			b.ReportAllocs()
			for b.Loop() {
				if _, _, r := e.Verify(p, view, jwt.Go{}, now); r != reason.None {
					b.Fatal(r)
				}
			}
		})
	}
}
