package frontendapi_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/demo/frontendapi"
	"github.com/sessiongate/sessiongate/internal/testkit/issuers"
)

// script is a vendor's script on a page of an origin.
type script struct {
	t       *testing.T
	api     http.Handler
	origin  string
	cookies map[string]*http.Cookie
}

func (s *script) ask(method, target string) *http.Response {
	s.t.Helper()
	r := httptest.NewRequest(method, target, nil)
	r.Host = "clerk.example.com"
	r.Header.Set("Origin", s.origin)
	for _, c := range s.cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	s.api.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		s.cookies[c.Name] = c
	}
	return w.Result()
}

// sessions are the ids of the sessions in an answer about a client.
func sessions(t *testing.T, answer *http.Response) string {
	t.Helper()
	var body struct {
		Response struct{ Sessions []struct{ ID string } }
	}
	if err := json.NewDecoder(answer.Body).Decode(&body); err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, s := range body.Response.Sessions {
		ids = append(ids, s.ID)
	}
	return strings.Join(ids, " ")
}

func TestClient(t *testing.T) {
	api := newAPI(t, "clerk.example.com", true)
	s := &script{t: t, api: api, origin: "https://app.example.com", cookies: map[string]*http.Cookie{}}
	if got := sessions(t, s.ask("GET", "/v1/client?_clerk_js_version=6")); got != "" {
		t.Errorf("signed out, sessions %q", got)
	}
	if refused := s.ask("POST", "/v1/client/sessions/sess_clerk/tokens"); refused.StatusCode != 401 {
		t.Errorf("signed out, a token: %d", refused.StatusCode)
	}
	s.ask("POST", "/sign-in?redirect_url=https://app.example.com/")
	if got := sessions(t, s.ask("GET", "/v1/client")); got != "sess_clerk" {
		t.Errorf("signed in, sessions %q", got)
	}
	var token struct{ JWT string }
	answer := s.ask("POST", "/v1/client/sessions/sess_clerk/tokens")
	if err := json.NewDecoder(answer.Body).Decode(&token); err != nil || strings.Count(token.JWT, ".") != 2 {
		t.Errorf("token %q, %v", token.JWT, err)
	}
	if other := s.ask("POST", "/v1/client/sessions/sess_other/tokens"); other.StatusCode != 401 {
		t.Errorf("another session's token: %d", other.StatusCode)
	}
	if got := sessions(t, s.ask("POST", "/v1/client/sessions?_method=DELETE")); got != "" || s.cookies["__client_uat"].Value != "0" {
		t.Errorf("signed out, sessions %q, uat %s", got, s.cookies["__client_uat"].Value)
	}
}

// TestOrigins: only the application's pages may read answers.
func TestOrigins(t *testing.T) {
	api := newAPI(t, "clerk.example.com", true)
	for origin, want := range map[string]string{
		"https://app.example.com": "https://app.example.com", "https://example.com": "https://example.com",
		"https://evil.example": "", "https://evilexample.com": "", "null": "", "": "",
	} {
		s := &script{t: t, api: api, origin: origin, cookies: map[string]*http.Cookie{}}
		if got := s.ask("GET", "/v1/client").Header.Get("Access-Control-Allow-Origin"); got != want {
			t.Errorf("%q: allowed %q, want %q", origin, got, want)
		}
	}
}

// TestLoopback: an application without a domain and without TLS gets cookies
// that its browser takes, and other vendors than Clerk their session cookie.
func TestLoopback(t *testing.T) {
	issuer := issuers.Of("corbado")
	api := &frontendapi.API{Issuer: issuer, Domain: "127.0.0.1", Profiles: []frontendapi.Profile{
		{User: "usr-grace", Name: "Grace", Claims: map[string]any{"email": "grace@example.com"}},
	}}
	in := do(api, "POST", "/sign-in?user=usr-grace&redirect_url=http://127.0.0.1:10000/corbado/")
	if got := names(in); in.StatusCode != 303 || got != "__client_corbado cbo_session_token" {
		t.Errorf("%d, cookies %s", in.StatusCode, got)
	}
	for _, line := range in.Header.Values("Set-Cookie") {
		if strings.Contains(line, "Secure") || strings.Contains(line, "Domain") {
			t.Errorf("cookie with Secure or Domain: %s", line[:20])
		}
	}
	if page := do(api, "GET", "/sign-in"); page.StatusCode != 200 {
		t.Errorf("the sign-in page: %d", page.StatusCode)
	}
}
