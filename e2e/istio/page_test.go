package istio

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/testkit/testca"
)

// onPage is the first block of YAML in a section of docs/istio.md.
func onPage(t *testing.T, section string) string {
	t.Helper()
	page, err := os.ReadFile(filepath.Join(deployDir, "..", "..", "docs", "istio.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, text, found := strings.Cut(string(page), "\n## "+section+"\n")
	_, text, begins := strings.Cut(text, "```yaml\n")
	text, _, ends := strings.Cut(text, "```\n")
	if !found || !begins || !ends {
		t.Fatalf("docs/istio.md has no block of YAML under %q", section)
	}
	return text
}

// TestRoutesOfThePage: Istio takes the routes of docs/istio.md. Where they lead
// to, is Istio's own.
func TestRoutesOfThePage(t *testing.T) {
	startControlPlane(t, ingressGateway, deployed(t).add(onPage(t, "A page and an API behind one gateway")))
}

// TestLimitsByUser: the EnvoyFilter of docs/istio.md stands behind the
// WasmPlugin, so that a limit counts whom the filter has verified.
func TestLimitsByUser(t *testing.T) {
	issuer, authority := newIssuer(t, idp.Clerk), testca.New(t)
	r := deployed(t, "ingress-clerk.yaml").add(onPage(t, "Limits by user"))
	r.setKeyServer("127.0.0.1", startKeyServer(t, issuer, authority.Server("clerk.example.com")))
	r.setImage(pushImage(t, module))
	port := startIngress(t, r, bundle(t, authority))
	for _, user := range []string{"user_ada", "user_grace"} {
		passed := 0
		for range 30 {
			// The header would make each request another user's.
			got := get(t, port, appHost, "/", with(bearer(issuer, map[string]any{"sub": user}), forged))
			if got.status == http.StatusTooManyRequests {
				break
			}
			if got.status != http.StatusOK {
				t.Fatalf("%s: status %d\n%s", user, got.status, got.body)
			}
			passed++
		}
		// Buckets fill up all the time, so a slow test may see one or two more.
		if passed < 10 || passed > 12 {
			t.Errorf("%s: %d requests passed, want 10", user, passed)
		}
	}
}
