package e2e

import (
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/loopback"
)

// oauth2ProxyRows are requests to the files of docs/migrate-from-oauth2-proxy.md.
// The table of that page has those that are answered in two ways, under these
// names.
var oauth2ProxyRows = map[string]peerRow{
	"a good token":                         {"GET /\nAuthorization: Bearer {plain aud=my-app email=ada@example.com groups:=[\"staff\"]}", 200, 200, false},
	"a program's good token":               {"GET /api/a\nAuthorization: Bearer {plain aud=my-app email=ada@example.com groups:=[\"a\",\"admins\"]}", 200, 200, false},
	"a program without a token":            {"GET /api/a", 401, 401, false},
	"a program with a bad token":           {"GET /api/a\nAuthorization: Bearer {plain aud=my-app exp=-10m}", 401, 401, false},
	"a program's token for another":        {"GET /api/a\nAuthorization: Bearer {plain aud=other email=ada@example.com groups:=[\"staff\"]}", 401, 401, false},
	"a program's token of another":         {"GET /api/a\nAuthorization: Bearer {plain aud=my-app iss=https://other.example email=ada@example.com groups:=[\"staff\"]}", 401, 401, false},
	"a program's forged token":             {"GET /api/a\nAuthorization: Bearer {plain aud=my-app tamper=signature email=ada@example.com groups:=[\"staff\"]}", 401, 401, false},
	"a program without `exp`":              {"GET /api/a\nAuthorization: Bearer {plain aud=my-app -exp email=ada@example.com groups:=[\"staff\"]}", 401, 401, false},
	"an address that is not verified":      {"GET /api/a\nAuthorization: Bearer {plain aud=my-app email_verified:=false email=ada@example.com groups:=[\"staff\"]}", 401, 401, false},
	"an address of another domain":         {"GET /\nAuthorization: Bearer {plain aud=my-app email=ada@example.org groups:=[\"staff\"]}", 403, 403, false},
	"an address of a domain like it":       {"GET /\nAuthorization: Bearer {plain aud=my-app email=ada@badexample.com groups:=[\"staff\"]}", 403, 403, false},
	"no address":                           {"GET /\nAuthorization: Bearer {plain aud=my-app groups:=[\"staff\"]}", 403, 403, false},
	"another group":                        {"GET /\nAuthorization: Bearer {plain aud=my-app email=ada@example.com groups:=[\"guests\"]}", 403, 403, false},
	"no group":                             {"GET /\nAuthorization: Bearer {plain aud=my-app email=ada@example.com}", 403, 403, false},
	"an open path":                         {"GET /healthz", 200, 200, false},
	"what is below an open path":           {"GET /assets/a.css", 200, 200, false},
	"a path by a regular expression":       {"GET /help/a", 200, 200, false},
	"a page, no token":                     {"GET /\nAccept: text/html", 302, 307, false},
	"another request to a page, no token":  {"GET /", 302, 401, false},
	"an open path, another method":         {"POST /healthz", 302, 401, false},
	"a path that begins like an open path": {"GET /healthzz", 302, 401, false},
	"an open path with a query":            {"GET /healthz?a=b", 302, 200, false},
	"`bearer` in lower case":               {"GET /\nAuthorization: bearer {plain aud=my-app email=ada@example.com groups:=[\"staff\"]}", 302, 200, false},
	"an address in capitals":               {"GET /\nAuthorization: Bearer {plain aud=my-app email=Ada@EXAMPLE.com groups:=[\"staff\"]}", 200, 403, false},
	"a token as the user of `Basic`":       {"GET /\nAuthorization: Basic {base64 {plain aud=my-app email=ada@example.com groups:=[\"staff\"]}:}", 200, 401, false},
}

// TestMigrateFromOAuth2Proxy follows the page, and runs each of its files in
// Envoy. Those with ext_authz need an oauth2-proxy.
func TestMigrateFromOAuth2Proxy(t *testing.T) {
	m := runMigration(t, "migrate-from-oauth2-proxy.md")
	checkDifferences(t, "migrate-from-oauth2-proxy.md", oauth2ProxyRows)
	clusters := startPeers(t)
	t.Run("after.yaml", func(t *testing.T) {
		sendPeerRows(t, m.startEnvoy(t, "after.yaml", clusters), oauth2ProxyRows, func(r peerRow) int { return r.ours })
	})
	path := os.Getenv("OAUTH2_PROXY")
	if path == "" {
		t.Skip("there is no oauth2-proxy: make test-oauth2-proxy builds one and runs this")
	}
	clusters["oauth2-proxy"] = m.startOAuth2Proxy(t, path, clusters["issuer"])
	for name, want := range map[string]func(peerRow) int{
		"envoy.yaml": func(r peerRow) int { return r.theirs },
		"trial.yaml": func(r peerRow) int { return r.theirs },
		"both.yaml": func(r peerRow) int {
			if r.ours != http.StatusOK {
				return r.ours
			}
			return r.theirs
		},
	} {
		t.Run(name, func(t *testing.T) {
			e := m.startEnvoy(t, name, clusters)
			sendPeerRows(t, e, oauth2ProxyRows, want)
			if name == "trial.yaml" {
				m.compare(t, e, oauth2ProxyRows)
			}
		})
	}
}

// startOAuth2Proxy runs an oauth2-proxy with the page's file. It asks for keys
// without TLS, by way of the key server as a proxy.
func (m migration) startOAuth2Proxy(t *testing.T, path, keys string) (addr string) {
	t.Helper()
	addr, err := loopback.FreeAddress()
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(m.read(t, "oauth2-proxy.cfg"), `oidc_jwks_url = "https:`, `oidc_jwks_url = "http:`, 1)
	writeFile(t, m.folder+"/run.cfg", []byte(text))
	out := &envoy.Log{}
	proxy := exec.CommandContext(t.Context(), path, "--config", m.folder+"/run.cfg", "--http-address", addr)
	proxy.Stdout, proxy.Stderr = out, out
	proxy.Env = append(os.Environ(), "HTTP_PROXY=http://"+keys)
	if err := proxy.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = proxy.Process.Kill()
		_ = proxy.Wait()
		if t.Failed() {
			t.Logf("%s", out.String())
		}
	})
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if response, err := http.Get("http://" + addr + "/ping"); err == nil {
			_ = response.Body.Close()
			return addr
		} else if time.Now().After(deadline) {
			t.Fatalf("%v\n%s", err, out.String())
		}
	}
}
