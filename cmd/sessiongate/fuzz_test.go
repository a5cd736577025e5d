package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
)

// FuzzFiles: whatever is in a file, no command that reads one panics, and none
// prints a token that is in it.
func FuzzFiles(f *testing.F) {
	const clerk = `{"providers": [{"preset": "clerk", "publishableKey": "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k"}]}`
	f.Add(clerk)
	f.Add(`{"providers": [{"name": "m", "issuer": "{token}", "jwksUri": "https://k.example/{token}", "fromCookies": ["{token}"], "{token}": 1}]}`)
	f.Add("kind: WasmPlugin\nmetadata: {name: '{token}'}\nspec: {pluginConfig: {providers: [{preset: '{token}'}]}}")
	f.Add("kind: RequestAuthentication\nmetadata: {name: '{token}'}\nspec: {selector: {a: b}, jwtRules: [{issuer: '{token}', jwksUri: '{token}', '{token}': 1}]}")
	f.Add("policy: policy.json\ntokens: {a: {text: '{token}'}}\ntests:\n- {name: '{token}', request: 'GET /{token}', token: a, expect: {reason: '{token}', backend: {'{token}': '{token}'}}}")
	f.Add("GET /{token}\nCookie: __session={token}; a={token}\nAuthorization: Bearer {token}\nX-A: {token}")
	f.Add("curl 'https://{token}/' -H '{token}' --{token}")
	f.Add(`{"log": {"entries": [{"request": {"method": "{token}", "url": "https://a/{token}"}}, {}]}}`)
	f.Add("a: [{token}")
	key := jwttest.NewKey(jwa.ES256, "one")
	token := jwttest.Sign(key, map[string]any{"alg": "ES256", "kid": "one"}, map[string]any{"iss": "https://issuer.example", "sub": "user_1", "exp": 2000})
	dir := f.TempDir()
	file, policy := filepath.Join(dir, "file"), filepath.Join(dir, "policy.json")
	if err := os.WriteFile(policy, []byte(clerk), 0o600); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if err := os.WriteFile(file, []byte(strings.ReplaceAll(text, "{token}", token)), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{
			{"check", file}, {"check", "--effective", file}, {"check", "--format", "json", file}, {"convert", file}, {"test", "-v", file},
			{"explain", file, "/"}, {"explain", policy, "--request", file}, {"explain", policy, "/", "--keys", "clerk=" + file},
		} {
			var out bytes.Buffer
			root := newRootCommand(io.Discard)
			root.SetArgs(args)
			root.SetOut(&out)
			root.SetErr(&out)
			if err := root.Execute(); err != nil {
				report(&out, err)
			}
			for _, part := range strings.Split(token, ".")[1:] {
				if strings.Contains(out.String(), part) && !strings.Contains(text, part) {
					t.Errorf("%s prints a part of the token:\n%s", args[0], out.String())
				}
			}
		}
	})
}
