package istio

import (
	"net/http"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/testkit/assertionkeys"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/internal/testkit/testca"
)

// proxyKey signs assertions, and strayKey is one that the gateway does not have.
var proxyKey, strayKey = assertionkeys.New("assertion"), assertionkeys.New("stray")

// TestAssertion has the filter of a gateway sign assertions, with a key out of
// the proxy's own environment, and a workload's sidecar verify them, which has no
// filter but Istio's own.
func TestAssertion(t *testing.T) {
	t.Setenv("SESSIONGATE_SIGNING_KEY", jwttest.PrivatePEM(proxyKey))
	issuer, authority := newIssuer(t, idp.Clerk), testca.New(t)
	r := deployed(t, "ingress-clerk.yaml")
	r.setKeyServer("127.0.0.1", startKeyServer(t, issuer, authority.Server("clerk.example.com")))
	r.setImage(pushImage(t, module))
	plugin := r.spec("WasmPlugin")
	plugin["vmConfig"] = map[string]any{"env": []any{map[string]any{"name": "SESSIONGATE_SIGNING_KEY", "valueFrom": "HOST"}}}
	plugin["pluginConfig"].(map[string]any)["assertion"] = map[string]any{"issuer": "https://gate.example.com", "audience": "orders"}

	sidecar := freePort(t)
	gateway := startIngress(t, r, bundle(t, authority), func(r *resources) { r.setBackend(sidecar) })
	keys := get(t, gateway, appHost, "/.well-known/sessiongate/jwks.json", nil)
	if keys.status != http.StatusOK {
		t.Fatalf("the keys: status %d\n%s", keys.status, keys.body)
	}
	// istiod cannot reach the gateway here.
	behind := deployed(t, "backend-assertion.yaml")
	rule := behind.spec("RequestAuthentication")["jwtRules"].([]any)[0].(map[string]any)
	delete(rule, "jwksUri")
	rule["jwks"] = keys.body
	startSidecarAt(t, behind, bundle(t, authority), sidecarPorts{sidecar, freePort(t)}, "clerk.example.com")

	t.Run("through the gateway", func(t *testing.T) {
		for name, row := range map[string]struct {
			path   string
			claims map[string]any
			status int
		}{
			"a session":               {path: "/", status: http.StatusOK},
			"reports of acme":         {path: "/reports", status: http.StatusOK},
			"reports of nobody":       {path: "/reports", claims: map[string]any{"o": nil}, status: http.StatusForbidden},
			"a session without claim": {path: "/", claims: map[string]any{"o": nil}, status: http.StatusOK},
		} {
			got := get(t, gateway, appHost, row.path, with(with(bearer(issuer, row.claims), forged), direct(proxyKey, nil)))
			if got.status != row.status {
				t.Errorf("%s: status %d, want %d\n%s", name, got.status, row.status, got.body)
			}
			if row.status == http.StatusOK && got.seen("x-identity-user-id") != "user_clerk" {
				t.Errorf("%s: the workload saw user %q", name, got.seen("x-identity-user-id"))
			}
		}
	})
	t.Run("past the gateway", func(t *testing.T) {
		for name, row := range map[string]struct {
			headers map[string]string
			path    string
			status  int
		}{
			"nothing":                      {nil, "/", http.StatusForbidden},
			"identity headers":             {forged, "/", http.StatusForbidden},
			"an assertion that was seen":   {direct(proxyKey, nil), "/", http.StatusOK},
			"... of acme":                  {direct(proxyKey, map[string]any{"org_slug": "acme"}), "/reports", http.StatusOK},
			"... of others":                {direct(proxyKey, nil), "/reports", http.StatusForbidden},
			"of another proxy":             {direct(strayKey, nil), "/", http.StatusUnauthorized},
			"of another issuer":            {direct(proxyKey, map[string]any{"iss": "https://other.example.com"}), "/", http.StatusUnauthorized},
			"for another audience":         {direct(proxyKey, map[string]any{"aud": "billing"}), "/", http.StatusForbidden},
			"an expired one":               {direct(proxyKey, map[string]any{"exp": time.Now().Add(-5 * time.Minute).Unix()}), "/", http.StatusUnauthorized},
			"a session token in its place": {map[string]string{"x-sessiongate-assertion": issuer.Session(time.Now()).Token()}, "/", http.StatusUnauthorized},
		} {
			if got := get(t, sidecar, "orders", row.path, row.headers); got.status != row.status {
				t.Errorf("%s: status %d, want %d\n%s", name, got.status, row.status, got.body)
			}
		}
	})
}

// direct is the header of who has, or makes, an assertion.
func direct(key *jwttest.Key, changes map[string]any) map[string]string {
	claims := map[string]any{
		"iss": "https://gate.example.com", "aud": "orders", "sub": "user_1", "provider": "clerk",
		"iat": time.Now().Unix(), "exp": time.Now().Add(time.Minute).Unix(),
	}
	for name, value := range changes {
		claims[name] = value
	}
	return map[string]string{"x-sessiongate-assertion": jwttest.Sign(key, map[string]any{"typ": "sessiongate+jwt"}, claims)}
}

// setBackend has the gateway's routes lead to another port of 127.0.0.1.
func (r *resources) setBackend(port int) {
	r.t.Helper()
	for _, object := range r.objects {
		name, _ := object["metadata"].(map[string]any)["name"].(string)
		if object["kind"] == "ServiceEntry" && name == "app" {
			object["spec"].(map[string]any)["endpoints"] = []any{map[string]any{"address": "127.0.0.1", "ports": map[string]any{"http": port}}}
			return
		}
	}
	r.t.Fatal("no ServiceEntry is called app")
}
