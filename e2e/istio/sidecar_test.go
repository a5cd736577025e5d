package istio

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/testkit/testca"
)

// sidecarPorts are where a workload's sidecar listens: for requests to the
// workload, and for its own.
type sidecarPorts struct{ inbound, outbound int }

// startSidecar runs a sidecar with resources, beside a workload and with another
// service to call. In a pod the traffic would be intercepted; here the Sidecar
// resource gives every listener an address.
func startSidecar(t *testing.T, r *resources, bundle, keyHost string) sidecarPorts {
	t.Helper()
	ports := sidecarPorts{freePort(t), freePort(t)}
	startSidecarAt(t, r, bundle, ports, keyHost)
	return ports
}

func startSidecarAt(t *testing.T, r *resources, bundle string, ports sidecarPorts, keyHost string) {
	t.Helper()
	r.add(fmt.Sprintf(`
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: orders, namespace: shop}
spec:
  workloadSelector: {labels: {app: orders}}
  ingress:
  - port: {number: %[1]d, name: http, protocol: HTTP}
    bind: 127.0.0.1
    captureMode: NONE
    defaultEndpoint: 127.0.0.1:%[2]d
  egress:
  - port: {number: %[3]d, name: http-out, protocol: HTTP}
    bind: 127.0.0.1
    captureMode: NONE
    hosts: ["./*"]
  - hosts: ["./*"] # everything else: known, though nothing listens for it
    captureMode: IPTABLES
---
# There is no authority for workload certificates here.
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: plain, namespace: shop}
spec: {mtls: {mode: DISABLE}}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: payments, namespace: shop}
spec:
  hosts: [payments.example.net]
  location: MESH_EXTERNAL
  resolution: STATIC
  ports: [{number: %[3]d, name: http, protocol: HTTP}]
  endpoints: [{address: 127.0.0.1, ports: {http: %[4]d}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: payments, namespace: shop}
spec:
  hosts: [payments.example.net]
  http:
  - match: [{uri: {prefix: /vendor}}]
    route: [{destination: {host: %[5]s, port: {number: 443}}}]
  - route: [{destination: {host: payments.example.net}}]
`, ports.inbound, startBackend(t), ports.outbound, startBackend(t), keyHost))
	startProxy(t, ordersSidecar, startAgent(t, startControlPlane(t, ordersSidecar, r), bundle), ports.inbound, ports.outbound)
}

func TestSidecar(t *testing.T) {
	vendors := map[idp.Vendor][]string{
		idp.Clerk:      {"sidecar-clerk.yaml"},
		idp.OneAuxilia: {"sidecar-oneauxilia.yaml", "authorization-sidecar.yaml"},
		idp.Corbado:    {"sidecar-corbado.yaml"},
	}
	for vendor, files := range vendors {
		t.Run(string(vendor), func(t *testing.T) {
			issuer, authority := newIssuer(t, vendor), testca.New(t)
			certificate := authority.Server(issuer.Host)
			r := deployed(t, files...)
			r.setKeyServer("127.0.0.1", startKeyServer(t, issuer, certificate))
			r.setImage(pushImage(t, module))
			ports := startSidecar(t, r, bundle(t, authority), issuer.Host)

			t.Run("inbound, no token", func(t *testing.T) {
				if got := get(t, ports.inbound, "orders", "/", forged); got.status != http.StatusUnauthorized {
					t.Errorf("status %d, want 401\n%s", got.status, got.body)
				}
			})
			t.Run("inbound, a session", func(t *testing.T) {
				got := get(t, ports.inbound, "orders", "/", with(bearer(issuer, nil), forged))
				if got.status != http.StatusOK {
					t.Fatalf("status %d, want 200\n%s", got.status, got.body)
				}
				if want := issuer.Session(time.Now()).Claims["sub"]; got.seen("x-identity-user-id") != want {
					t.Errorf("the workload saw user %q, want %q", got.seen("x-identity-user-id"), want)
				}
				if n := issuer.Fetches.Load(); n != 1 {
					t.Errorf("the key set was fetched %d times, want once", n)
				}
			})
			if vendor == idp.OneAuxilia {
				t.Run("inbound, a policy with the identity headers", func(t *testing.T) {
					for slug, status := range map[string]int{"acme": http.StatusOK, "umbrella": http.StatusForbidden} {
						headers := with(bearer(issuer, map[string]any{"org_slug": slug}), forged)
						if got := get(t, ports.inbound, "orders", "/reports", headers); got.status != status {
							t.Errorf("%s: status %d, want %d\n%s", slug, got.status, status, got.body)
						}
					}
				})
			}
			t.Run("outbound, no token", func(t *testing.T) {
				got := get(t, ports.outbound, "payments.example.net", "/", nil)
				if got.status != http.StatusOK || got.upstream == nil {
					t.Fatalf("status %d, want 200\n%s", got.status, got.body)
				}
				for _, header := range got.upstream.Headers {
					if strings.HasPrefix(header[0], "x-identity-") {
						t.Errorf("the called service saw %s: %s", header[0], header[1])
					}
				}
			})
			t.Run("outbound, a session of somebody", func(t *testing.T) {
				headers := bearer(issuer, nil)
				got := get(t, ports.outbound, "payments.example.net", "/", headers)
				if got.status != http.StatusOK || got.upstream == nil {
					t.Fatalf("status %d, want 200\n%s", got.status, got.body)
				}
				if got.seen("authorization") != headers["Authorization"] || got.seen("x-identity-user-id") != "" {
					t.Errorf("the called service saw %v", got.upstream.Headers)
				}
			})
			// An application that calls the vendor does so with TLS of its own,
			// which has to arrive as it was sent. Here it sends plain text, and
			// the vendor notices that it is.
			t.Run("outbound, to the vendor itself", func(t *testing.T) {
				got := get(t, ports.outbound, "payments.example.net", "/vendor", nil)
				if !strings.Contains(got.body, "HTTP request to an HTTPS server") {
					t.Errorf("status %d: the sidecar changed what the workload sent\n%s", got.status, got.body)
				}
			})
		})
	}
}

// TestSidecarNeedsMatch shows what the line is for that the files explain:
// without it the workload's own calls are refused.
func TestSidecarNeedsMatch(t *testing.T) {
	issuer, authority := newIssuer(t, idp.Clerk), testca.New(t)
	r := deployed(t, "sidecar-clerk.yaml")
	r.setKeyServer("127.0.0.1", startKeyServer(t, issuer, authority.Server(issuer.Host)))
	r.setImage(pushImage(t, module))
	delete(r.spec("WasmPlugin"), "match")
	ports := startSidecar(t, r, bundle(t, authority), issuer.Host)
	if got := get(t, ports.outbound, "payments.example.net", "/", nil); got.status != http.StatusUnauthorized {
		t.Errorf("status %d, want 401", got.status)
	}
}
