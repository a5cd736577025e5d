package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// rejections are updates that Envoy must not take, and what its log then says.
// Each is made of the second edition.
var rejections = []struct {
	name   string
	change func(t *testing.T, b *bootstrap)
	log    string
}{
	{"a field that does not exist", func(_ *testing.T, b *bootstrap) {
		b.configs["policy"] = strings.Replace(b.configs["policy"], `"jwks"`, `"keySet"`, 1)
	}, "providers[0].keySet: unknown field"},
	{"a configuration that is cut off", func(_ *testing.T, b *bootstrap) { b.configs["policy"] = b.configs["policy"][:100] }, "is not valid JSON"},
	{"a module that is not there", func(t *testing.T, b *bootstrap) { b.module = filepath.Join(t.TempDir(), "absent.wasm") }, "absent.wasm"},
	{"a module that is cut off", func(t *testing.T, b *bootstrap) { b.module = cutOff(t, b.module) }, "corrupted Wasm module"},
}

// cutOff is a copy of a file that ends early.
func cutOff(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "cut-off.wasm")
	if err := os.WriteFile(path, text[:len(text)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
