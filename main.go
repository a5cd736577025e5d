// Sessiongate as a proxy-wasm module: registers the filter with the proxy.
package main

import (
	"runtime/debug"

	"github.com/sessiongate/sessiongate/filter"
	"github.com/sessiongate/sessiongate/filter/callbacks"
)

// gcPercent is how far the heap may grow, in percent of what is in use, before
// garbage is collected. A request leaves little behind, so that to collect more
// often than usual costs nothing that can be measured, and saves memory in
// every worker.
const gcPercent = 50

func init() {
	debug.SetGCPercent(gcPercent)
	callbacks.Register(filter.NewVM(filter.Proxy()))
}

func main() {}
