package e2e

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
)

// TestUpgradeThroughProxy sends an upgrade whose Connection header names
// identity headers through Envoy and one more proxy, which removes what that
// header names: the backend behind it gets the identity all the same.
func TestUpgradeThroughProxy(t *testing.T) {
	seen := make(chan http.Header, 1)
	backend := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen <- r.Header.Clone()
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		_, _ = io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
	}))
	defer backend.Close()
	target, err := url.Parse(backend.URL)
	if err != nil {
		t.Fatal(err)
	}
	hop := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) }})
	defer hop.Close()

	mint := &Mint{Now: time.Now()}
	e := startEnvoy(t, bootstrap{
		backend: hop.Listener.Addr().String(),
		configs: map[string]string{"inline": mint.fill(configs["inline"].JSON)},
	}, envoy.Options{Concurrency: 1})

	conn, err := net.DialTimeout("tcp", e.addrs["inline"], 5*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(clientTimeout))
	fmt.Fprintf(conn, "GET /ws HTTP/1.1\r\nHost: app.example.com\r\nUpgrade: websocket\r\nConnection: Upgrade, X-Identity-User-Id, X-Identity-Status\r\nCookie: %s\r\n\r\n",
		mint.fill("session={plain}"))
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != http.StatusSwitchingProtocols {
		t.Fatalf("status %d", answer.StatusCode)
	}
	got := <-seen
	if got.Get("X-Identity-User-Id") == "" || got.Get("X-Identity-Status") != "signed-in" {
		t.Errorf("the backend behind the hop got %v", got)
	}
	if !strings.EqualFold(got.Get("Upgrade"), "websocket") {
		t.Errorf("the upgrade was lost: %v", got)
	}
	e.checkHealth(t)
}

// TestSignInLoopEnds visits a page as a browser does, with a token that is
// refused for ever, where the sign-in page sends everybody straight back.
func TestSignInLoopEnds(t *testing.T) {
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.Query().Get("redirect_url"), http.StatusFound)
	}))
	defer page.Close()
	mint := &Mint{Now: time.Now()}
	e := startEnvoy(t, bootstrap{configs: map[string]string{"loop": mint.fill(
		`{"providers": [{` + minePlain + `, "fromCookies": ["session"]}], "signInUrl": "https://accounts.example.com/sign-in"}`)}}, envoy.Options{Concurrency: 1})
	b := newBrowser(t, map[string]string{"app.example.com": e.addrs["loop"], "accounts.example.com": page.Listener.Addr().String()})
	app, _ := url.Parse("https://app.example.com/a")
	b.client.Jar.SetCookies(app, []*http.Cookie{{Name: "session", Value: mint.fill("{plain tamper=signature}")}})

	got := b.open(t, http.MethodGet, app.String())
	visits := strings.Count(got.Hops, "accounts.example.com")
	if got.StatusCode != http.StatusUnauthorized || visits != 3 || !strings.Contains(got.Body, "token-invalid-signature") {
		t.Errorf("%d %s after %d visits of the sign-in page, want 401 token-invalid-signature after 3\n%s", got.StatusCode, got.Body, visits, got.Hops)
	}
	if got := b.fetch(t, app.String()); got.StatusCode != http.StatusUnauthorized {
		t.Errorf("fetch: %d", got.StatusCode)
	}
	e.checkHealth(t)
}
