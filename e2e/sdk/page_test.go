package sdk

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sessiongate/sessiongate/internal/config"
	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/internal/testkit/issuers"
	"github.com/sessiongate/sessiongate/jwt"
)

// TestPageConfirmsFactors: Clerk's hook for pages, useReverification, knows the
// answer to a request that needs a step-up. It asks the user, and fetches again.
func TestPageConfirmsFactors(t *testing.T) {
	if testing.Short() {
		t.Skip("installs the SDK")
	}
	issuer := issuers.Of("clerk")
	site := siteOf(t, `{"providers": [{"preset": "clerk", "publishableKey": "`+issuer.PublishableKey+`", "jwks": `+string(issuer.KeySet())+`}],
		"rules": [{"paths": ["/strict"], "reverification": "strict"}, {"paths": ["/mfa"], "reverification": "strict_mfa"},
			{"paths": ["/own"], "reverification": {"level": "first_factor", "afterMinutes": 3}}]}`)
	token := func(fva ...int) string {
		s := issuer.Session(time.Now())
		delete(s.Claims, "fva")
		if fva != nil {
			s.Claims["fva"] = fva
		}
		return s.Token()
	}
	type page struct {
		Name    string `json:"name"`
		URL     string `json:"url"`
		Before  string `json:"before"` // the token, before and after the user confirms
		After   string `json:"after"`
		Cancels bool   `json:"cancels"`
	}
	type visit struct {
		Asked []string       `json:"asked"`
		Got   map[string]any `json:"got"`
	}
	paid := map[string]any{"paid": true}
	var got map[string]visit
	askScript(t, "page.mjs", map[string]any{"pages": []page{
		{"lately", site + "/strict", token(0, 0), "", false},
		{"strict", site + "/strict", token(12, 12), token(12, 0), false},
		{"mfa", site + "/mfa", token(0, 12), token(0, 0), false},
		{"own", site + "/own", token(3, -1), token(0, -1), false},
		{"cancelled", site + "/strict", token(12, -1), "", true},
		{"unsaid", site + "/strict", token(), "", false},
	}}, &got)
	refused := got["unsaid"].Got["reason"]
	delete(got, "unsaid")
	want := map[string]visit{
		"lately":    {[]string{}, paid},
		"strict":    {[]string{"second_factor"}, paid},
		"mfa":       {[]string{"multi_factor"}, paid},
		"own":       {[]string{"first_factor"}, paid},
		"cancelled": {[]string{"second_factor"}, map[string]any{"thrown": "reverification_cancelled"}},
	}
	if diff := cmp.Diff(want, got); diff != "" || refused != "claims-mismatch" {
		t.Errorf("a token without fva: %v; want (-), got (+):\n%s", refused, diff)
	}
}

// siteOf is a site behind a policy.
func siteOf(t *testing.T, text string) (url string) {
	t.Helper()
	result, err := config.Load([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		headers := [][2]string{{":method", r.Method}, {":path", r.RequestURI}, {":authority", r.Host}, {":scheme", "http"}}
		for name, values := range r.Header {
			headers = append(headers, [2]string{name, values[0]})
		}
		d := result.Policy.Decide(request.Read(headers), &session.Checker{Now: time.Now(), Verifier: jwt.Go{}})
		if d.Outcome == policy.Forward {
			_, _ = w.Write([]byte(`{"paid":true}`))
			return
		}
		for _, line := range d.Answer.Headers {
			w.Header().Add(line[0], line[1])
		}
		w.WriteHeader(d.Answer.Status)
		_, _ = w.Write([]byte(d.Answer.Body))
	}))
	t.Cleanup(site.Close)
	return site.URL
}
