//go:build !wasip1

package callbacks

import "github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm"

// Register makes this VM the one that the proxy calls. Outside of Wasm there is
// no proxy that does.
func Register(vm VM) { proxywasm.SetVMContext(vm) }
