package decisions

import (
	"net/url"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/config"
)

// toPage is a redirect of somebody without a token.
func toPage(location string) string {
	return `
		respond redirected 307
		x-identity-status: signed-out
		x-identity-reason: token-missing
		< location: ` + location
}

const document = "\nSec-Fetch-Dest: document"

// TestSignIn: who is sent to which sign-in page.
func TestSignIn(t *testing.T) {
	const auto = `{"providers": [{MINE, "fromParams": ["t"]}], "signInUrl": "https://accounts.example.com/sign-in"}`
	const page = "https://accounts.example.com/sign-in?redirect_url="
	const places = `{"providers": [{MINE, "signInUrl": "https://mine.example.com/in"}, {OTHER}], "signInUrl": "https://top.example.com/in", "rules": [
		{"paths": ["/rule"], "signInUrl": "https://rule.example.com/in"}, {"paths": ["/other"], "providers": ["other"]},
		{"paths": ["/deny"], "onFailure": "deny"}, {"paths": ["/redirect"], "onFailure": "redirect"}]}`
	const own = `{"providers": [{MINE}], "signInUrl": "/sign-in", "rules": [{"paths": ["/sign-in"], "auth": "optional", "hosts": ["*.example.com"]}]}`
	const forwarded = `{"providers": [{MINE}], "signInUrl": "https://accounts.example.com/", "trustForwarded": true}`
	run(t, []row{
		{"auto: a document", auto, "GET /a" + document, false, toPage(page + "https%3A%2F%2Fapp.example.com%2Fa")},
		{"auto: an iframe", auto, "GET /a\nSec-Fetch-Dest: iframe", false, toPage(page + "https%3A%2F%2Fapp.example.com%2Fa")},
		{"auto: an old browser", auto, "GET /a\nAccept: text/html,*/*", false, toPage(page + "https%3A%2F%2Fapp.example.com%2Fa")},
		{"auto: a bad token", auto, "GET /a\nAuthorization: Bearer x" + document, false, `
			respond redirected 307
			x-identity-status: signed-out
			x-identity-reason: token-invalid
			< location: ` + page + `https%3A%2F%2Fapp.example.com%2Fa`},
		{"auto: fetch", auto, "GET /a\nSec-Fetch-Dest: empty\nAccept: text/html", false, noToken},
		{"auto: an API client", auto, "GET /a\nAccept: application/json", false, noToken},
		{"auto: POST", auto, "POST /a" + document, false, noToken},
		{"auto: HEAD", auto, "HEAD /a" + document, false, noToken},
		{"auto: gRPC", auto, "GET /a\nContent-Type: application/grpc" + document, false, noToken + "\n< grpc 16 Unauthorized"},
		{"auto: an upgrade", auto, "GET /a\nUpgrade: websocket" + document, false, noToken},
		{"auto: CONNECT", auto, "CONNECT app.example.com:443" + document, false, noToken},
		{"auto: without a page", "", "GET /a" + document, false, noToken},

		{"the rule's page", places, "GET /rule" + document, false, toPage("https://rule.example.com/in?redirect_url=https%3A%2F%2Fapp.example.com%2Frule")},
		{"the provider's page", places, "GET /" + document, false, toPage("https://mine.example.com/in?redirect_url=https%3A%2F%2Fapp.example.com%2F")},
		{"the top level's page", places, "GET /other" + document, false, toPage("https://top.example.com/in?redirect_url=https%3A%2F%2Fapp.example.com%2Fother")},
		{"deny", places, "GET /deny" + document, false, noToken},
		{"redirect: fetch", places, "GET /redirect", false, toPage("https://mine.example.com/in?redirect_url=https%3A%2F%2Fapp.example.com%2Fredirect")},
		{"redirect: HEAD", places, "HEAD /redirect", false, toPage("https://mine.example.com/in?redirect_url=https%3A%2F%2Fapp.example.com%2Fredirect")},
		{"redirect: POST", places, "POST /redirect" + document, false, noToken},
		{"redirect: gRPC", places, "GET /redirect\nContent-Type: application/grpc", false, noToken + "\n< grpc 16 Unauthorized"},
		{"redirect at the top", `{"providers": [{MINE}], "onFailure": "redirect", "signInUrl": "https://a.example.com"}`,
			"GET /x", false, toPage("https://a.example.com?redirect_url=https%3A%2F%2Fapp.example.com%2Fx")},
		{"deny at the top", `{"providers": [{MINE}], "onFailure": "deny", "signInUrl": "https://a.example.com"}`, "GET /x" + document, false, noToken},
		{"a rule's auto before the top's deny", `{"providers": [{MINE}], "onFailure": "deny", "signInUrl": "https://a.example.com/", "rules": [{"onFailure": "auto"}]}`,
			"GET /x" + document, false, toPage("https://a.example.com/?redirect_url=https%3A%2F%2Fapp.example.com%2Fx")},

		{"a query of the page is kept", `{"providers": [{MINE}], "signInUrl": "https://a.example.com/?app=1"}`,
			"GET /x" + document, false, toPage("https://a.example.com/?app=1&redirect_url=https%3A%2F%2Fapp.example.com%2Fx")},
		{"a query stays byte for byte", auto, "GET /a?b=c%20d+e&&f=%zz&~" + document, false,
			toPage(page + "https%3A%2F%2Fapp.example.com%2Fa%3Fb%3Dc%2520d%2Be%26%26f%3D%25zz%26%7E")},
		{"tokens are cleaned out", auto, "GET /a?t={mine tamper=signature}&b=c&__clerk_handshake=x&__clerk_db_jwt=y&__clerk_help=z&__clerk_handshake_nonce=n" + document, false, `
			respond redirected 307
			x-identity-status: signed-out
			x-identity-reason: token-invalid-signature
			< location: ` + page + `https%3A%2F%2Fapp.example.com%2Fa%3Fb%3Dc`},
		{"a port stays", auto, "GET /a\nHost: app.example.com:8443" + document, false, toPage(page + "https%3A%2F%2Fapp.example.com%3A8443%2Fa")},
		{"the default port goes", auto, "GET /a\nHost: app.example.com:443" + document, false, toPage(page + "https%3A%2F%2Fapp.example.com%2Fa")},
		{"the proxy's scheme", auto, "GET /a\nX-Forwarded-Proto: http" + document, false, toPage(page + "http%3A%2F%2Fapp.example.com%2Fa")},
		{"a forwarded host is not believed", auto, "GET /a\nX-Forwarded-Host: evil.example" + document, false, toPage(page + "https%3A%2F%2Fapp.example.com%2Fa")},
		{"a forwarded host is believed where it is to be", forwarded, "GET /a\nX-Forwarded-Host: www.example.com" + document, false,
			toPage("https://accounts.example.com/?redirect_url=https%3A%2F%2Fwww.example.com%2Fa")},
		{"a path that looks like a host", auto, "GET //evil.example/a" + document, false, toPage(page + "https%3A%2F%2Fapp.example.com%2F%2Fevil.example%2Fa")},
		{"an absolute target", auto, "GET https://evil.example/a" + document, false, toPage(page + "https%3A%2F%2Fapp.example.com%2Fa")},
		{"no host, no redirect", auto, "GET /a\nHost: evil.example@x" + document, false, `
			respond denied 401
			x-identity-status: signed-out
			x-identity-reason: token-missing
			< www-authenticate: Bearer`},

		{"a page on the own host", own, "GET /a" + document, false, toPage("/sign-in?redirect_url=https%3A%2F%2Fapp.example.com%2Fa")},
		{"the page itself", own, "GET /sign-in\nHost: other.example" + document, false, `
			respond denied 401
			x-identity-status: signed-out
			x-identity-reason: token-missing
			< www-authenticate: Bearer realm="other.example"`},
		{"the page itself, in other words", own, "GET /x/%2e%2e/SIGN-IN/?a=b\nHost: other.example" + document, false, `
			respond denied 401
			x-identity-status: signed-out
			x-identity-reason: token-missing
			< www-authenticate: Bearer realm="other.example"`},
		{"an absolute page itself", auto, "GET /sign-in\nHost: accounts.example.com" + document, false, `
			respond denied 401
			x-identity-status: signed-out
			x-identity-reason: token-missing
			< www-authenticate: Bearer realm="accounts.example.com"`},
		{"an absolute page itself, its scheme in capitals and its port written", `{"providers": [{MINE}], "signInUrl": "HTTPS://accounts.example.com:443/sign-in"}`,
			"GET /sign-in\nHost: accounts.example.com" + document, false, `
			respond denied 401
			x-identity-status: signed-out
			x-identity-reason: token-missing
			< www-authenticate: Bearer realm="accounts.example.com"`},
		{"its path on another host is another page", auto, "GET /sign-in" + document, false, toPage(page + "https%3A%2F%2Fapp.example.com%2Fsign-in")},
		{"the page itself behind a proxy that changes the host", auto,
			"GET /sign-in?redirect_url=https%3A%2F%2Fapp.example.com%2Fa" + document, false, noToken},
	})
}

// TestSignInLoop follows redirects, as a browser would, to a sign-in page that
// the same policy guards on every host: they end.
func TestSignInLoop(t *testing.T) {
	for name, test := range map[string]struct{ page, host string }{
		"the same host":                      {"https://app.example.com/sign-in", "app.example.com"},
		"another host":                       {"https://accounts.example.com/sign-in", "accounts.example.com"},
		"a front proxy that writes the host": {"https://public.example.com/sign-in", "internal.example"},
		"the root":                           {"https://public.example.com", "internal.example"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, `{"providers": [{MINE}], "signInUrl": "`+test.page+`"}`)
			target := "/a?b=c"
			for range 3 {
				d := b.decide(b.read("GET " + target + "\nHost: " + test.host + document))
				if d.Answer.Status == 401 {
					return
				}
				location, err := url.Parse(d.Answer.Headers[0][1])
				if err != nil {
					t.Fatal(err)
				}
				target = location.RequestURI()
			}
			t.Errorf("is still sent on, at last to %s", target)
		})
	}
}

// FuzzRedirect: whatever a request holds, a redirect goes to the sign-in page,
// and redirect_url to the request's own host.
func FuzzRedirect(f *testing.F) {
	f.Add("/a?b=c", "app.example.com", "evil.example", "https")
	f.Add("//evil.example/..;/", "app.example.com:8443", "a,b", "http")
	f.Add("https://evil.example/%2f%2e", "evil.example@app", "", "javascript")
	f.Add("/\\evil.example?redirect_url=x#y", "[::1]:80", "\r\nSet-Cookie: a=b", "https")
	const page = "https://accounts.example.com/sign-in?redirect_url="
	b := newBench(f, `{"providers": [{MINE, "fromParams": ["t"]}], "signInUrl": "https://accounts.example.com/sign-in"}`)
	f.Fuzz(func(t *testing.T, target, authority, forwarded, proto string) {
		r := b.read("GET /" + document)
		r.Headers = append(r.Headers, [2]string{"x-forwarded-host", forwarded}, [2]string{"x-forwarded-proto", proto})
		d := b.decide(rereadRequest(r.Headers, target, authority))
		if d.Answer.Status != 307 {
			return
		}
		location := d.Answer.Headers[0][1]
		back, ok := strings.CutPrefix(location, page)
		if !ok {
			t.Fatalf("goes to %q", location)
		}
		back, err := url.QueryUnescape(back)
		if err != nil {
			t.Fatal(err)
		}
		rest, ok := strings.CutPrefix(back, "https://")
		if !ok {
			rest, ok = strings.CutPrefix(back, "http://")
		}
		host, _, _ := strings.Cut(rest, "/")
		if !ok || !strings.EqualFold(strings.TrimRight(strings.Split(host, ":")[0], "."), strings.TrimRight(strings.Split(authority, ":")[0], ".")) {
			t.Fatalf("comes back to %q, from %q", back, authority)
		}
	})
}

// TestSignInPages: configurations whose sign-in page cannot work.
func TestSignInPages(t *testing.T) {
	for name, test := range map[string]struct {
		config string
		field  string // empty: fine
	}{
		"a path that needs a session":    {`"signInUrl": "/sign-in"`, "signInUrl"},
		"a path under skip":              {`"signInUrl": "/sign-in", "rules": [{"paths": ["/sign-in"], "auth": "skip"}]`, ""},
		"a path under optional":          {`"signInUrl": "/sign-in", "rules": [{"paths": ["/sign-in"], "auth": "optional"}]`, ""},
		"a path under skip on some host": {`"signInUrl": "/sign-in", "rules": [{"hosts": ["a.example.com"], "auth": "skip"}]`, ""},
		"a path after a required rule":   {`"signInUrl": "/sign-in", "rules": [{"paths": ["/*"]}, {"auth": "skip"}]`, "signInUrl"},
		"a path, POST skipped":           {`"signInUrl": "/sign-in", "rules": [{"methods": ["POST"], "auth": "skip"}]`, "signInUrl"},
		"a path with a query":            {`"signInUrl": "/sign-in?a=b", "rules": [{"paths": ["/sign-in"], "auth": "skip"}]`, ""},
		"a path under log":               {`"signInUrl": "/sign-in", "onFailure": "log"`, ""},
		"a rule's path":                  {`"rules": [{"paths": ["/a"], "signInUrl": "/sign-in"}]`, "rules[0].signInUrl"},
		"redirect without a page":        {`"onFailure": "redirect"`, "onFailure"},
		"redirect with a page":           {`"onFailure": "redirect", "signInUrl": "https://a.example.com"`, ""},
		"a rule's redirect":              {`"rules": [{"onFailure": "redirect"}]`, "rules[0].onFailure"},
		"a rule's redirect with its own": {`"rules": [{"onFailure": "redirect", "signInUrl": "https://a.example.com"}]`, ""},
		"redirect, every rule has a page": {`"onFailure": "redirect", "rules": [{"paths": ["/a"], "signInUrl": "https://a.example.com"},
			{"signInUrl": "https://b.example.com"}]`, ""},
		"redirect, one rule has none": {`"onFailure": "redirect", "rules": [{"paths": ["/a"]}, {"signInUrl": "https://b.example.com"}]`, "onFailure"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := config.Load([]byte(written(`{"providers": [{MINE}], ` + test.config + `}`)))
			if test.field == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if err == nil || !strings.HasPrefix(err.Error(), test.field+":") || strings.Contains(err.Error(), "\n") {
				t.Errorf("%v, want it at %s", err, test.field)
			}
		})
	}
}
