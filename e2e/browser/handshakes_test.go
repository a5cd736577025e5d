package browser

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/demo/frontendapi"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
)

// TestHandshakes has what the demo's production instance does not show: a
// development instance, whose Frontend API has another domain, and browsers
// that keep no cookies.
func TestHandshakes(t *testing.T) {
	t.Parallel()
	const devHost = "happy-hippo-1.clerk.accounts.dev"
	production, err := idp.NewClerk("clerk.example.test", true)
	if err != nil {
		t.Fatal(err)
	}
	development, err := idp.NewClerk(devHost, false)
	if err != nil {
		t.Fatal(err)
	}
	live := &frontendapi.API{Issuer: production, Domain: "example.test"}
	dev := &frontendapi.API{Issuer: development, Domain: "example.test"}
	filter := func(issuer *idp.Issuer) string {
		return fmt.Sprintf(`{"providers": [{"preset": "clerk", "publishableKey": %q, "jwksCluster": "keys",
			"authorizedParties": ["https://dev.example.test"]}], "rules": [{"paths": ["/"], "auth": "optional"}]}`, issuer.PublishableKey)
	}
	s := startSite(t, []host{
		{name: "dev.example.test", backend: pages(askScript), filter: filter(development)},
		// Browsers refuse Secure cookies of a page without TLS.
		{name: "plain.example.test", backend: pages(askScript), filter: filter(production), plain: true},
		{name: "plaindev.example.test", backend: pages(askScript), filter: filter(development), plain: true},
	}, []*idp.Issuer{production, development}, map[string]http.Handler{"clerk.example.test": live, devHost: dev})

	ran.run(t, "clerk", "P8", "a development instance: known by the query, then by cookies", func(t *testing.T) {
		b := s.browser.visitor(t)
		b.open("https://dev.example.test/")
		b.says("#user", "signed-out")
		b.open("https://" + devHost + "/sign-in?redirect_url=https://dev.example.test/")
		b.click("button")
		b.says("#user", "signed-in user_clerk")
		b.is("location.href", "https://dev.example.test/")
		b.is("ask('/api/x')", "200 user_clerk")
		if got := strings.Join(dev.Handshakes(), " "); got != "dev-browser-missing dev-browser-sync" {
			t.Errorf("handshakes: %s", got)
		}
	})
	ran.run(t, "clerk", "P8", "cookies that do not stick: the loop guard ends it", func(t *testing.T) {
		b := s.browser.visitor(t)
		b.open("http://plain.example.test/")
		b.says("#user", "signed-out")
		eval[string](b, "document.cookie = '__client_uat=1'")
		b.open("http://plain.example.test/")
		b.says("#user", "signed-out")
		if n := len(live.Handshakes()); n != 3 {
			t.Errorf("%d handshakes, want 3", n)
		}
		b.is("ask('/api/x')", "401 client-uat-but-no-session-token")
	})
	ran.run(t, "clerk", "P8", "cookies that do not stick, in development: the loop guard ends it", func(t *testing.T) {
		before := len(dev.Handshakes())
		b := s.browser.visitor(t)
		b.open("http://plaindev.example.test/")
		b.says("#user", "signed-out")
		if n := len(dev.Handshakes()) - before; n > 3 {
			t.Errorf("%d handshakes, want 3 at most", n)
		}
	})
}
