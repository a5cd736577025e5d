// Package callbacks is what the proxy calls. The SDK makes a context for each
// stream and looks it up in maps for each callback, which costs more than all
// that the filter does for most requests. Here the filter is given the stream's
// number, and keeps what it needs. The life of VMs and plugins stays with the SDK.
//
// The build gives these exports the names that proxies know, in place of the
// SDK's (internal/tools/wasmfile, Trim): two functions of a program cannot export
// one name.
package callbacks

import "github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"

// VM is a VM's context and the streams in it.
type VM interface {
	types.VMContext

	// StreamCreated comes first. The number may have been another stream's that
	// was not heard of again.
	StreamCreated(stream, plugin uint32)
	RequestHeaders(stream uint32, endOfStream bool) types.Action
	RequestTrailers(stream uint32, lines int) types.Action
	ResponseHeaders(stream uint32)
	// StreamDone comes last, also where the client has left.
	StreamDone(stream uint32)
}
