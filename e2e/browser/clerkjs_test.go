package browser

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha512"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/echo"
	"github.com/sessiongate/sessiongate/internal/demo/frontendapi"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
)

// script is a published version of ClerkJS.
type script struct {
	version, file, sha512 string
}

// scripts are the current major version and the one before.
var scripts = []script{
	{"6.40.0", "package/dist/clerk.browser.js", "2MnZ/ygvuCmeuqfXQmsxfQaLN/SSJvQbtT2cLXbgr5VKr3KmZFZBVvX977fG3eZ6pprl4J9pO+I2bbe6BvColg=="},
	{"5.128.0", "package/dist/clerk.headless.browser.js", "aw8USKnrZVPOqJfp1eKpbaQL+jUYkXJn/v3XdBslfT4jXEUIqkyITmlgY8bA9GqVF7xGcr+m/HJTpgvGbtIvXA=="},
}

// fetch is the script's text. The package is kept in .tools.
func (s script) fetch(ctx context.Context) ([]byte, error) {
	dir := filepath.Join(root, ".tools", "clerk-js")
	path := filepath.Join(dir, "clerk-clerk-js-"+s.version+".tgz")
	if _, err := os.Stat(path); err != nil {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return nil, err
		}
		cmd := exec.CommandContext(ctx, "npm", "pack", "--silent", "@clerk/clerk-js@"+s.version)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("npm pack @clerk/clerk-js@%s: %w\n%s", s.version, err, out)
		}
	}
	packed, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if sum := sha512.Sum512(packed); base64.StdEncoding.EncodeToString(sum[:]) != s.sha512 {
		return nil, fmt.Errorf("%s is not what was published as %s", path, s.version)
	}
	return unpack(packed, s.file)
}

// unpack is one file of a .tgz.
func unpack(packed []byte, name string) ([]byte, error) {
	unzipped, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	files := tar.NewReader(unzipped)
	for {
		header, err := files.Next()
		if errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("%s is not in the package", name)
		}
		if err != nil {
			return nil, err
		}
		if header.Name == name {
			return io.ReadAll(files)
		}
	}
}

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
			runClerkJS(t, s, text)
		})
	}
}

// missing skips a test, or fails it if MISSING=fail.
func missing(t *testing.T, err error) {
	t.Helper()
	if os.Getenv("MISSING") == "fail" {
		t.Fatal(err)
	}
	fmt.Println("report: skipped:", err)
	t.Skip(err)
}

func runClerkJS(t *testing.T, s script, text []byte) {
	issuer, err := idp.NewClerk("clerk.example.test", true)
	if err != nil {
		t.Fatal(err)
	}
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
	major := "ClerkJS " + s.version + ": "
	b := site.browser.visitor(t)

	ran.run(t, "clerk", "P7", major+"load(), signed out", func(t *testing.T) {
		b.t = t
		b.open(appOrigin + "/")
		b.until("document.title === 'signed out'")
		b.is("ask('/api/x')", "401 session-token-and-uat-missing")
	})
	ran.run(t, "clerk", "P8", major+"sign-in, and the session by a handshake", func(t *testing.T) {
		b.t = t
		b.open("https://clerk.example.test/sign-in?redirect_url=" + appOrigin + "/")
		b.click("button")
		b.until("document.title === 'signed in'")
		b.says("#user", "user_clerk")
	})
	ran.run(t, "clerk", "P7", major+"session.getToken(), and another origin with it", func(t *testing.T) {
		b.t = t
		b.is("Clerk.session.getToken().then(token => ask('"+apiOrigin+"/x', token))", "200 user_clerk")
		b.is("ask('"+apiOrigin+"/x')", "401 session-token-and-uat-missing")
	})
	ran.run(t, "clerk", "P1", major+"its cookies, and the same origin with them", func(t *testing.T) {
		b.t = t
		b.is(`Clerk.session.getToken({skipCache: true}).then(token => String(token !== '' && document.cookie.split('; ').filter(c => c.endsWith('=' + token)).map(c => c.split('=')[0]).sort()))`,
			"__session,__session_"+issuer.CookieSuffix())
		b.is("ask('/api/x')", "200 user_clerk")
	})
	ran.run(t, "clerk", "P1", major+"renewal in the background: nothing expires", func(t *testing.T) {
		b.t = t
		before := eval[string](b, "document.cookie.match(/__session=([^;]*)/)[1]")
		time.Sleep(clerkLifetime + 2*time.Second)
		b.is("ask('/api/x')", "200 user_clerk")
		if eval[string](b, "document.cookie.match(/__session=([^;]*)/)[1]") == before {
			t.Error("the token has not been renewed")
		}
	})
	ran.run(t, "clerk", "P8", major+"its token has ended while the tab was closed: a handshake", func(t *testing.T) {
		b.t = t
		b.open("about:blank")
		time.Sleep(clerkLifetime + 2*time.Second)
		b.open(appOrigin + "/")
		b.until("document.title === 'signed in'")
		b.says("#user", "user_clerk")
		if got := strings.Join(api.Handshakes(), " "); !strings.HasSuffix(got, "session-token-expired") {
			t.Errorf("handshakes: %s", got)
		}
		b.is("ask('/api/x')", "200 user_clerk")
	})
	ran.run(t, "clerk", "P1", major+"signOut() in one tab, seen in the other", func(t *testing.T) {
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
