package envoy

import (
	"strings"
	"testing"
)

const example = `
admin: { address: { socket_address: { address: 0.0.0.0, port_value: 9901 } } }
static_resources:
  listeners:
  - name: in
    address: { socket_address: { address: 0.0.0.0, port_value: 10000 } }
    filter_chains:
    - filters:
      - typed_config: { config: { vm_config: { vm_id: x, code: { local: { filename: a.wasm } } } } }
  clusters:
  - name: keys
    load_assignment: {}
`

func TestBootstrap(t *testing.T) {
	b, err := ParseBootstrap([]byte(example))
	if err != nil {
		t.Fatal(err)
	}
	if addr, err := b.ListenerAddress("in"); err != nil || addr != "0.0.0.0:10000" {
		t.Errorf("listener at %q, %v", addr, err)
	}
	for _, err := range []error{b.SetAdmin("127.0.0.1:1"), b.SetListener("in", "127.0.0.1:2"), b.SetCluster("keys", "127.0.0.1:3")} {
		if err != nil {
			t.Error(err)
		}
	}
	if n := b.SetModule("b.wasm"); n != 1 {
		t.Errorf("%d Wasm filters, want 1", n)
	}
	text, err := b.YAML()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"port_value: 1\n", "port_value: 2\n", "port_value: 3\n", "filename: b.wasm", "vm_id: x"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	if strings.Contains(string(text), "0.0.0.0") {
		t.Errorf("an address is left:\n%s", text)
	}
	if b.SetListener("out", "127.0.0.1:0") == nil || b.SetCluster("out", "127.0.0.1:0") == nil || b.SetAdmin("nonsense") == nil {
		t.Error("what is not there was changed")
	}
}

const withManager = `
static_resources:
  listeners:
  - name: in
    address: { socket_address: { address: 127.0.0.1, port_value: 1 } }
    filter_chains:
    - filters:
      - typed_config:
          stat_prefix: in
          http_filters:
          - typed_config:
              config: { vm_config: { vm_id: x }, configuration: { value: '{"rules": []}' } }
`

func TestEdit(t *testing.T) {
	b, err := ParseBootstrap([]byte(withManager))
	if err != nil {
		t.Fatal(err)
	}
	if err := b.EditManager("in", func(m map[string]any) { m["stat_prefix"] = "edited" }); err != nil {
		t.Error(err)
	}
	configuration, err := b.EditConfiguration("in", func(c map[string]any) { c["filterState"] = true })
	if err != nil || !strings.Contains(string(configuration), `"filterState": true`) {
		t.Errorf("%s, %v", configuration, err)
	}
	if err := b.CopyListener("in", "copy", "127.0.0.1:2"); err != nil {
		t.Error(err)
	}
	if err := b.AddCluster("page", "127.0.0.1:3"); err != nil {
		t.Error(err)
	}
	// A change of the copy leaves the original alone.
	if err := b.EditManager("copy", func(m map[string]any) { m["stat_prefix"] = "of the copy" }); err != nil {
		t.Error(err)
	}
	text, err := b.YAML()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"stat_prefix: edited", "stat_prefix: of the copy", "port_value: 1\n", "port_value: 2\n", "port_value: 3\n", "filterState"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	nothing := func(map[string]any) {}
	if b.CopyListener("out", "copy", "127.0.0.1:4") == nil || b.EditManager("out", nothing) == nil || b.KeepPort("out") == nil {
		t.Error("a listener that is not there was changed")
	}
	if _, err := b.EditConfiguration("out", nothing); err == nil {
		t.Error("the configuration of a listener that is not there was changed")
	}
}
