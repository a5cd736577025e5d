package browser

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/frontendapi"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
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
	clerk, err := idp.NewClerk("clerk.example.test", true)
	if err != nil {
		t.Fatal(err)
	}
	oneauxilia, err := idp.NewOneAuxilia("oneauxilia.example.test")
	if err != nil {
		t.Fatal(err)
	}
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

func (v reactVendor) run(t *testing.T, b *tab) {
	page := "https://" + v.app + "/"
	answer := func(id, attributes string) {
		b.t.Helper()
		b.until(fmt.Sprintf("document.querySelector(%q)", "#"+id+attributes))
	}
	for _, way := range ways {
		ran.run(t, v.name, way.same, "React, "+way.tab+": nobody is signed in, and the page says why", func(t *testing.T) {
			b.t = t
			b.open(page)
			b.click("#tab-" + way.tab)
			answer(way.tab+"-same", "[data-state=refused][data-reason="+v.none+"]")
			answer(way.tab+"-other", "[data-state=refused][data-reason="+v.none+"]")
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
				answer(way.tab+"-"+one.place, "[data-state=ok][data-user="+v.user+"]")
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
			answer(way.tab+"-same", "[data-state=ok][data-user="+v.user+"]")
			if refusals = append(refusals, b.refusals()...); !slices.Equal(refusals, []string{page + "api/me"}) {
				t.Errorf("refused were %q", refusals)
			}
		})
	}
	ran.run(t, v.name, "P7", "the vendor's script without React", func(t *testing.T) {
		b.t = t
		b.open(page + "plain.html")
		answer("plain-same", "[data-state=ok][data-user="+v.user+"]")
		answer("plain-other", "[data-state=ok][data-user="+v.user+"]")
	})
	ran.run(t, v.name, "P8", "React, a reload with an expired cookie", func(t *testing.T) {
		b.t = t
		v.expire(b)
		b.open(page)
		b.says("#user", "Signed in as "+v.user)
		answer("fetch-same", "[data-state=ok][data-user="+v.user+"]")
	})
	ran.run(t, v.name, "P3", "React, react-query after a sign-out: an error that names the reason", func(t *testing.T) {
		b.t = t
		b.click("#tab-react-query")
		answer("react-query-same", "[data-state=ok]")
		b.click("#sign-out") // ClerkJS loads the page again
		answer("fetch-same", "[data-state=refused]")
		b.click("#tab-react-query")
		answer("react-query-same", "[data-state=refused][data-status=\"401\"][data-reason="+v.none+"]")
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

// withScript serves the vendor's script beside its Frontend API, to any page.
func withScript(text []byte, api http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /script.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		w.Header().Set("Access-Control-Allow-Origin", "*")
		_, _ = w.Write(text)
	})
	mux.Handle("/", api)
	return mux
}

// buildFrontend builds a copy of the example in .tools, and gives its folder.
// Its packages are installed again only when package.json has changed.
func buildFrontend(ctx context.Context) (string, error) {
	if _, err := exec.LookPath("npm"); err != nil {
		return "", fmt.Errorf("there is no npm to build examples/frontend: %w", err)
	}
	dir := filepath.Join(root, ".tools", "frontend")
	wanted, err := os.ReadFile(filepath.Join(root, "examples", "frontend", "package.json"))
	if err != nil {
		return "", err
	}
	installed, _ := os.ReadFile(filepath.Join(dir, "node_modules", "package.json.installed"))
	keep := string(installed) == string(wanted)
	entries, _ := os.ReadDir(dir)
	for _, entry := range entries {
		if entry.Name() != "node_modules" || !keep {
			if err := os.RemoveAll(filepath.Join(dir, entry.Name())); err != nil {
				return "", err
			}
		}
	}
	if err := copyFrontend(dir); err != nil {
		return "", err
	}
	if !keep {
		if err := npm(ctx, dir, "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"); err != nil {
			return "", err
		}
		if err := os.WriteFile(filepath.Join(dir, "node_modules", "package.json.installed"), wanted, 0o600); err != nil {
			return "", err
		}
	}
	return dir, npm(ctx, dir, "run", "build")
}

// copyFrontend copies the example, without what was installed or built there.
func copyFrontend(dir string) error {
	from := filepath.Join(root, "examples", "frontend")
	return filepath.WalkDir(from, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.Name() == "node_modules" || entry.Name() == "dist" {
			return filepath.SkipDir
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return os.MkdirAll(filepath.Join(dir, name), 0o755)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(dir, name), text, 0o600)
	})
}

func npm(ctx context.Context, dir string, args ...string) error {
	cmd := exec.CommandContext(ctx, "npm", args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("npm %s: %w\n%s", strings.Join(args, " "), err, out)
	}
	return nil
}

// startFrontend starts the example's backend for a vendor.
func startFrontend(t *testing.T, dir string, v reactVendor) (addr string) {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr = free.Addr().String()
	_ = free.Close()
	_, port, _ := net.SplitHostPort(addr)
	cmd := exec.Command("node", "server.js")
	cmd.Dir = dir
	out := &lockedBuffer{}
	cmd.Stdout, cmd.Stderr = out, out
	cmd.Env = append(os.Environ(), "PORT="+port, "VENDOR="+v.name, "PUBLISHABLE_KEY="+v.publishableKey,
		"SCRIPT=https://"+v.frontend+"/script.js", "API=https://"+v.api, "PAGES=https://"+v.app)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	for deadline := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		if conn, err := net.Dial("tcp", addr); err == nil {
			_ = conn.Close()
			return addr
		}
		if time.Now().After(deadline) {
			t.Fatalf("the example's backend does not start:\n%s", out)
		}
	}
}
