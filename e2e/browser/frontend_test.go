package browser

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/frontendapi"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/testkit/issuers"
)

// reactVendor is a vendor as the application of examples/frontend is set up
// for it. OneAuxilia's script is said to have the calls of ClerkJS; ClerkJS
// stands in for it.
type reactVendor struct {
	name, user, none, expired string
	app, api, frontend        string // host names
	issuer                    *idp.Issuer
	publishableKey            string
}

func reactVendors(t *testing.T) []reactVendor {
	t.Helper()
	clerk := issuers.Clerk("clerk.example.test", true)
	oneauxilia := issuers.OneAuxilia("oneauxilia.example.test")
	key := "pk_live_" + base64.StdEncoding.EncodeToString([]byte(oneauxilia.Host+"$"))
	return []reactVendor{
		{"clerk", "user_clerk", "session-token-and-uat-missing", "session-token-expired",
			"app.example.test", "api.other.test", clerk.Host, clerk, clerk.PublishableKey},
		{"oneauxilia", "user_oneauxilia", "token-missing", "token-expired",
			"app2.example.test", "api2.other.test", oneauxilia.Host, oneauxilia, key},
	}
}

// TestFrontend has the application of examples/frontend, built as its README
// says, in front of its own backend.
func TestFrontend(t *testing.T) {
	t.Parallel()
	dir, err := buildFrontend(t.Context())
	if err != nil {
		missing(t, err)
	}
	text, err := scripts[0].fetch(t.Context())
	if err != nil {
		missing(t, err)
	}
	all := reactVendors(t)
	var hosts []host
	var issuers []*idp.Issuer
	beside := map[string]http.Handler{}
	for _, v := range all {
		addr := startFrontend(t, dir, v)
		filter := v.filter(t)
		hosts = append(hosts, host{name: v.app, filter: filter, addr: addr}, host{name: v.api, filter: filter, addr: addr})
		issuers = append(issuers, v.issuer)
		beside[v.frontend] = withScript(text, &frontendapi.API{Issuer: v.issuer, Domain: "example.test", CookieByScript: true})
	}
	s := startSite(t, hosts, issuers, beside)
	for _, v := range all {
		b := s.browser.visitor(t)
		v.run(t, b)
		b.t = t
		b.clean()
	}
}

// ways are the application's tabs, and the rows that they are on the same
// origin and on another one.
var ways = []struct{ tab, same, other string }{
	{"fetch", "P1", "P4"}, {"swr", "P2", "P5"}, {"react-query", "P3", "P6"},
}

// answer waits for what the application shows of a request.
func (b *tab) answer(id, attributes string) {
	b.t.Helper()
	b.until(fmt.Sprintf("document.querySelector(%q)", "#"+id+attributes))
}

func (v reactVendor) run(t *testing.T, b *tab) {
	page := "https://" + v.app + "/"
	for _, way := range ways {
		ran.run(t, v.name, way.same, "React, "+way.tab+": nobody is signed in, and the page says why", func(t *testing.T) {
			b.t = t
			b.open(page)
			b.click("#tab-" + way.tab)
			b.answer(way.tab+"-same", "[data-state=refused][data-reason="+v.none+"]")
			b.answer(way.tab+"-other", "[data-state=refused][data-reason="+v.none+"]")
		})
	}
	b.t = t
	b.open("https://" + v.frontend + "/sign-in?redirect_url=" + page)
	b.click("button")
	b.says("#user", "Signed in as "+v.user)
	for _, way := range ways {
		for _, one := range []struct{ row, place, name string }{{way.same, "same", "by cookie"}, {way.other, "other", "on another origin with getToken()"}} {
			ran.run(t, v.name, one.row, "React, "+way.tab+" "+one.name, func(t *testing.T) {
				b.t = t
				b.click("#tab-" + way.tab)
				b.answer(way.tab+"-"+one.place, "[data-state=ok][data-user="+v.user+"]")
			})
		}
		ran.run(t, v.name, way.same, "React, "+way.tab+" after expiry: 401, a new token, and the answer", func(t *testing.T) {
			b.t = t
			v.expire(b)
			b.refusals()
			b.click("#" + way.tab + "-same-again")
			refusals := b.refusals()
			for deadline := time.Now().Add(patience); len(refusals) == 0 && time.Now().Before(deadline); refusals = b.refusals() {
				time.Sleep(20 * time.Millisecond)
			}
			b.answer(way.tab+"-same", "[data-state=ok][data-user="+v.user+"]")
			if refusals = append(refusals, b.refusals()...); !slices.Equal(refusals, []string{page + "api/me"}) {
				t.Errorf("refused were %q", refusals)
			}
		})
	}
	v.more(t, b, page)
}

// more is what the application does beside the three ways.
func (v reactVendor) more(t *testing.T, b *tab, page string) {
	ran.run(t, v.name, "P7", "the vendor's script without React", func(t *testing.T) {
		b.t = t
		b.open(page + "plain.html")
		b.answer("plain-same", "[data-state=ok][data-user="+v.user+"]")
		b.answer("plain-other", "[data-state=ok][data-user="+v.user+"]")
	})
	ran.run(t, v.name, "P8", "React, a reload with an expired cookie", func(t *testing.T) {
		b.t = t
		v.expire(b)
		b.open(page)
		b.says("#user", "Signed in as "+v.user)
		b.answer("fetch-same", "[data-state=ok][data-user="+v.user+"]")
	})
	ran.run(t, v.name, "P3", "React, react-query after a sign-out: an error that names the reason", func(t *testing.T) {
		b.t = t
		b.click("#tab-react-query")
		b.answer("react-query-same", "[data-state=ok]")
		b.click("#sign-out") // ClerkJS loads the page again
		b.answer("fetch-same", "[data-state=refused]")
		b.click("#tab-react-query")
		b.answer("react-query-same", "[data-state=refused][data-status=\"401\"][data-reason="+v.none+"]")
		b.says("#react-query-same [role=alert]", "sign in")
	})
}

// expire puts a token into the cookies that ended a minute ago.
func (v reactVendor) expire(b *tab) {
	b.t.Helper()
	session := v.issuer.Session(time.Now().Add(-2 * time.Minute))
	session.Claims["azp"] = "https://" + v.app
	eval[string](b, fmt.Sprintf(`document.cookie.split('; ').map(c => c.split('=')[0]).filter(n => /^__session(_|$)/.test(n))
		.map(n => document.cookie = n + '=%s; Path=/; Secure; SameSite=Lax; Max-Age=600').join()`, session.Token()))
}

// filter is the example's configuration with the vendor's values.
func (v reactVendor) filter(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "examples", "frontend", "sessiongate.json"))
	if err != nil {
		t.Fatal(err)
	}
	configuration := map[string]any{}
	if err := json.Unmarshal(text, &configuration); err != nil {
		t.Fatal(err)
	}
	provider := map[string]any{"preset": v.name, "jwksCluster": "keys", "authorizedParties": []string{"https://" + v.app}}
	if v.name == "clerk" {
		provider["publishableKey"] = v.publishableKey
	} else {
		provider["issuer"], provider["jwksUri"] = v.issuer.URL, v.issuer.URL+"/.well-known/jwks.json"
	}
	configuration["providers"] = []any{provider}
	if text, err = json.Marshal(configuration); err != nil {
		t.Fatal(err)
	}
	return string(text)
}
