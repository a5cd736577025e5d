package jwt_test

import (
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwt"
)

// now is when the tests take place.
var now = time.Unix(1_800_000_000, 0)

// expect is a provider without special demands.
func expect() jwt.Expect {
	return jwt.Expect{
		Issuers:           []string{"https://issuer.example"},
		Algorithms:        jwa.All(),
		Types:             []string{"jwt", "at+jwt"},
		RequireExpiration: true,
		ClockSkew:         5 * time.Second,
	}
}

// claims are good claims with some replaced; nil takes one away.
func claims(changes map[string]any) map[string]any {
	all := map[string]any{"iss": "https://issuer.example", "sub": "user_1", "exp": 1_800_000_060, "iat": 1_800_000_000}
	for name, value := range changes {
		all[name] = value
		if value == nil {
			delete(all, name)
		}
	}
	return all
}

// parse reads a token, with private names.
func parse(token jwt.Token, maxBytes int) (*jwt.Parsed, reason.Reason) {
	reader := newReader()
	return reader.Parse(token, maxBytes)
}

func newReader() jwt.Reader {
	return jwt.Reader{Private: jwt.PrivateNames{Parameter: "cat", Claim: "handshake"}}
}

func mustParse(t testing.TB, token string) *jwt.Parsed {
	t.Helper()
	p, r := parse(jwt.Token(token), 8192)
	if r != reason.None {
		t.Fatalf("Parse: %v", r)
	}
	return p
}

func mustSet(t testing.TB, text string, origin jwks.Origin) *jwks.Set {
	t.Helper()
	set, err := jwks.Parse([]byte(text), origin)
	if err != nil {
		t.Fatalf("Parse: %v", err)
	}
	return set
}

func TestVerifyEveryAlgorithm(t *testing.T) {
	for _, alg := range jwttest.Algorithms() {
		t.Run(alg.Name(), func(t *testing.T) {
			key := jwttest.NewKey(alg, "a")
			e := expect()
			view := jwks.Snapshot{Set: mustSet(t, jwttest.JWKSet(key), jwks.Remote)}
			good := jwttest.Sign(key, nil, claims(nil))
			found, wait, r := e.Verify(mustParse(t, good), view, jwt.Go{}, now)
			if r != reason.None || wait || found == nil || found.ID != "a" {
				t.Errorf("a good token: %v, %v, %v", found, wait, r)
			}
			pem, err := jwks.ParsePEM([]byte(jwttest.PEM(key)))
			if err != nil {
				t.Fatal(err)
			}
			if _, _, r := e.Verify(mustParse(t, good), jwks.Snapshot{Set: pem}, jwt.Go{}, now); r != reason.None {
				t.Errorf("with the key as PEM: %v", r)
			}
			for name, token := range map[string]string{
				"tampered":    jwttest.Tamper(good),
				"another key": jwttest.Sign(key.Impostor(), nil, claims(nil)),
			} {
				if _, _, r := e.Verify(mustParse(t, token), view, jwt.Go{}, now); r != reason.TokenInvalidSignature {
					t.Errorf("%s: %v", name, r)
				}
			}
		})
	}
}
