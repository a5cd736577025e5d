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
