package explain

import (
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/commandtest"
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
			if payload := strings.Split(token, ".")[1]; strings.Contains(out+findings, payload) {
				t.Errorf("a token is printed:\n%s", out)
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
