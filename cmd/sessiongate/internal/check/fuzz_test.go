package check

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/exit"
	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
)

// FuzzCheck: no file makes check panic, and none makes it print a token that
// stands in the file, or a part of one. Every finding names a section.
func FuzzCheck(f *testing.F) {
	token := jwttest.Sign(jwttest.NewKey(jwa.ES256, "one"), map[string]any{"alg": "ES256", "kid": "one"}, map[string]any{"iss": "https://issuer.example", "sub": "user_1"})
	for _, rows := range table {
		for _, row := range rows {
			files, names, _ := unmark(row.text)
			f.Add(files[names[0]])
		}
	}
	for _, seed := range []string{
		`{"providers": [{"name": "TOKEN", "issuer": "TOKEN", "jwksUri": "TOKEN", "preset": "TOKEN", "TOKEN": 1}], "TOKEN": "TOKEN"}`,
		`{"providers": [{"preset": "clerk", "publishableKey": "TOKEN", "authorizedParties": ["TOKEN"]}], "rules": [{"paths": ["TOKEN", "/:TOKEN", "^TOKEN"], "auth": "TOKEN", "name": "TOKEN", "hosts": ["TOKEN"], "require": [{"claim": "org_role", "values": ["TOKEN"]}]}]}`,
		"kind: WasmPlugin\nmetadata: {name: TOKEN}\nspec: {phase: TOKEN, failStrategy: TOKEN, sha256: TOKEN, url: \"oci://a@sha256:TOKEN\", pluginConfig: TOKEN}\n",
		"a: *TOKEN\n", "a: [{TOKEN\n", "{\"a\": TOKEN}", "TOKEN", "TOKEN: TOKEN\nTOKEN: TOKEN\n", "&a [*a, *a]", "a: &a [b, *a]", "? {a: b}\n: c\n", "<<: [{a: b}]\n",
	} {
		f.Add(seed)
	}
	parts := strings.Split(token, ".")
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ReplaceAll(text, "TOKEN", token)
		for format := range printers {
			var out, findings bytes.Buffer
			command := Command()
			command.SilenceUsage, command.SilenceErrors = true, true
			command.SetArgs([]string{"--format", format, "-"})
			command.SetIn(strings.NewReader(text))
			command.SetOut(&out)
			command.SetErr(&findings)
			status := exit.Code(command.Execute())
			printed := out.String() + findings.String()
			for _, part := range parts {
				if len(part) > 20 && strings.Contains(printed, part[:20]) {
					t.Fatalf("%s prints a part of a token: %s", format, printed)
				}
			}
			if status < 0 || status > 2 {
				t.Fatalf("exit status %d", status)
			}
			if format == "json" {
				var all []struct{ See string }
				if err := json.Unmarshal(out.Bytes(), &all); err != nil {
					t.Fatal(err)
				}
				for _, f := range all {
					if !strings.Contains(f.See, ".md#") {
						t.Fatalf("a finding without a section: %s", printed)
					}
				}
			}
		}
	})
}
