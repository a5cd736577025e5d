package explain

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/commandtest"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/configfile"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/keyfile"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/redact"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/requestfile"
	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
)

func TestExplain(t *testing.T) {
	key := jwttest.NewKey(jwa.ES256, "one")
	token := jwttest.Sign(key, map[string]any{"alg": "ES256", "kid": "one"}, map[string]any{
		"iss": "https://issuer.example", "sub": "user_1", "iat": 1000, "exp": 2000,
	})
	const provider = `"name": "mine", "issuer": "https://issuer.example", "fromCookies": ["session"], "tokenToHeader": "x-token", "outputPayloadToHeader": "x-payload"`
	files := map[string]string{
		"keys.json":   jwttest.JWKSet(key),
		"inline.json": `{"providers": [{` + provider + `, "jwks": ` + jwttest.JWKSet(key) + `}], "rules": [{"paths": ["/open"], "auth": "skip"}, {"paths": ["/log"], "onFailure": "log"}, {"paths": ["/admin"], "require": [{"claim": "role", "values": ["admin"]}]}]}`,
		"remote.json": `{"providers": [{` + provider + `, "jwksUri": "https://k.example/"}]}`,
		"broken.json": `{"providers": [{"name": "p", "issuer": "i", "jwksUri": "https://k.example/", "clockSkew": 5}]}`,
	}
	files["assert.json"] = strings.Replace(files["inline.json"], `], "rules"`, `], "assertion": {"issuer": "https://gate.example", "audience": "b"}, "rules"`, 1)
	files["foreign.json"] = strings.Replace(files["inline.json"], `"fromCookies"`, `"foreignTokens": {"opaque": true}, "fromCookies"`, 1)
	files["foreign.json"] = strings.Replace(files["foreign.json"], `], "rules"`, `], "protectedResources": [{"resource": "https://api.example", "authorizationServers": ["https://issuer.example"]}], "rules"`, 1)
	files["text"] = "GET /x HTTP/1.1\nHost: a.example\nCookie: session=" + token
	files["curl"] = "curl 'https://a.example/from-curl' -b 'session=" + token + "'"
	files["har"] = `{"method": "GET", "url": "https://a.example/"}`
	files["-"] = "GET /from-input\nAuthorization: Bearer " + token
	files["fetch.json"] = strings.Replace(files["remote.json"], `"https://k.example/"`, `"http://127.0.0.1:1/", "allowInsecureJwks": true`, 1)
	cookie := "Cookie: a=b; session=" + token
	cases := map[string]struct {
		args   []string
		status int
		prints []string
	}{
		"signed in": {
			args:   []string{"inline.json", "https://app.example/x", "-H", cookie, "--at", "1500"},
			prints: []string{"outcome:   the request passes, signed-in\n", "provider:  mine\n", "set    x-identity-user-id: user_1\n", "set    x-token: [token]\n", "set    x-payload: [payload]\n"},
		},
		"forbidden": {
			args: []string{"inline.json", "/admin", "-H", cookie, "--at", "1500"}, status: 1,
			prints: []string{"the client gets 403", "set    x-payload: [payload]\n"},
		},
		"expired": {
			args: []string{"inline.json", "/x", "-H", "Authorization: Bearer " + token, "--at", "1970-01-01T00:50:00Z"}, status: 1,
			prints: []string{"outcome:   the client gets 401, denied\n", "reason:    token-expired: The session token has expired", `www-authenticate: Bearer realm="localhost", error="invalid_token"`, `"reason":"token-expired"`},
		},
		"no token":       {args: []string{"inline.json", "/x"}, status: 1, prints: []string{"reason:    token-missing"}},
		"skipped":        {args: []string{"inline.json", "/open?x=y"}, prints: []string{"the request passes, skipped\n"}},
		"encoded path":   {args: []string{"inline.json", "/open%2f..%2fx"}, status: 1, prints: []string{"the client gets 401"}},
		"only logged":    {args: []string{"inline.json", "/log"}, prints: []string{"enforced:  no", "reason:    token-missing"}},
		"without keys":   {args: []string{"remote.json", "/x", "-H", cookie, "--at", "1500"}, status: 2, prints: []string{"outcome:   the request waits for keys of mine; give them with --keys mine=FILE, or use --fetch\n"}},
		"keys of a file": {args: []string{"remote.json", "/x", "-H", cookie, "--at", "1500", "--keys", "mine=keys.json"}, prints: []string{"signed-in\n"}},
		"method and host": {
			args: []string{"inline.json", "/x", "-X", "HEAD", "-H", "Host: other.example"}, status: 1,
			prints: []string{`realm="other.example"`},
		},
		"which rule, and why no other": {
			args: []string{"inline.json", "/admin", "-H", cookie, "--at", "1500"}, status: 1,
			prints: []string{"rule:      rules[2], which requires a session and conditions on claims\n", "wrong:     claim role none; would pass: \"admin\" (values)\n",
				"\"GET\" \"/admin\" at host \"localhost\", as sent: rules[2]\n    not rules[0]: its paths are \"/open\"\n"},
		},
		"another reading": {
			args: []string{"inline.json", "/open/../admin"}, status: 1,
			prints: []string{"\"GET\" \"/admin\", as a server could read it: rules[2]\n"},
		},
		"what would pass": {
			args: []string{"inline.json", "/x", "-H", "Authorization: Bearer " + token, "--at", "3000"}, status: 1,
			prints: []string{"wrong:     header authorization: exp 1970-01-01T00:33:20Z, 16 min ago; would pass: a time that is not past for more than 5s (clockSkew)\n", "  ok     iss       \"https://issuer.example\"\n"},
		},
		"another party's token": {
			args:   []string{"foreign.json", "/x", "-H", "Authorization: Bearer sk_live_1", "-H", cookie, "--at", "1500"},
			prints: []string{"signed-in\n", "the token in header authorization:\n  another party's (foreignTokens): it stays there for the backend, and the filter has not verified it\n"},
		},
		"a document": {
			args: []string{"foreign.json", "https://api.example/.well-known/oauth-protected-resource"}, status: 1,
			prints: []string{"the client gets 200, served\nrule:      none: the filter serves this document itself\n\nthe answer:\n"},
		},
		"a text":                      {args: []string{"inline.json", "--request", "text", "--at", "1500"}, prints: []string{"signed-in\n"}},
		"curl's command line":         {args: []string{"inline.json", "--request", "curl", "--at", "1500"}, prints: []string{"signed-in\n", "/from-curl"}},
		"an archive":                  {args: []string{"inline.json", "--request", "har", "--at", "1500"}, status: 1, prints: []string{"note: the archive has neither"}},
		"from the standard input":     {args: []string{"inline.json", "--request", "-", "--at", "1500"}, prints: []string{"/from-input"}},
		"two requests":                {args: []string{"inline.json", "/x", "--request", "text"}, status: 2},
		"no request":                  {args: []string{"inline.json"}, status: 2},
		"keys that are unavailable":   {args: []string{"remote.json", "/x", "-H", cookie, "--at", "1500", "--without-keys", "mine"}, status: 1, prints: []string{"the client gets 503", "wrong:     no keys of mine: they are to be taken as unavailable"}},
		"an issuer that is not there": {args: []string{"fetch.json", "/x", "-H", cookie, "--at", "1500", "--fetch"}, status: 1, prints: []string{"wrong:     no keys of mine: http://127.0.0.1:1/: dial tcp"}},
		"an opaque credential":        {args: []string{"inline.json", "/x", "-H", "Authorization: Bearer opaque-credential-0123456789"}, status: 1, prints: []string{"1 part between dots"}},
		"an assertion":                {args: []string{"assert.json", "/x", "-H", cookie, "--at", "1500"}, prints: []string{"signed-in\n", "set    x-sessiongate-assertion: [token]"}},
		"a configuration with errors": {args: []string{"broken.json", "/x"}, status: 2, prints: []string{`error: providers[0].clockSkew: 5 is a number; write "5s"`}},
		"keys of nobody":              {args: []string{"remote.json", "/x", "--keys", "other=keys.json"}, status: 2},
		"no header":                   {args: []string{"remote.json", "/x", "-H", "nothing"}, status: 2},
		"no time":                     {args: []string{"remote.json", "/x", "--at", "noon"}, status: 2},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			status, out, findings := commandtest.Run(t, Command(), files, c.args...)
			if status != c.status {
				t.Errorf("exit status %d, not %d", status, c.status)
			}
			for _, want := range c.prints {
				if !strings.Contains(out+findings, want) {
					t.Errorf("%q is missing in:\n%s%s", want, out, findings)
				}
			}
			for _, part := range append(strings.Split(token, ".")[1:], "opaque-credential") {
				if strings.Contains(out+findings, part) {
					t.Errorf("a token is printed:\n%s", out)
				}
			}
		})
	}
}

func TestWithoutTokens(t *testing.T) {
	cases := map[string]struct{ name, value, want string }{
		"cookie":                  {"set-cookie", "__session=eyJ; Path=/; Secure", "__session=...; Path=/; Secure"},
		"cookie alone":            {"set-cookie", "__session=eyJ", "__session=..."},
		"development browser":     {"location", "https://a.example/?x=1&__clerk_db_jwt=eyJ&y=2", "https://a.example/?x=1&__clerk_db_jwt=...&y=2"},
		"development browser end": {"location", "https://a.example/?__clerk_db_jwt=eyJ", "https://a.example/?__clerk_db_jwt=..."},
		"others":                  {"content-type", "text/plain", "text/plain"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := withoutTokens(c.name, c.value); got != c.want {
				t.Errorf("%s", got)
			}
		})
	}
}

func TestFetch(t *testing.T) {
	key := jwttest.NewKey(jwa.ES256, "one")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Header.Get("X-Project") != "7":
			w.WriteHeader(http.StatusForbidden)
		case r.URL.Path == "/moved":
			http.Redirect(w, r, "/keys", http.StatusFound)
		default:
			_, _ = w.Write([]byte(jwttest.JWKSet(key)))
		}
	}))
	defer server.Close()
	token := jwttest.Sign(key, map[string]any{"alg": "ES256", "kid": "one"}, map[string]any{"iss": "i", "sub": "u", "exp": 2000})
	for path, want := range map[string]string{
		"/keys": `"jwksHeaders": {"x-project": "7"}`, "/moved": `"jwksHeaders": {"x-project": "7"}`, "/forbidden": `"name": "p"`,
	} {
		config := `{"providers": [{"name": "p", "issuer": "i", "allowInsecureJwks": true, "jwksUri": "` + server.URL + path + `", ` + want + `}]}`
		config = strings.Replace(config, `, "name": "p"`, "", 1)
		status, out, findings := commandtest.Run(t, Command(), map[string]string{"c.json": config},
			"c.json", "/", "-H", "Authorization: Bearer "+token, "--fetch", "--at", "1000")
		expected := map[string]string{"/keys": "signed-in\n", "/moved": "answers with 302 Found", "/forbidden": "answers with 403 Forbidden"}[path]
		if !strings.Contains(out, expected) || (status == 0) != (path == "/keys") {
			t.Errorf("%s: exit status %d, want %q:\n%s%s", path, status, expected, out, findings)
		}
	}
}

// FuzzExplain: whatever a configuration and a request hold, there is no panic,
// and no part of the token that is in both is printed.
func FuzzExplain(f *testing.F) {
	key := jwttest.NewKey(jwa.ES256, "one")
	token := jwttest.Sign(key, map[string]any{"alg": "ES256", "kid": "one"}, map[string]any{"iss": "https://issuer.example", "sub": "user_1", "exp": 2000})
	f.Add(`{"providers": [{"name": "mine", "issuer": "https://issuer.example", "fromCookies": ["s"], "fromParams": ["t"], "jwks": `+jwttest.JWKSet(key)+`}], "rules": [{"paths": ["/a"], "require": [{"claim": "sub", "values": ["x"]}]}]}`, "GET /a\nCookie: s={token}; t={token}")
	f.Add(`{"providers": [{"preset": "clerk", "publishableKey": "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k"}]}`, "curl 'https://a/?__clerk_db_jwt={token}' -b '__session={token}; __client_uat=1'")
	f.Add("providers:\n- {name: '{token}', issuer: i, jwksUri: '{token}'}", `{"method": "GET", "url": "https://a/{token}", "headers": [{"name": "authorization", "value": "Bearer {token}"}]}`)
	f.Fuzz(func(t *testing.T, configuration, text string) {
		fill := func(text string) string { return strings.ReplaceAll(text, "{token}", token) }
		var out strings.Builder
		given, err := requestfile.Parse([]byte(fill(text)), 0)
		if err != nil {
			return
		}
		findings := &redact.Writer{To: &out}
		rules, err := configfile.Policy("c", []byte(fill(configuration)), "", findings)
		_ = findings.Flush()
		if err == nil {
			to := &redact.Writer{To: &out}
			e, err := New(rules, given, keyfile.Keys{}, time.Unix(1000, 0))
			if err != nil {
				t.Fatal(err)
			}
			e.Print(to)
			_ = to.Flush()
		}
		for _, part := range strings.Split(token, ".")[1:] {
			if strings.Contains(out.String(), part) && !strings.Contains(configuration+text, part) {
				t.Errorf("a token is printed: %q", out.String())
			}
		}
	})
}
