package backends

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/sessiongate/sessiongate/internal/demo"
	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/testkit/module"
)

// The hosts that the rules below tell apart.
const (
	open   = "open.example.com"   // the backend decides
	closed = "closed.example.com" // the proxy does
)

// rules take the place of envoy.yaml's.
var rules = []any{
	map[string]any{"paths": []any{"/healthz"}, "auth": "skip"},
	map[string]any{"hosts": []any{open}, "auth": "optional"},
	map[string]any{"hosts": []any{closed}, "paths": []any{"*/teams"}, "providers": []any{"clerk", "oneauxilia"},
		"require": []any{map[string]any{"claim": "org_permissions", "values": []any{"org:teams:read"}}}},
}

// startProxy starts the demo in front of a backend: Envoy with the
// repository's envoy.yaml, which takes these rules, and lets names with
// underscores through to the filter.
func startProxy(t *testing.T, backend string) *demo.Demo {
	t.Helper()
	return startProxyWith(t, backend, func(map[string]any) {}, func(map[string]any) {})
}

// startProxyWith is startProxy with further changes to the configuration of the
// filter and to that of its VM.
func startProxyWith(t *testing.T, backend string, configuration, vm func(map[string]any)) *demo.Demo {
	t.Helper()
	b, err := envoy.ReadBootstrap(filepath.Join(root, "envoy.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.EditConfiguration("ingress", func(c map[string]any) {
		c["rules"] = rules
		configuration(c)
	})
	if err := errors.Join(err, b.EditManager("ingress", func(manager map[string]any) {
		manager["common_http_protocol_options"].(map[string]any)["headers_with_underscores_action"] = "ALLOW"
		for _, filter := range manager["http_filters"].([]any) {
			if filter := filter.(map[string]any); filter["name"] == "sessiongate" {
				vm(filter["typed_config"].(map[string]any)["config"].(map[string]any)["vm_config"].(map[string]any))
			}
		}
	})); err != nil {
		t.Fatal(err)
	}
	text, err := b.YAML()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "envoy.yaml")
	if err := os.WriteFile(file, text, 0o600); err != nil {
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
