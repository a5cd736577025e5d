package browser

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"github.com/sessiongate/sessiongate/internal/demo/frontendapi"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/testkit/issuers"
)

// TestHandshakes has what the demo's production instance does not show: a
// development instance, whose Frontend API has another domain, and browsers
// that keep no cookies.
func TestHandshakes(t *testing.T) {
	t.Parallel()
	const devHost = "happy-hippo-1.clerk.accounts.dev"
	production := issuers.Clerk("clerk.example.test", true)
	development := issuers.Clerk(devHost, false)
	live := &frontendapi.API{Issuer: production, Domain: "example.test"}
	dev := &frontendapi.API{Issuer: development, Domain: "example.test"}
	filter := func(issuer *idp.Issuer) string {
		return fmt.Sprintf(`{"providers": [{"preset": "clerk", "publishableKey": %q, "jwksCluster": "keys",
			"authorizedParties": ["https://dev.example.test"]}], "rules": [{"paths": ["/"], "auth": "optional"}]}`, issuer.PublishableKey)
	}
	required := func(issuer *idp.Issuer, signIn string) string {
		return fmt.Sprintf(`{"providers": [{"preset": "clerk", "publishableKey": %q, "jwksCluster": "keys"}], "signInUrl": %q}`,
			issuer.PublishableKey, signIn)
	}
	s := startSite(t, []host{
		{name: "dev.example.test", backend: pages(askScript), filter: filter(development)},
		// Browsers refuse Secure cookies of a page without TLS.
		{name: "plain.example.test", backend: pages(askScript), filter: filter(production), plain: true},
		{name: "app.example.test", backend: pages(askScript), filter: required(production, "https://clerk.example.test/sign-in")},
		{name: "plaindev.example.test", backend: pages(askScript), filter: filter(development), plain: true},
	}, []*idp.Issuer{production, development}, map[string]http.Handler{"clerk.example.test": live, devHost: dev})

	h := handshakes{site: s, live: live, dev: dev, devHost: devHost}
	for name, f := range map[string]func(*testing.T, *tab){
		"a development instance: known by the query, then by cookies":            h.development,
		"cookies that do not stick: the loop guard ends it":                      h.unkept,
		"cookies that do not stick, in development: the loop guard ends it":      h.unkeptInDevelopment,
		"a browser that keeps no cookies: the sign-in page, and no handshake":    h.withoutCookies,
		"a browser that keeps no cookies, in development: it gives up by itself": h.withoutCookiesInDevelopment,
	} {
		ran.run(t, "clerk", "P8", name, func(t *testing.T) { f(t, s.browser.visitor(t)) })
	}
}

// handshakes is the site of TestHandshakes.
type handshakes struct {
	site
	live, dev *frontendapi.API
	devHost   string
}

func (h handshakes) development(t *testing.T, b *tab) {
	before := len(h.dev.Handshakes())
	b.open("https://dev.example.test/")
	b.says("#user", "signed-out")
	b.open("https://" + h.devHost + "/sign-in?redirect_url=https://dev.example.test/")
	b.click("button")
	b.says("#user", "signed-in user_clerk")
	b.is("location.href", "https://dev.example.test/")
	b.is("ask('/api/x')", "200 user_clerk")
	if got := strings.Join(h.dev.Handshakes()[before:], " "); got != "dev-browser-missing dev-browser-sync" {
		t.Errorf("handshakes: %s", got)
	}
}

func (h handshakes) unkept(t *testing.T, b *tab) {
	before := len(h.live.Handshakes())
	b.open("http://plain.example.test/")
	b.says("#user", "signed-out")
	eval[string](b, "document.cookie = '__client_uat=1'")
	b.open("http://plain.example.test/")
	b.says("#user", "signed-out")
	if n := len(h.live.Handshakes()) - before; n != 3 {
		t.Errorf("%d handshakes, want 3", n)
	}
	b.is("ask('/api/x')", "401 client-uat-but-no-session-token")
}

func (h handshakes) unkeptInDevelopment(t *testing.T, b *tab) {
	before := len(h.dev.Handshakes())
	b.open("http://plaindev.example.test/")
	b.says("#user", "signed-out")
	if n := len(h.dev.Handshakes()) - before; n == 0 || n > 3 {
		t.Errorf("%d handshakes, want 3 at most", n)
	}
}

func (h handshakes) withoutCookies(t *testing.T, b *tab) {
	before := len(h.live.Handshakes())
	b.keepNoCookies()
	b.open(appOrigin + "/")
	b.until("location.pathname === '/sign-in'")
	b.click("button")
	for deadline := time.Now().Add(patience); b.visits(appOrigin+"/") < 2; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the sign-in does not lead back")
		}
	}
	b.until("location.pathname === '/sign-in'")
	if n := len(h.live.Handshakes()) - before; n != 0 {
		t.Errorf("%d handshakes, want none", n)
	}
}

// withoutCookiesInDevelopment: nothing can count the redirects of a browser
// that shows no cookie, so the browser's own limit ends them.
func (h handshakes) withoutCookiesInDevelopment(t *testing.T, b *tab) {
	before := len(h.dev.Handshakes())
	b.keepNoCookies()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	err := chromedp.Do(ctx, chromedp.Navigate("https://dev.example.test/"))
	if err == nil || !strings.Contains(err.Error(), "ERR_TOO_MANY_REDIRECTS") {
		t.Errorf("%v, at %s", err, b.page())
	}
	if n := len(h.dev.Handshakes()) - before; n > 20 {
		t.Errorf("%d handshakes", n)
	}
}

// keepNoCookies has the tab forget all cookies before each request.
func (b *tab) keepNoCookies() {
	b.t.Helper()
	err := chromedp.Listen(b.ctx, func(event any) {
		paused, ok := event.(*fetch.EventRequestPaused)
		if !ok {
			return
		}
		// Not here: the answers to these commands come by way of the listener.
		go func() {
			_, _ = chromedp.Call(b.ctx, network.ClearBrowserCookies, cdp.Empty{})
			_, _ = chromedp.Call(b.ctx, fetch.ContinueRequest, fetch.ContinueRequestParams{RequestID: paused.RequestID})
		}()
	})
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := chromedp.Call(b.ctx, fetch.Enable, fetch.EnableParams{}); err != nil {
		b.t.Fatal(err)
	}
}
