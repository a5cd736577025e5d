// Package filter is the proxy-wasm side: the life of a plugin, one request,
// fetching keys, metrics. What it decides comes from package gate; here it is
// carried out.
//
// It guarantees that no callback lets a panic out, that a request whose
// callback panicked is not forwarded, that every paused request is resumed or
// answered exactly once and within a bounded time, and that nothing which
// depends on a configuration is shared between configurations.
package filter

import "github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"

// NewVM makes the context of a VM, in which any number of configurations can
// be started.
func NewVM(host Host) types.VMContext { return &vm{host: host} }

type vm struct {
	types.DefaultVMContext
	host Host
}

func (v *vm) NewPluginContext(id uint32) types.PluginContext { return &types.DefaultPluginContext{} }
