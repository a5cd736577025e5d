package backends

import (
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/demo"
	"github.com/sessiongate/sessiongate/internal/testkit/module"
)

// The hosts that the rules below tell apart.
const (
	open   = "open.example.com"   // the backend decides
	closed = "closed.example.com" // the proxy does
)

// rules take the place of envoy.yaml's.
const rules = `"rules": [
                        {"paths": ["/healthz"], "auth": "skip"},
                        {"hosts": ["` + open + `"], "auth": "optional"},
                        {"hosts": ["` + closed + `"], "paths": ["*/teams"], "providers": ["clerk", "oneauxilia"],
                         "require": [{"claim": "org_permissions", "values": ["org:teams:read"]}]}
                      ],`

// startProxy starts the demo in front of a backend: Envoy with the
// repository's envoy.yaml, which takes these rules, and lets names with
// underscores through to the filter.
func startProxy(t *testing.T, backend string) *demo.Demo {
	t.Helper()
	return startProxyWith(t, backend, nil)
}

// startProxyWith is startProxy with further changes to envoy.yaml: texts, and
// what takes their place.
func startProxyWith(t *testing.T, backend string, changes map[string]string) *demo.Demo {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "envoy.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	bootstrap := string(text)
	replaced := map[string]string{
		"\"rules\": [\n                        {\"paths\": [\"/healthz\"], \"auth\": \"skip\"}\n                      ],": rules,
		"headers_with_underscores_action: REJECT_REQUEST":                                                                 "headers_with_underscores_action: ALLOW",
	}
	maps.Copy(replaced, changes)
	for old, changed := range replaced {
		if strings.Count(bootstrap, old) != 1 {
			t.Fatalf("envoy.yaml does not have %q once", old)
		}
		bootstrap = strings.Replace(bootstrap, old, changed, 1)
	}
	file := filepath.Join(t.TempDir(), "envoy.yaml")
	if err := os.WriteFile(file, []byte(bootstrap), 0o600); err != nil {
		t.Fatal(err)
	}
	d, err := demo.Start(t.Context(), demo.Options{
		Bootstrap: file, Module: module.Built(t, root), ToolsDir: filepath.Join(root, ".tools"), Backend: backend,
		Log: io.Discard, AccessLog: io.Discard, AnyPort: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Stop)
	return d
}
