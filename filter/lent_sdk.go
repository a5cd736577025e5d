//go:build !wasip1

package filter

import "github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm"

const (
	requestHeaders = iota
	requestTrailers
)

// lentLines are the lines of a map, by way of the SDK's emulator: outside of
// Wasm there is no memory to lend.
func lentLines(kind int) ([][2]string, error) {
	if kind == requestTrailers {
		return proxywasm.GetHttpRequestTrailers()
	}
	return proxywasm.GetHttpRequestHeaders()
}
