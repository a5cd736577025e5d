package istio

import (
	"crypto/tls"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/testkit/testca"
)

const appHost = "app.example.com"

// startIngress runs an ingress gateway with resources, in front of a backend,
// and returns its port. Changes are made to the resources before.
func startIngress(t *testing.T, r *resources, bundle string, changes ...func(*resources)) (port int) {
	t.Helper()
	port = r.addIngress(freePort(t), startBackend(t))
	for _, change := range changes {
		change(r)
	}
	startProxy(t, ingressGateway, startAgent(t, startControlPlane(t, ingressGateway, r), bundle), port)
	return port
}

// addIngress adds the ingress of a backend's port at a port, which it returns.
func (r *resources) addIngress(port, backend int) int {
	r.add(fmt.Sprintf(`
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: istio-ingress}
spec:
  selector: {istio: ingress}
  servers:
  - port: {number: %d, name: http, protocol: HTTP}
    bind: 127.0.0.1
    hosts: ["*"]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: app, namespace: istio-ingress}
spec:
  hosts: ["*"]
  gateways: [public]
  http: [{route: [{destination: {host: app.internal, port: {number: 80}}}]}]
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: app, namespace: istio-ingress}
spec:
  hosts: [app.internal]
  location: MESH_EXTERNAL
  resolution: STATIC
  ports: [{number: 80, name: http, protocol: HTTP}]
  endpoints: [{address: 127.0.0.1, ports: {http: %d}}]
`, port, backend))
	return port
}

// row is a request with a session, whose claims may be replaced.
type row struct {
	path   string
	claims map[string]any
	status int
	by     string // a part of the answer's body
}

const (
	byFilter = `"reason":"claims-mismatch"`
	byIstio  = "RBAC: access denied"
)

func TestIngress(t *testing.T) {
	vendors := map[idp.Vendor]struct {
		files       []string
		certificate string         // the name in the key server's certificate
		rules       map[string]row // what the files' own rules decide
	}{
		idp.Clerk: {
			files:       []string{"ingress-clerk.yaml", "authorization-ingress.yaml"},
			certificate: "clerk.example.com",
			rules: map[string]row{
				"admin":             {path: "/admin", status: http.StatusOK},
				"below admin":       {path: "/admin/users", status: http.StatusOK},
				"no organization":   {path: "/admin", claims: map[string]any{"o": nil}, status: http.StatusForbidden, by: byFilter},
				"admin, encoded":    {path: "/%61dmin", claims: map[string]any{"o": nil}, status: http.StatusForbidden, by: byFilter},
				"reports of acme":   {path: "/reports", status: http.StatusOK},
				"reports of nobody": {path: "/reports", claims: map[string]any{"o": nil}, status: http.StatusForbidden, by: byIstio},
				"reports, expired":  {path: "/reports", claims: map[string]any{"exp": 1}, status: http.StatusUnauthorized},
			},
		},
		idp.OneAuxilia: {
			files:       []string{"ingress-oneauxilia.yaml", "authorization-ingress.yaml"},
			certificate: "oneauxilia.example.com",
			rules: map[string]row{
				"admin":             {path: "/admin", claims: map[string]any{"org_role": "org:admin"}, status: http.StatusOK},
				"member":            {path: "/admin", status: http.StatusForbidden, by: byFilter},
				"reports of acme":   {path: "/reports", claims: map[string]any{"org_slug": "acme"}, status: http.StatusOK},
				"reports of others": {path: "/reports", status: http.StatusForbidden, by: byIstio},
			},
		},
		idp.Corbado: {
			files:       []string{"ingress-corbado.yaml"},
			certificate: "*.frontendapi.cloud.corbado.io",
			rules: map[string]row{
				"an address of the domain": {path: "/verified", status: http.StatusOK},
				"another address":          {path: "/verified", claims: map[string]any{"email": "ada@example.org"}, status: http.StatusForbidden, by: byFilter},
			},
		},
	}
	for vendor, files := range vendors {
		t.Run(string(vendor), func(t *testing.T) {
			issuer, authority := newIssuer(t, vendor), testca.New(t)
			r := deployed(t, files.files...)
			r.setKeyServer("127.0.0.1", startKeyServer(t, issuer, authority.Server(files.certificate)))
			r.setImage(pushImage(t, module))
			port := startIngress(t, r, bundle(t, authority))

			testSessions(t, port, issuer)
			for name, row := range files.rules {
				t.Run(name, func(t *testing.T) {
					// The forged headers would satisfy every policy.
					got := get(t, port, appHost, row.path, with(bearer(issuer, row.claims), forged))
					if got.status != row.status || !strings.Contains(got.body, row.by) {
						t.Errorf("status %d, want %d with %q\n%s", got.status, row.status, row.by, got.body)
					}
				})
			}
			// Through the cluster of the ServiceEntry, by its default name.
			if n := issuer.Fetches.Load(); n != 1 {
				t.Errorf("the key set was fetched %d times, want once", n)
			}
		})
	}
}

// testSessions makes requests that every configuration answers in the same way.
func testSessions(t *testing.T, port int, issuer *idp.Issuer) {
	user := issuer.Session(time.Now()).Claims["sub"].(string)
	rows := map[string]struct {
		path    string
		headers map[string]string
		status  int
		user    string // x-identity-user-id at the backend
	}{
		"no token":                      {path: "/", status: http.StatusUnauthorized},
		"no token, forged headers":      {path: "/", headers: forged, status: http.StatusUnauthorized},
		"a session":                     {path: "/", headers: bearer(issuer, nil), status: http.StatusOK, user: user},
		"a session, forged headers":     {path: "/", headers: with(bearer(issuer, nil), forged), status: http.StatusOK, user: user},
		"a session of another issuer":   {path: "/", headers: bearer(impostor(t, issuer.Vendor), nil), status: http.StatusUnauthorized},
		"an expired session":            {path: "/", headers: bearer(issuer, map[string]any{"exp": 1}), status: http.StatusUnauthorized},
		"a public path":                 {path: "/public/a", status: http.StatusOK},
		"a public path, forged headers": {path: "/public/a", headers: forged, status: http.StatusOK},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			got := get(t, port, appHost, row.path, row.headers)
			if got.status != row.status {
				t.Fatalf("status %d, want %d\n%s", got.status, row.status, got.body)
			}
			if (got.upstream != nil) != (row.status == http.StatusOK) {
				t.Fatalf("the backend was reached: %v", got.upstream != nil)
			}
			if got.upstream != nil && got.seen("x-identity-user-id") != row.user {
				t.Errorf("the backend saw user %q, want %q", got.seen("x-identity-user-id"), row.user)
			}
		})
	}
}

// TestIngressKeyServer shows key servers that are not the vendor's: their keys
// are not even asked for, and a token cannot be judged.
func TestIngressKeyServer(t *testing.T) {
	issuer := newIssuer(t, idp.Clerk)
	trusted, other := testca.New(t), testca.New(t)
	rows := map[string]tls.Certificate{
		"a certificate of another name":         trusted.Server("clerk.example.org"),
		"a certificate of an unknown authority": other.Server(issuer.Host),
	}
	for name, certificate := range rows {
		t.Run(name, func(t *testing.T) {
			r := deployed(t, "ingress-clerk.yaml")
			r.setKeyServer("127.0.0.1", startKeyServer(t, issuer, certificate))
			r.setImage(pushImage(t, module))
			port := startIngress(t, r, bundle(t, trusted))

			got := get(t, port, appHost, "/", bearer(issuer, nil))
			if got.status != http.StatusServiceUnavailable || got.upstream != nil {
				t.Errorf("a session: status %d, want 503\n%s", got.status, got.body)
			}
			if got := get(t, port, appHost, "/", nil); got.status != http.StatusUnauthorized {
				t.Errorf("no token: status %d, want 401", got.status)
			}
			if n := issuer.Fetches.Load(); n != 0 {
				t.Errorf("the key set was fetched %d times", n)
			}
		})
	}
}

// TestIngressWithoutImage holds what the agent puts in the place of an image
// that it cannot have: something that refuses.
func TestIngressWithoutImage(t *testing.T) {
	issuer, authority := newIssuer(t, idp.Clerk), testca.New(t)
	url, _ := pushImage(t, module)
	r := deployed(t, "ingress-clerk.yaml")
	r.setKeyServer("127.0.0.1", startKeyServer(t, issuer, authority.Server(issuer.Host)))
	placeholder, _ := r.spec("WasmPlugin")["sha256"].(string)
	r.setImage(url, placeholder)
	port := startIngress(t, r, bundle(t, authority))
	for _, path := range []string{"/", "/public/a"} {
		if got := get(t, port, appHost, path, bearer(issuer, nil)); got.status != http.StatusForbidden {
			t.Errorf("%s: status %d, want 403", path, got.status)
		}
	}
}
