package frontendapi_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/demo/frontendapi"
	"github.com/sessiongate/sessiongate/internal/testkit/issuers"
)

func newAPI(t *testing.T, host string, production bool) *frontendapi.API {
	t.Helper()
	issuer := issuers.Clerk(host, production)
	return &frontendapi.API{Issuer: issuer, Domain: "example.com"}
}

func do(api http.Handler, method, target string, cookies ...*http.Cookie) *http.Response {
	r := httptest.NewRequest(method, target, nil)
	r.Host = "clerk.example.com"
	for _, c := range cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	api.ServeHTTP(w, r)
	return w.Result()
}

// names are the cookies that an answer sets, with those that it empties in
// parentheses.
func names(answer *http.Response) string {
	var all []string
	for _, c := range answer.Cookies() {
		if c.MaxAge < 0 {
			c.Name = "(" + c.Name + ")"
		}
		all = append(all, c.Name)
	}
	return strings.Join(all, " ")
}

func TestProduction(t *testing.T) {
	api := newAPI(t, "clerk.example.com", true)
	back := "?redirect_url=" + url.QueryEscape("https://app.example.com/a?b=c")

	in := do(api, "POST", "/sign-in"+back)
	if in.StatusCode != 303 || in.Header.Get("Location") != "https://app.example.com/a?b=c" || names(in) != "__client __client_uat __client_uat_naoXFJnI" {
		t.Errorf("sign-in: %d to %q, cookies %s", in.StatusCode, in.Header.Get("Location"), names(in))
	}
	settled := do(api, "GET", "/v1/client/handshake"+back+"&__clerk_hs_reason=session-token-expired", in.Cookies()...)
	if settled.StatusCode != 307 || settled.Header.Get("Location") != "https://app.example.com/a?b=c" || names(settled) != "__clerk_handshake" {
		t.Errorf("handshake: %d to %q, cookies %s", settled.StatusCode, settled.Header.Get("Location"), names(settled))
	}
	if got := strings.Join(api.Handshakes(), " "); got != "session-token-expired" {
		t.Errorf("handshakes: %s", got)
	}
}

func TestDevelopment(t *testing.T) {
	api := newAPI(t, "happy-hippo-1.clerk.accounts.dev", false)
	settled := do(api, "GET", "/v1/client/handshake?redirect_url="+url.QueryEscape("http://app.example.com/"))
	location, err := settled.Location()
	if err != nil || location.Query().Get("__clerk_handshake") == "" || names(settled) != "__client" {
		t.Errorf("handshake: to %q, cookies %s", location, names(settled))
	}
}

func TestSendsNobodyElsewhere(t *testing.T) {
	api := newAPI(t, "clerk.example.com", true)
	for _, back := range []string{"https://evil.example/", "https://evilexample.com/", "javascript:alert(1)", "//evil.example", "", "https://app.example.com@evil.example/"} {
		for _, path := range []string{"/v1/client/handshake", "/sign-in"} {
			if answer := do(api, "POST", path+"?redirect_url="+url.QueryEscape(back)); answer.StatusCode != 400 {
				t.Errorf("%s to %q: %d", path, back, answer.StatusCode)
			}
		}
	}
}
