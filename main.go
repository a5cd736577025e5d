// Sessiongate as a proxy-wasm module: registers the filter with the proxy.
package main

import "github.com/sessiongate/sessiongate/filter"

func init() { filter.Register() }

func main() {}
