// Package configtest has configurations that are right and ones that are
// wrong, for the tests of the packages that read them.
package configtest

import (
	"bytes"
	_ "embed"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// Row is one configuration.
type Row struct {
	Name   string
	Config string // JSON, or meant to be

	// Of a configuration that is right:
	Shows    map[string]any // what stands in the effective configuration, by gjson path
	Warnings []string       // all of them

	// Of one that is wrong:
	Errors []string // all of them
	Schema string   // "accepts" if the JSON Schema does not see it
}

//go:embed good.yaml
var good []byte

//go:embed bad.yaml
var bad []byte

// Public keys of RFC 7515 appendix A.3 and RFC 8410 section 10.1.
const (
	ecKey  = `{"kty":"EC","crv":"P-256","kid":"one","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}`
	pemKey = `-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n`
)

// Good are configurations that are right.
func Good(t testing.TB) []Row { return rows(t, good) }

// Bad are configurations that are wrong.
func Bad(t testing.TB) []Row { return rows(t, bad) }

func rows(t testing.TB, data []byte) []Row {
	t.Helper()
	var all []Row
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(&all); err != nil {
		t.Fatal(err)
	}
	keys := strings.NewReplacer("[EC", "["+ecKey, `"PEM"`, `"`+pemKey+`"`)
	names := map[string]bool{}
	for i := range all {
		if names[all[i].Name] {
			t.Fatalf("two rows are called %q", all[i].Name)
		}
		names[all[i].Name] = true
		all[i].Config = keys.Replace(all[i].Config)
	}
	return all
}
