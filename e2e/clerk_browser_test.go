package e2e

import (
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/demo/frontendapi"
)

const (
	appURL  = "https://app.example.com/"
	app     = "app.example.com/"
	settle  = "clerk.example.com/v1/client/handshake"
	signIn  = "clerk.example.com/sign-in"
	tokenIs = 4 * time.Second // the life of a session token here
)

// TestClerkBrowser goes through a session in a real Envoy, against a Frontend
// API that settles it by handshakes.
func TestClerkBrowser(t *testing.T) {
	findEnvoy(t)
	api := &frontendapi.API{Issuer: issuers()["clerk"], Domain: "example.com", Lifetime: tokenIs}
	development := &frontendapi.API{Issuer: issuers()["clerkdev"], Domain: "example.com", Lifetime: tokenIs}
	addrs := map[string]string{}
	for host, a := range map[string]*frontendapi.API{"clerk.example.com": api, "happy-hippo-1.clerk.accounts.dev": development} {
		addr, stop, err := a.Start()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(stop)
		addrs[host] = addr
	}
	m := &Mint{Now: time.Now()}
	e := startEnvoy(t, bootstrap{configs: map[string]string{
		"production": m.fill(`{"signInUrl": "https://clerk.example.com/sign-in", "providers": [
			{"preset": "clerk", "publishableKey": "{pk clerk}", "jwksCluster": "idp", "clockSkew": "0s"}]}`),
		"development": m.fill(`{"signInUrl": "https://happy-hippo-1.clerk.accounts.dev/sign-in", "providers": [
			{"preset": "clerk", "publishableKey": "{pk clerkdev}", "jwksCluster": "idp", "clockSkew": "0s"}]}`),
	}}, envoy.Options{Concurrency: 2})
	defer e.checkHealth(t)
	defer e.checkLogs(t)

	of := func(listener string) map[string]string {
		own := maps.Clone(addrs)
		own["app.example.com"] = e.addrs[listener]
		return own
	}
	t.Run("all", func(t *testing.T) {
		t.Run("production", func(t *testing.T) {
			t.Parallel()
			goThroughProduction(t, newBrowser(t, of("production")), api)
		})
		t.Run("development", func(t *testing.T) {
			t.Parallel()
			goThroughDevelopment(t, newBrowser(t, of("development")), development)
		})
		t.Run("a browser that takes no cookies", func(t *testing.T) {
			b := newBrowser(t, of("production"))
			b.client.Jar = nil
			b.open(t, "GET", appURL).took(t, app+" > "+signIn)
		})
	})
}

func goThroughProduction(t *testing.T, b *browser, api *frontendapi.API) {
	toSignIn := b.open(t, "GET", appURL+"?a=b")
	toSignIn.took(t, app+" > "+signIn)
	if b.fetch(t, appURL).StatusCode != 401 {
		t.Error("a script is not refused")
	}

	// Signed in: the Frontend API tells by client_uat, a handshake brings the
	// session, and the upstream's answer the cookies.
	in := b.open(t, "POST", toSignIn.URL)
	in.signedInAs(t, "user_clerk", signIn+" > "+app+" > "+settle+" > "+app)
	if in.Seen.Path != "/?a=b" || in.Header.Get("Cache-Control") != "private, no-store" {
		t.Errorf("%s, cache-control %q", in.Seen.Path, in.Header.Get("Cache-Control"))
	}
	session := b.cookie(appURL, "__session")
	if session == "" || b.cookie(appURL, "__session_naoXFJnI") != session || b.cookie(appURL, "__clerk_handshake") != "" {
		t.Error("the new cookies are not there")
	}
	if got := first(in.Seen.Headers, "cookie"); !strings.Contains(got, "__session="+session) || !strings.Contains(got, "__session_naoXFJnI="+session) || strings.Contains(got, "__clerk_handshake") {
		t.Error("the backend does not see the cookies that the browser has from now on")
	}
	b.open(t, "GET", appURL).signedInAs(t, "user_clerk", app)
	if again := b.fetch(t, appURL); again.StatusCode != 200 {
		t.Errorf("a script gets %d", again.StatusCode)
	}

	// The session expires: a script is refused, a reload renews it.
	time.Sleep(tokenIs + time.Second)
	if expired := b.fetch(t, appURL); expired.StatusCode != 401 || !strings.Contains(expired.Body, `"session-token-expired"`) {
		t.Errorf("a script gets %d %s", expired.StatusCode, expired.Body)
	}
	b.open(t, "GET", appURL).signedInAs(t, "user_clerk", app+" > "+settle+" > "+app)
	if renewed := b.cookie(appURL, "__session"); renewed == "" || renewed == session {
		t.Error("the session has not been renewed")
	}
	b.open(t, "GET", appURL).signedInAs(t, "user_clerk", app)

	// Somebody else signs in in another tab: client_uat is later than the session.
	time.Sleep(time.Second)
	b.open(t, "POST", "https://clerk.example.com/sign-in?user=user_other&redirect_url=https://app.example.com/").
		signedInAs(t, "user_other", signIn+" > "+app+" > "+settle+" > "+app)

	// Signed out in another tab: the next page is the sign-in page, and the
	// session cookies are gone.
	b.open(t, "GET", "https://clerk.example.com/sign-out")
	b.open(t, "GET", appURL).took(t, app+" > "+settle+" > "+app+" > "+signIn)
	if b.cookie(appURL, "__session") != "" || b.cookie(appURL, "__session_naoXFJnI") != "" {
		t.Error("the session cookies are still there")
	}
	b.open(t, "GET", appURL).took(t, app+" > "+signIn)

	want := "client-uat-but-no-session-token session-token-expired session-token-iat-before-client-uat session-token-but-no-client-uat"
	if got := strings.Join(api.Handshakes(), " "); got != want {
		t.Errorf("handshakes\n  %s\nwant\n  %s", got, want)
	}
}

func goThroughDevelopment(t *testing.T, b *browser, api *frontendapi.API) {
	const (
		settle = "happy-hippo-1.clerk.accounts.dev/v1/client/handshake"
		signIn = "happy-hippo-1.clerk.accounts.dev/sign-in"
	)
	// The instance gets to know the browser, and tells by the query.
	toSignIn := b.open(t, "GET", appURL+"?a=b")
	toSignIn.took(t, app+" > "+settle+" > "+app+" > "+app+" > "+signIn)
	if b.cookie(appURL, "__clerk_db_jwt") == "" {
		t.Error("the browser's cookie is not there")
	}
	in := b.open(t, "POST", toSignIn.URL)
	in.signedInAs(t, "user_clerk", signIn+" > "+app+" > "+settle+" > "+app+" > "+app)
	if in.Seen.Path != "/?a=b" {
		t.Errorf("path %s", in.Seen.Path)
	}
	time.Sleep(tokenIs + time.Second)
	b.open(t, "GET", appURL).signedInAs(t, "user_clerk", app+" > "+settle+" > "+app+" > "+app)

	want := "dev-browser-missing dev-browser-sync session-token-expired"
	if got := strings.Join(api.Handshakes(), " "); got != want {
		t.Errorf("handshakes\n  %s\nwant\n  %s", got, want)
	}
}
