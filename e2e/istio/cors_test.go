package istio

import (
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/testkit/testca"
)

const (
	appOrigin  = "https://app.example.com"  // an authorized party, and in the corsPolicy
	meshOrigin = "https://mesh.example.com" // only in the corsPolicy
)

// withCORS gives the application's routes a corsPolicy, as users would.
func withCORS(r *resources) {
	route := r.spec("VirtualService")["http"].([]any)[0].(map[string]any)
	route["corsPolicy"] = map[string]any{
		"allowOrigins":     []any{map[string]any{"exact": appOrigin}, map[string]any{"exact": meshOrigin}},
		"allowMethods":     []any{"GET", "PUT"},
		"allowHeaders":     []any{"authorization"},
		"exposeHeaders":    []any{"x-echo"},
		"allowCredentials": true,
	}
}

// TestIngressAnswersThatPagesRead holds what a page on another origin can read.
// Istio's filter for CORS stands behind every plugin: it answers preflights and
// completes what the backend answers, and does not see a refusal.
func TestIngressAnswersThatPagesRead(t *testing.T) {
	issuer, authority := newIssuer(t, idp.Clerk), testca.New(t)
	r := deployed(t, "ingress-clerk.yaml")
	r.setKeyServer("127.0.0.1", startKeyServer(t, issuer, authority.Server("clerk.example.com")))
	r.setImage(pushImage(t, module))
	r.accessLog = filepath.Join(t.TempDir(), "access.log")
	port := startIngress(t, r, bundle(t, authority), withCORS)

	const own, theirs = "www-authenticate, retry-after, x-request-id", "x-echo"
	session := bearer(issuer, nil)
	member := bearer(issuer, map[string]any{"o": nil})
	rows := map[string]struct {
		path    string
		headers map[string]string
		origin  string
		status  int
		allowed string // access-control-allow-origin
		exposed string
	}{
		"refused":                       {"/", nil, appOrigin, http.StatusUnauthorized, appOrigin, own},
		"forbidden":                     {"/admin", member, appOrigin, http.StatusForbidden, appOrigin, own},
		"passed":                        {"/", session, appOrigin, http.StatusOK, appOrigin, theirs},
		"refused, another page":         {"/", nil, "https://evil.example", http.StatusUnauthorized, "", ""},
		"passed, another page":          {"/", session, "https://evil.example", http.StatusOK, "", ""},
		"refused, only in corsPolicy":   {"/", nil, meshOrigin, http.StatusUnauthorized, "", ""},
		"passed, only in corsPolicy":    {"/", session, meshOrigin, http.StatusOK, meshOrigin, theirs},
		"public, only in corsPolicy":    {"/public/a", nil, meshOrigin, http.StatusOK, meshOrigin, theirs},
		"refused, without any Origin":   {"/", nil, "", http.StatusUnauthorized, "", ""},
		"forbidden, without any Origin": {"/admin", member, "", http.StatusForbidden, "", ""},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			headers := map[string]string{}
			maps.Copy(headers, row.headers)
			if row.origin != "" {
				headers["Origin"] = row.origin
			}
			got := get(t, port, appHost, row.path, headers)
			if got.status != row.status {
				t.Errorf("status %d, want %d", got.status, row.status)
			}
			for name, want := range map[string]string{"Access-Control-Allow-Origin": row.allowed, "Access-Control-Expose-Headers": row.exposed} {
				if lines := got.header.Values(name); len(lines) > 1 || strings.Join(lines, "") != want {
					t.Errorf("%s: %q, want %q", name, lines, want)
				}
			}
		})
	}
	t.Run("access log", func(t *testing.T) {
		wantLogged(t, r.accessLog, "\"GET /admin HTTP/1.1\" 403 - sessiongate{admin:claims-mismatch} - ")
		wantLogged(t, r.accessLog, "\"GET / HTTP/1.1\" 401 - sessiongate{none:session-token-and-uat-missing} - ")
	})
}

// wantLogged waits for a text in an access log, which Envoy writes now and then.
func wantLogged(t *testing.T, file, want string) {
	t.Helper()
	var log []byte
	for deadline := time.Now().Add(15 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		log, _ = os.ReadFile(file)
		if strings.Contains(string(log), want) {
			return
		}
	}
	t.Errorf("the access log lacks %q:\n%s", want, log)
}
