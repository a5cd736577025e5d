package page

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

var config = Config{
	Origin: "http://127.0.0.1:10000", Other: "http://localhost:10001", Console: "http://127.0.0.1:10002/secret",
	Vendors: []Vendor{
		{Name: "clerk", Title: "Clerk", Cookies: []string{"__session"}, FrontendAPI: "http://127.0.0.1:10003"},
		{Name: "corbado", Title: "Corbado", Cookies: []string{"cbo_session_token"}, FrontendAPI: "http://127.0.0.1:10004"},
	},
}

func get(path, host string, headers ...string) *http.Response {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Host = host
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	New(config).ServeHTTP(w, r)
	return w.Result()
}

func text(t *testing.T, answer *http.Response) string {
	t.Helper()
	var out strings.Builder
	if err := answer.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestPage(t *testing.T) {
	const own = "127.0.0.1:10000"
	if answer := get("/", own); answer.StatusCode != 302 || answer.Header.Get("Location") != "/clerk/" {
		t.Errorf("/: %d to %s", answer.StatusCode, answer.Header.Get("Location"))
	}
	signedIn := text(t, get("/clerk/", own, "X-Identity-Status: signed-in", "X-Identity-User-Id: <b>ada"))
	for _, want := range []string{"&lt;b&gt;ada", `aria-current="page">Clerk`, "<noscript>", "frame-ancestors 'none'"} {
		if !strings.Contains(signedIn, want) {
			t.Errorf("%q is not in the page", want)
		}
	}
	if out := text(t, get("/corbado/", own, "X-Identity-Status: signed-out", "X-Identity-Reason: token-missing")); !strings.Contains(out, "token-missing") {
		t.Error("the reason is not in the page")
	}
	if account := text(t, get("/clerk/account", own, "X-Identity-User-Id: user_clerk")); !strings.Contains(account, "user_clerk") {
		t.Error("the user is not in the account page")
	}
	if answer := get("/clerk/", "evil.example"); answer.StatusCode != 421 {
		t.Errorf("a foreign name that resolves to this machine: %d", answer.StatusCode)
	}
	if answer := get("/demo/app.js", own); answer.StatusCode != 200 || !strings.Contains(answer.Header.Get("Content-Type"), "javascript") {
		t.Errorf("app.js: %d, %s", answer.StatusCode, answer.Header.Get("Content-Type"))
	}
}

// TestNothingFromElsewhere: no file names another host.
func TestNothingFromElsewhere(t *testing.T) {
	foreign := regexp.MustCompile(`(?i)(src|href|url|import|fetch)\W{1,3}(https?:)?//`)
	err := fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(files, path)
		if found := foreign.FindString(string(content)); found != "" {
			t.Errorf("%s: %s", path, found)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
