package e2e

import (
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	gojwt "github.com/go-jose/go-jose/v4/jwt"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
)

// rotation are the environments of a proxy while its key is replaced, one after
// each restart.
var rotation = []struct {
	name      string
	key, next *jwttest.Key
}{
	{"before", signingKey, nil},
	{"published", signingKey, nextKey},
	{"swapped", nextKey, signingKey},
	{"after", nextKey, nil},
}

// TestRotation replaces the key of two replicas, one replica after the other,
// each step once backends have fetched the keys anew. Between two steps a backend
// has the keys of either replica, whichever it asked; it refuses nothing that
// either of them signs.
func TestRotation(t *testing.T) {
	t.Parallel()
	mint := &Mint{Now: time.Now()}
	config := mint.fill(configs["assertion"].JSON)
	b := bootstrap{configs: map[string]string{}, env: map[string]map[string]string{}}
	for _, step := range rotation {
		b.configs[step.name] = config
		b.env[step.name] = map[string]string{"SESSIONGATE_SIGNING_KEY": jwttest.PrivatePEM(step.key)}
		if step.next != nil {
			b.env[step.name]["SESSIONGATE_SIGNING_KEY_NEXT"] = jwttest.PrivatePEM(step.next)
		}
	}
	e := startEnvoy(t, b, envoy.Options{Concurrency: 1})
	text := func(listener, request string) (result, string) {
		t.Helper()
		got, err := send(e.addrs[listener], parseRequest(mint.fill(request), ""))
		if err != nil {
			t.Fatal(err)
		}
		return throughEnvoy(got), got.Body
	}
	accepted := 0
	for i := range rotation[1:] {
		replicas := []string{rotation[i].name, rotation[i+1].name} // one is restarted already
		for _, asked := range replicas {
			_, body := text(asked, "GET "+keysPath)
			keys := readKeySet(t, body)
			for _, signing := range replicas {
				r, _ := text(signing, "GET /"+asPlain)
				if err := accept(keys, first(r.Upstream, assertionHeader)); err != nil {
					t.Errorf("keys of %q, assertion of %q: %v", asked, signing, err)
				}
				accepted++
			}
		}
	}
	// The other way round the test would say nothing.
	_, body := text("before", "GET "+keysPath)
	r, _ := text("after", "GET /"+asPlain)
	if accept(readKeySet(t, body), first(r.Upstream, assertionHeader)) == nil {
		t.Error("a key that was never published is accepted")
	}
	report(t, "rotation: %d assertions accepted in %d steps", accepted, len(rotation)-1)
	e.checkHealth(t)
}

// accept looks at an assertion as a backend does.
func accept(keys *jose.JSONWebKeySet, text string) error {
	token, err := gojwt.ParseSigned(text, []jose.SignatureAlgorithm{jose.ES256})
	if err != nil {
		return err
	}
	var claims gojwt.Claims
	if err := token.Claims(keys, &claims); err != nil {
		return err
	}
	return claims.ValidateWithLeeway(gojwt.Expected{Issuer: "https://gate.example.com", AnyAudience: gojwt.Audience{"backend"}, Time: time.Now()}, 0)
}
