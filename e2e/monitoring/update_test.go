package monitoring

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/testkit/module"
)

// rejected is an update with a listener that Envoy rejects, because its filter
// has no providers. The module is to be filled in.
const rejected = `{"resources": [{
	"@type": "type.googleapis.com/envoy.config.listener.v3.Listener", "name": "rejected",
	"address": {"socket_address": {"address": "127.0.0.1", "port_value": 0}},
	"filter_chains": [{"filters": [{"name": "manager", "typed_config": {
		"@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
		"stat_prefix": "rejected", "route_config": {},
		"http_filters": [
			{"name": "sessiongate", "typed_config": {
				"@type": "type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm",
				"config": {"vm_config": {"runtime": "envoy.wasm.runtime.v8", "code": {"local": {"filename": %q}}}}}},
			{"name": "router", "typed_config": {"@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"}}
		]
	}}]}]
}]}`

// reject makes an update that Envoy rejects, and waits until it has.
func (p *proxy) reject(t *testing.T) {
	t.Helper()
	built, err := module.Path(root)
	if err == nil {
		built, err = filepath.Abs(built)
	}
	if err != nil {
		t.Fatal(err)
	}
	replaceFile(t, p.updates, fmt.Sprintf(rejected, built))
	const counter = "listener_manager.lds.update_rejected"
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		stats, err := p.process.Stats(t.Context(), "^"+counter+"$")
		if err != nil {
			t.Fatal(err)
		}
		if stats[counter] > 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("nothing was rejected\n%s", p.process.Log())
		}
	}
}

// replaceFile writes a file at once, for what watches it.
func replaceFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path+".new", []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
}
