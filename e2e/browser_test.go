package e2e

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/demo/echo"
)

// browser is a client with a cookie jar that follows redirects between hosts,
// all of them on loopback addresses. It speaks https as far as it knows, and
// tells the proxy so, as a load balancer in front of it would.
type browser struct {
	client *http.Client
	addrs  map[string]string // of hosts
	trail  []string          // what was asked for since the last open: host and path
}

func newBrowser(t *testing.T, addrs map[string]string) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	b := &browser{addrs: addrs}
	b.client = &http.Client{Jar: jar, Transport: b, Timeout: clientTimeout}
	return b
}

// RoundTrip implements http.RoundTripper.
func (b *browser) RoundTrip(r *http.Request) (*http.Response, error) {
	b.trail = append(b.trail, r.URL.Host+r.URL.Path)
	sent := r.Clone(r.Context())
	sent.Host = r.URL.Host
	sent.URL.Scheme, sent.URL.Host = "http", b.addrs[r.URL.Hostname()]
	sent.Header.Set("X-Forwarded-Proto", "https")
	answer, err := http.DefaultTransport.RoundTrip(sent)
	if err == nil {
		answer.Request = r // which redirects are relative to
	}
	return answer, err
}

// page is what a browser ends up with.
type page struct {
	*http.Response
	URL  string
	Body string
	Seen echo.Request // by the backend, if it answered
	// Hops are the hosts and paths that led here.
	Hops string
}

// open goes to a URL as a navigation does.
func (b *browser) open(t *testing.T, method, target string) page {
	t.Helper()
	return b.ask(t, method, target, http.Header{"Sec-Fetch-Dest": {"document"}, "Accept": {"text/html"}})
}

// fetch asks for a URL as a page's script does.
func (b *browser) fetch(t *testing.T, target string) page {
	t.Helper()
	return b.ask(t, "GET", target, http.Header{"Sec-Fetch-Dest": {"empty"}, "Accept": {"*/*"}})
}

func (b *browser) ask(t *testing.T, method, target string, header http.Header) page {
	t.Helper()
	b.trail = nil
	r, err := http.NewRequestWithContext(t.Context(), method, target, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header = header
	answer, err := b.client.Do(r)
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", method, target, err, strings.Join(b.trail, "\n"))
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	p := page{Response: answer, URL: answer.Request.URL.String(), Body: string(body), Hops: strings.Join(b.trail, " > ")}
	if answer.Header.Get("X-Echo") != "" {
		if err := json.Unmarshal(body, &p.Seen); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// cookie is a cookie that the browser would send to a URL.
func (b *browser) cookie(target, name string) string {
	u, _ := url.Parse(target)
	for _, c := range b.client.Jar.Cookies(u) {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}

// signedInAs checks that the backend answered to a user.
func (p page) signedInAs(t *testing.T, user, hops string) {
	t.Helper()
	p.took(t, hops)
	if got := first(p.Seen.Headers, "x-identity-user-id"); p.StatusCode != 200 || got != user {
		t.Fatalf("%d, the backend hears of %q, want %q\n%s", p.StatusCode, got, user, p.Body)
	}
	if strings.Contains(p.URL, "__clerk") {
		t.Errorf("a token stays in the URL")
	}
}

func (p page) took(t *testing.T, hops string) {
	t.Helper()
	if p.Hops != hops {
		t.Fatalf("went\n  %s\nwant\n  %s", p.Hops, hops)
	}
}
