// Package filter is the proxy-wasm side: the life of a plugin, one request,
// fetching keys, metrics. What it decides comes from package policy; here it is
// carried out.
//
// # Guarantees
//
// No callback lets a panic out. A request whose callback panicked, or for which
// the proxy refused a call, is answered with 500, never forwarded. Every request
// that is paused is resumed or answered exactly once, at the latest jwksTimeout
// after its arrival.
// Nothing that depends on a configuration is shared between configurations,
// but for the keys that plugins of one vm_id share on purpose (package remote).
// No token is logged, nor any other part of a request.
//
// # Limits
//
// It needs a proxy that speaks proxy-wasm 0.2; package filtertest is one in
// memory. There are no goroutines and no timers but the proxy's tick.
package filter

import "github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"

// NewVM makes a VM, in which any number of configurations can be started.
func NewVM(host Host) *VM {
	return &VM{host: host, metrics: newMetrics(host), streams: newStreams()}
}

// VM is what the plugins of one VM have in common: nothing that a configuration
// says. It implements callbacks.VM.
type VM struct {
	types.DefaultVMContext
	host     Host
	metrics  *metrics
	verifier *verifier // made when the first plugin starts
	streams  streams
}

// NewPluginContext implements types.VMContext.
func (v *VM) NewPluginContext(id uint32) types.PluginContext {
	p := &plugin{vm: v, host: v.host, id: id}
	v.streams.plugins[id] = p
	return p
}

// verify is the VM's verifier, which is probed once.
func (v *VM) verify() *verifier {
	if v.verifier == nil {
		v.verifier = newVerifier(v.host, v.metrics)
	}
	return v.verifier
}
