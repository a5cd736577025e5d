package browser

import (
	"net/http"
	"testing"

	"github.com/sessiongate/sessiongate/internal/demo/echo"
	"github.com/sessiongate/sessiongate/internal/demo/frontendapi"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/testkit/issuers"
)

const wwwOrigin = "https://www.example.test"

// TestCorbado has Corbado's scenarios with two services, A beside the page and
// B elsewhere, and a third one that reads the token where Corbado advises
// against it.
func TestCorbado(t *testing.T) {
	t.Parallel()
	issuer := issuers.Of("corbado")
	api := &frontendapi.API{Issuer: issuer, Domain: "example.test"}
	filter := func(more string) string {
		return `{"corsOrigins": ["` + wwwOrigin + `"], "rules": [{"paths": ["/"], "auth": "optional"}],
			"providers": [{"preset": "corbado", "projectId": "pro-123", "jwksCluster": "keys"` + more + `}]}`
	}
	var s site
	www := pages(askScript)
	www.Handle("/api/call-b", calling("api.other.test", func() string { return s.addrs["api.other.test"] }))
	s = startSite(t, []host{
		{name: "www.example.test", backend: www, filter: filter(`, "tokenToHeader": "authorization"`)},
		{name: "api.other.test", backend: allowing(wwwOrigin, echo.Handler()), filter: filter(`, "fromCookies": []`)},
		{name: "legacy.other.test", backend: allowing(wwwOrigin, echo.Handler()),
			filter: filter(`, "fromCookies": [], "fromParams": ["session"], "fromHeaders": [{"name": "x-session-token"}]`)},
	}, []*idp.Issuer{issuer}, map[string]http.Handler{"auth.example.test": api})

	b := s.browser.visitor(t)
	b.open("https://auth.example.test/sign-in?redirect_url=" + wwwOrigin + "/")
	b.click("button")
	b.says("#user", "signed-in usr-corbado")
	for _, one := range []struct{ row, name, expression, want string }{
		{"C1", "page and backend share the cookie's domain", "ask('/api/x')", "200 usr-corbado"},
		{"C1", "and without the cookie", "ask('/api/x', {credentials: 'omit'})", "401 token-missing"},
		{"C2", "the backend is elsewhere, the page passes the token", "ask('https://api.other.test/x', cookie('cbo_session_token'))", "200 usr-corbado"},
		{"C2", "the cookie does not go there", "ask('https://api.other.test/x', {credentials: 'omit'})", "401 token-missing"},
		{"C3", "A got the cookie, calls B with the token, and B verifies it", "ask('/api/call-b')", "200 usr-corbado"},
		{"C3", "A got a bearer token, and calls B with it", "ask('/api/call-b', cookie('cbo_session_token'))", "200 usr-corbado"},
		{"C3", "A is not reached without a session", "ask('/api/call-b', {credentials: 'omit'})", "401 token-missing"},
		{"C4", "a query parameter, as configured", "ask('https://legacy.other.test/x?session=' + cookie('cbo_session_token'))", "200 usr-corbado"},
		{"C4", "X-Session-Token, as configured", "ask('https://legacy.other.test/x', {headers: {'X-Session-Token': cookie('cbo_session_token')}})", "200 usr-corbado"},
		{"C4", "neither counts where it is not configured", "ask('https://api.other.test/x?session=' + cookie('cbo_session_token'), {headers: {'X-Session-Token': cookie('cbo_session_token')}})", "401 token-missing"},
	} {
		ran.run(t, "corbado", one.row, one.name, func(t *testing.T) {
			b.t = t
			b.is(one.expression, one.want)
		})
	}
	b.t = t
	b.clean()
}
