package backends

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
)

// TestBackends starts each example that BACKENDS names, and asks it the table.
func TestBackends(t *testing.T) {
	each(t, examples, func(t *testing.T, e example) {
		command, tests := e.commands(t)
		dir := e.copied(t)
		p := start(t, dir, command, freeAddr(t))
		d := startProxy(t, p.addr)
		for _, r := range table {
			t.Run(r.name, func(t *testing.T) { e.ask(t, r, d.URL, known(d.Issuers), p) })
		}
		if e.page != "" {
			t.Run("page", func(t *testing.T) { e.visit(t, d.URL, known(d.Issuers)) })
		}
		t.Run("without a proxy", func(t *testing.T) { e.askDirectly(t, p) })
		t.Run("an empty header", func(t *testing.T) { e.askEmpty(t, p) })
		t.Run("its own tests", func(t *testing.T) {
			if out, err := run(dir, tests).CombinedOutput(); err != nil {
				t.Errorf("%s: %v\n%s", tests, err, out)
			}
		})
	})
}

// each runs a test for those examples that BACKENDS names and that can run
// here, and reports which those were.
func each[E interface {
	named() string
	lacking() string
}](t *testing.T, all []E, test func(*testing.T, E)) {
	var ran, skipped []string
	for _, e := range all {
		if !chosen(e.named()) {
			continue
		}
		t.Run(e.named(), func(t *testing.T) {
			if lacking := e.lacking(); lacking != "" {
				if os.Getenv("BACKENDS_MISSING") == "fail" {
					t.Fatal(lacking)
				}
				skipped = append(skipped, e.named()+" ("+lacking+")")
				t.Skip(lacking)
			}
			ran = append(ran, e.named())
			test(t, e)
		})
	}
	if len(ran)+len(skipped) == 0 {
		t.Skip("BACKENDS names no such example; see make test-backends")
	}
	t.Logf("report: %s: run: %s; skipped: %s", t.Name(), list(ran), list(skipped))
}

func list(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}

// ask makes one request of the table.
func (e example) ask(t *testing.T, r row, url string, all issuers, p *process) {
	before := len(p.out.String())
	answer, body := get(t, url+e.prefix+r.path, r.host, r.credential(all))
	if answer.StatusCode != r.status {
		t.Fatalf("status %d, want %d: %s\n%v\n%s", answer.StatusCode, r.status, body, answer.Header, p.out.String()[before:])
	}
	// Envoy's router adds this to what a backend answers.
	if forwarded := answer.Header.Get("X-Envoy-Upstream-Service-Time") != ""; forwarded == r.byProxy {
		t.Errorf("answered by the backend: %v", forwarded)
	}
	if r.status == http.StatusUnauthorized && !strings.HasPrefix(answer.Header.Get("WWW-Authenticate"), "Bearer") {
		t.Errorf("401 with WWW-Authenticate %q", answer.Header.Values("WWW-Authenticate"))
	}
	if r.who != nil {
		got := identity(t, body)
		if !reflect.DeepEqual(got, r.who) {
			t.Errorf("got  %v\nwant %v", got, r.who)
		}
	}
	checkAudit(t, r, func() string { return p.out.String()[before:] })
}

// visit asks for the document, twice each: what is rendered for one visitor
// must not be kept for the next one.
func (e example) visit(t *testing.T, url string, all issuers) {
	ada, nobody := cookie(idp.Corbado, claims{"name": "Ada & Zoë"}), credential(nothing)
	for _, test := range []struct {
		credential credential
		want       string
	}{{nobody, "Hello, stranger"}, {ada, "Hello, Ada &amp; Zoë"}, {nobody, "Hello, stranger"}, {ada, "Hello, Ada &amp; Zoë"}} {
		answer, body := get(t, url+e.page, open, test.credential(all))
		if answer.StatusCode != http.StatusOK || !strings.Contains(body, test.want) {
			t.Errorf("status %d, want %q in %s", answer.StatusCode, test.want, body)
		}
		if cached := answer.Header.Get("Cache-Control"); !strings.Contains(cached, "no-store") {
			t.Errorf("Cache-Control: %q", cached)
		}
	}
}

// askDirectly: where no proxy has written headers, nobody is signed in, and
// nothing breaks. A test of a backend writes them itself.
func (e example) askDirectly(t *testing.T, p *process) {
	for _, test := range []struct {
		path   string
		header http.Header
		status int
	}{
		{"/whoami", http.Header{}, http.StatusOK},
		{"/hello", http.Header{}, http.StatusUnauthorized},
		{"/teams", http.Header{}, http.StatusUnauthorized},
		{"/hello", http.Header{"X-Identity-User-Id": {"user_1"}}, http.StatusUnauthorized},
		{"/hello", http.Header{"X-Identity-Status": {"signed-in"}, "X-Identity-User-Id": {"user_1"}}, http.StatusOK},
		{"/teams", http.Header{"X-Identity-Status": {"signed-in"}, "X-Identity-User-Id": {"user_1"}}, http.StatusForbidden},
	} {
		answer, body := get(t, "http://"+p.addr+e.prefix+test.path, "", test.header)
		if answer.StatusCode != test.status {
			t.Errorf("%s with %v: status %d, want %d: %s", test.path, test.header, answer.StatusCode, test.status, body)
		}
	}
}

// askEmpty: an empty list of permissions has no element, not an empty one.
func (e example) askEmpty(t *testing.T, p *process) {
	_, body := get(t, "http://"+p.addr+e.prefix+"/whoami", "", http.Header{
		"X-Identity-Status": {"signed-in"}, "X-Identity-Org-Permissions": {""},
	})
	if got, want := identity(t, body), (who{"signedin": true}); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

// get makes a request. Redirects are answers as well.
func get(t *testing.T, url, host string, header http.Header) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Host, request.Header = host, header
	answer, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, string(body)
}

// identity reads what an example answers, whatever its language calls it.
func identity(t *testing.T, body string) who {
	t.Helper()
	var members map[string]any
	if err := json.Unmarshal([]byte(body), &members); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	found := who{}
	for name, value := range members {
		if value == nil || value == "" || reflect.DeepEqual(value, []any{}) {
			continue
		}
		found[strings.ToLower(strings.ReplaceAll(name, "_", ""))] = value
	}
	return found
}

// checkAudit makes sure that the request left exactly the audit line that it
// must, or none.
func checkAudit(t *testing.T, r row, output func() string) {
	t.Helper()
	var found []string
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		found = found[:0]
		for line := range strings.Lines(output()) {
			// A logger may write the time and the like before it.
			at := strings.Index(line, "{")
			var event struct{ Action, Provider, User, Session, Organisation, Actor string }
			if at >= 0 && json.Unmarshal([]byte(line[at:]), &event) == nil && event.Action != "" {
				found = append(found, fmt.Sprintf("%+v", event))
			}
		}
		if r.audited == "" || len(found) > 0 {
			break
		}
	}
	var want []string
	if r.audited != "" {
		event := struct{ Action, Provider, User, Session, Organisation, Actor string }{
			"teams.read", "clerk", r.audited, "sess_clerk", "org_clerk", r.actor,
		}
		want = append(want, fmt.Sprintf("%+v", event))
	}
	if strings.Join(found, "\n") != strings.Join(want, "\n") {
		t.Errorf("audit lines %q, want %q\n%s", found, want, output())
	}
}
