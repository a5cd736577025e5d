package browser

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/echo"
	"github.com/sessiongate/sessiongate/internal/demo/frontendapi"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/testkit/issuers"
)

// clerkPage is a plain page with the vendor's script tag.
const clerkPage = `<!doctype html><html lang="en"><meta charset="utf-8"><title>a page</title>
<link rel="icon" href="data:,">
<p id="user">%s</p>
<script src="/js/clerk.js" data-clerk-publishable-key="%s"></script>
<script>
window.ready = Clerk.load().then(() => document.title = Clerk.session ? 'signed in' : 'signed out')
` + askScript + `</script></html>`

// clerkLifetime is that of session tokens here: ClerkJS renews them some
// seconds before they end.
const clerkLifetime = 20 * time.Second

const (
	appOrigin = "https://app.example.test"
	apiOrigin = "https://api.other.test"
)

// TestClerkJS has the script that Clerk publishes, in two major versions, on
// pages behind the filter, and before a Frontend API that is ours.
func TestClerkJS(t *testing.T) {
	t.Parallel()
	for _, s := range scripts {
		text, err := s.fetch(t.Context())
		if err != nil {
			missing(t, err)
			continue
		}
		t.Run(s.version, func(t *testing.T) {
			t.Parallel()
			c := startClerkJS(t, s, text)
			c.session(t)
			c.ending(t)
		})
	}
}

// clerkJS is a tab with the script.
type clerkJS struct {
	major  string // what the scenarios' names begin with
	suffix string // of the cookies
	api    *frontendapi.API
	tab    *tab
}

// startClerkJS has the script on the pages of a site.
func startClerkJS(t *testing.T, s script, text []byte) clerkJS {
	t.Helper()
	issuer := issuers.Clerk("clerk.example.test", true)
	api := &frontendapi.API{Issuer: issuer, Domain: "example.test", Lifetime: clerkLifetime}
	filter := func(rules string) string {
		return fmt.Sprintf(`{"providers": [{"preset": "clerk", "publishableKey": %q, "jwksCluster": "keys",
			"authorizedParties": [%q], "clockSkew": "0s"}], "rules": [%s]}`, issuer.PublishableKey, appOrigin, rules)
	}
	app := http.NewServeMux()
	app.HandleFunc("/js/clerk.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		_, _ = w.Write(text)
	})
	app.Handle("/api/", echo.Handler())
	app.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, clerkPage, r.Header.Get("X-Identity-User-Id"), issuer.PublishableKey)
	})
	site := startSite(t, []host{
		{name: "app.example.test", backend: app, filter: filter(`{"paths": ["/js/*"], "auth": "skip"}, {"paths": ["/"], "auth": "optional"}`)},
		{name: "api.other.test", backend: allowing(appOrigin, echo.Handler()), filter: filter(`{"paths": ["/public"], "auth": "optional"}`)},
	}, []*idp.Issuer{issuer}, map[string]http.Handler{"clerk.example.test": api})
	return clerkJS{
		major: "ClerkJS " + s.version + ": ", suffix: issuer.CookieSuffix(), api: api, tab: site.browser.visitor(t),
	}
}

// session has a session begin, and its token used.
func (c clerkJS) session(t *testing.T) {
	b := c.tab
	ran.run(t, "clerk", "P7", c.major+"load(), signed out", func(t *testing.T) {
		b.t = t
		b.open(appOrigin + "/")
		b.until("document.title === 'signed out'")
		b.is("ask('/api/x')", "401 session-token-and-uat-missing")
	})
	ran.run(t, "clerk", "P8", c.major+"sign-in, and the session by a handshake", func(t *testing.T) {
		b.t = t
		b.open("https://clerk.example.test/sign-in?redirect_url=" + appOrigin + "/")
		b.click("button")
		b.until("document.title === 'signed in'")
		b.says("#user", "user_clerk")
	})
	ran.run(t, "clerk", "P7", c.major+"session.getToken(), and another origin with it", func(t *testing.T) {
		b.t = t
		b.is("Clerk.session.getToken().then(token => ask('"+apiOrigin+"/x', token))", "200 user_clerk")
		b.is("ask('"+apiOrigin+"/x')", "401 session-token-and-uat-missing")
	})
	ran.run(t, "clerk", "P1", c.major+"its cookies, and the same origin with them", func(t *testing.T) {
		b.t = t
		b.is(`Clerk.session.getToken({skipCache: true}).then(token => String(token !== '' && document.cookie.split('; ').filter(c => c.endsWith('=' + token)).map(c => c.split('=')[0]).sort()))`,
			"__session,__session_"+c.suffix)
		b.is("ask('/api/x')", "200 user_clerk")
	})
}

// ending has tokens end, and the session.
func (c clerkJS) ending(t *testing.T) {
	b := c.tab
	ran.run(t, "clerk", "P1", c.major+"renewal in the background: nothing expires", func(t *testing.T) {
		b.t = t
		before := eval[string](b, "document.cookie.match(/__session=([^;]*)/)[1]")
		time.Sleep(clerkLifetime + 2*time.Second)
		b.is("ask('/api/x')", "200 user_clerk")
		if eval[string](b, "document.cookie.match(/__session=([^;]*)/)[1]") == before {
			t.Error("the token has not been renewed")
		}
	})
	ran.run(t, "clerk", "P8", c.major+"its token has ended while the tab was closed: a handshake", func(t *testing.T) {
		b.t = t
		b.open("about:blank")
		time.Sleep(clerkLifetime + 2*time.Second)
		b.open(appOrigin + "/")
		b.until("document.title === 'signed in'")
		b.says("#user", "user_clerk")
		if got := strings.Join(c.api.Handshakes(), " "); !strings.HasSuffix(got, "session-token-expired") {
			t.Errorf("handshakes: %s", got)
		}
		b.is("ask('/api/x')", "200 user_clerk")
	})
	ran.run(t, "clerk", "P1", c.major+"signOut() in one tab, seen in the other", func(t *testing.T) {
		b.t = t
		other := b.another()
		other.open(appOrigin + "/")
		other.until("document.title === 'signed in'")
		other.is("Clerk.signOut().then(() => document.cookie.includes('__session') ? 'cookies are left' : 'gone')", "gone")
		b.is("ask('/api/x')", "401 session-token-and-uat-missing")
		b.open(appOrigin + "/")
		b.until("document.title === 'signed out'")
		other.clean()
		b.clean()
	})
}
