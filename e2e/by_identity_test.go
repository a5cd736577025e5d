package e2e

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
)

// byIdentityJSON lets everybody in, so that what comes after the filter
// decides.
const byIdentityJSON = `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwks": {jwks clerk}}], "filterState": true,
	"rules": [{"name": "everything", "auth": "optional"}]}`

// TestByIdentity puts each snippet of docs/by-identity.md into a listener, and
// makes the requests that the page talks about.
func TestByIdentity(t *testing.T) {
	spans := &envoy.Log{}
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(spans, r.Body)
	}))
	t.Cleanup(collector.Close)
	admin := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "the cluster admin")
	}))
	t.Cleanup(admin.Close)
	var e *running
	tests := map[string]func(t *testing.T, addr string){
		"rate-limits": testRateLimits,
		"rbac":        testRBAC,
		"routes":      testRoutes,
		"access-log":  func(t *testing.T, addr string) { testAccessLog(t, addr, e.out) },
		"traces":      func(t *testing.T, addr string) { testTraces(t, addr, spans) },
	}
	b := bootstrap{
		configs: map[string]string{}, manager: map[string]map[string]any{}, after: map[string]list{},
		others: map[string]string{"admin": admin.Listener.Addr().String(), "collector": collector.Listener.Addr().String()},
	}
	for name, fields := range byIdentity(t) {
		if tests[name] == nil {
			t.Errorf("section %s is not tested", name)
		}
		if filters, ok := fields["http_filters"].(list); ok {
			b.after[name] = filters
			delete(fields, "http_filters")
		}
		// Without a request id, which other tests have no use for, there are no traces.
		fields["generate_request_id"] = true
		b.configs[name] = (&Mint{Now: time.Now()}).fill(byIdentityJSON)
		b.manager[name] = fields
	}
	e = startEnvoy(t, b, envoy.Options{Concurrency: 2, LogLevel: "info"})
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if e.addrs[name] == "" {
				t.Fatal("the page has no such section with a snippet")
			}
			test(t, e.addrs[name])
		})
	}
	e.checkHealth(t)
	e.checkLogs(t)
}

// byIdentity are the snippets of docs/by-identity.md, by section: fields of
// the HTTP connection manager.
func byIdentity(t *testing.T) map[string]map[string]any {
	t.Helper()
	page, err := os.ReadFile(filepath.Join(root, "docs", "by-identity.md"))
	if err != nil {
		t.Fatal(err)
	}
	snippets := map[string]map[string]any{}
	for _, section := range strings.Split(string(page), "\n## ")[1:] {
		heading, text, _ := strings.Cut(section, "\n")
		name := strings.ReplaceAll(strings.ToLower(heading), " ", "-")
		if n := strings.Count(text, "```yaml\n"); n != 1 {
			t.Fatalf("section %s has %d snippets, want 1", name, n)
		}
		_, text, _ = strings.Cut(text, "```yaml\n")
		text, _, _ = strings.Cut(text, "```")
		var fields map[string]any
		if err := yaml.Unmarshal([]byte(text), &fields); err != nil {
			t.Fatalf("section %s: %v", name, err)
		}
		snippets[name] = fields
	}
	return snippets
}

// identityRequest sends a request, whose words in braces are filled in.
func identityRequest(t *testing.T, addr, text string) response {
	t.Helper()
	got, err := send(addr, parseRequest((&Mint{Now: time.Now()}).fill(text), ""))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// testRateLimits: users have limits of their own, as have addresses, and a
// header that the client writes does not help.
func testRateLimits(t *testing.T, addr string) {
	allowed := func(request func(i int) string) int {
		for i := range 50 {
			switch got := identityRequest(t, addr, request(i)); got.Status {
			case http.StatusOK:
			case http.StatusTooManyRequests:
				return i
			default:
				t.Fatalf("request %d: %d %s", i, got.Status, got.Body)
			}
		}
		return 50
	}
	for _, row := range []struct {
		name    string
		request func(i int) string
		want    int
	}{
		{"ada", func(int) string { return "GET /\nAuthorization: Bearer {clerk sub=user_ada}" }, 10},
		{"grace, from a new address each time", func(i int) string {
			return fmt.Sprintf("GET /\nAuthorization: Bearer {clerk sub=user_grace}\nX-Forwarded-For: 192.0.2.%d", i+100)
		}, 10},
		{"an address", func(int) string { return "GET /\nX-Forwarded-For: 192.0.2.1" }, 5},
		{"an address that names users", func(i int) string {
			return fmt.Sprintf("GET /\nX-Forwarded-For: 192.0.2.2\nX-Identity-Provider: clerk\nX-Identity-User-Id: user_%d", i)
		}, 5},
	} {
		// Buckets fill up all the time, so a slow test may see one or two more.
		if got := allowed(row.request); got < row.want || got > row.want+2 {
			t.Errorf("%s: %d requests passed, want %d", row.name, got, row.want)
		}
	}
}

// testRBAC: a policy on filter state and the network.
func testRBAC(t *testing.T, addr string) {
	const (
		acme   = "\nAuthorization: Bearer {clerk o:={\"id\":\"org_acme\",\"rol\":\"member\",\"slg\":\"acme\"}}"
		other  = "\nAuthorization: Bearer {clerk}"
		office = "\nX-Forwarded-For: 10.1.2.3"
		home   = "\nX-Forwarded-For: 192.0.2.1"
		forged = "\nX-Identity-Provider: clerk\nX-Identity-Org-Id: org_acme"
	)
	for name, row := range map[string]struct {
		request string
		want    int
	}{
		"acme, in its network":           {"GET /internal/a" + acme + office, 200},
		"acme, from elsewhere":           {"GET /internal/a" + acme + home, 403},
		"another organisation":           {"GET /internal/a" + other + office, 403},
		"another organisation that lies": {"GET /internal/a" + other + office + forged, 403},
		"nobody":                         {"GET /internal/a" + office, 403},
		"nobody, with forged headers":    {"GET /internal/a" + office + forged, 403},
		"nobody, on another path":        {"GET /public" + home, 200},
	} {
		got := identityRequest(t, addr, row.request)
		if got.Status != row.want || row.want == 403 && got.Body != "RBAC: access denied" {
			t.Errorf("%s: %d %s, want %d", name, got.Status, got.Body, row.want)
		}
	}
}

// testRoutes: the verified role chooses the route.
func testRoutes(t *testing.T, addr string) {
	const (
		member = "\nAuthorization: Bearer {clerk o:={\"id\":\"org_acme\",\"rol\":\"member\",\"slg\":\"acme\"}}"
		forged = "\nX-Identity-Org-Role: org:admin"
	)
	for name, row := range map[string]struct {
		request string
		admin   bool
	}{
		"an administrator":              {"GET /\nAuthorization: Bearer {clerk}", true},
		"a member":                      {"GET /" + member, false},
		"a member with a forged header": {"GET /" + member + forged, false},
		"nobody":                        {"GET /", false},
		"nobody, with a forged header":  {"GET /" + forged, false},
	} {
		got := identityRequest(t, addr, row.request)
		if isAdmin := got.Body == "the cluster admin"; got.Status != 200 || isAdmin != row.admin {
			t.Errorf("%s: %d %s, want cluster admin: %v", name, got.Status, got.Body, row.admin)
		}
	}
}

// testAccessLog: a line has who called, and nothing that a client says of it.
func testAccessLog(t *testing.T, addr string, out *envoy.Log) {
	const forged = "\nX-Identity-User-Id: mallory\nX-Identity-Org-Id: mallory"
	identityRequest(t, addr, "GET /logged/ada?secret=1\nAuthorization: Bearer {clerk sub=user_ada}"+forged)
	identityRequest(t, addr, "GET /logged/nobody"+forged)
	type line struct {
		Path, Session, Provider, User, Organisation, Rule, Details string
		Status                                                     int
	}
	for _, want := range []line{
		{Path: "/logged/ada", Session: "signed-in", Provider: "clerk", User: "user_ada", Organisation: "org_clerk"},
		{Path: "/logged/nobody", Session: "signed-out"},
	} {
		want.Rule, want.Details, want.Status = "everything", "via_upstream", 200
		var got line
		for deadline := time.Now().Add(10 * time.Second); got.Path == "" && time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
			for text := range strings.Lines(out.String()) {
				var l line
				if json.Unmarshal([]byte(text), &l) == nil && l.Path == want.Path {
					got = l
				}
			}
		}
		if got != want {
			t.Errorf("\n got %+v\nwant %+v", got, want)
		}
	}
}

// testTraces: spans are tagged with who called. The collector gets protobuf,
// in which texts stand as they are.
func testTraces(t *testing.T, addr string, spans *envoy.Log) {
	for range 5 { // Envoy sends five spans at once, or what there is after five seconds
		identityRequest(t, addr, "GET /\nX-Identity-User-Id: mallory")
		identityRequest(t, addr, "GET /\nAuthorization: Bearer {clerk sub=user_ada}\nX-Identity-User-Id: mallory")
	}
	missing := func() (all []string) {
		for _, text := range []string{"enduser.id", "user_ada", "enduser.provider", "clerk", "organisation.id", "org_clerk"} {
			if !strings.Contains(spans.String(), text) {
				all = append(all, text)
			}
		}
		return all
	}
	for deadline := time.Now().Add(15 * time.Second); len(missing()) > 0 && time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
	}
	if texts := missing(); len(texts) > 0 {
		t.Errorf("the collector got %d bytes without %q", len(spans.String()), texts)
	}
	if strings.Contains(spans.String(), "mallory") {
		t.Error("a span has what the client says")
	}
}
