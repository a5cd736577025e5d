package callbacks

import (
	_ "unsafe" // for go:linkname

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm"
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"
)

// Register makes this VM the one that the proxy calls. To be called before the
// module's start function returns: from main's init.
func Register(vm VM) {
	registered = vm
	proxywasm.SetVMContext(vm)
}

var (
	registered VM
	// plugins are the contexts of plugins that live.
	plugins = map[uint32]struct{}{}
)

// The SDK's own callbacks about plugins. It has no other door to them.

//go:linkname sdkContextCreate github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/internal.proxyOnContextCreate
func sdkContextCreate(context, plugin uint32)

//go:linkname sdkDone github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/internal.proxyOnDone
func sdkDone(context uint32) bool

//go:linkname sdkDelete github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/internal.proxyOnDelete
func sdkDelete(context uint32)

//go:linkname sdkTick github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/internal.proxyOnTick
func sdkTick(plugin uint32)

//go:linkname sdkCallResponse github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/internal.proxyOnHttpCallResponse
func sdkCallResponse(plugin, call uint32, headers, body, trailers int32)

//go:wasmexport sessiongate_on_context_create
func onContextCreate(context, plugin uint32) {
	if plugin == 0 {
		plugins[context] = struct{}{}
		sdkContextCreate(context, 0)
		return
	}
	registered.StreamCreated(context, plugin)
}

//go:wasmexport sessiongate_on_request_headers
func onRequestHeaders(stream uint32, _ int32, endOfStream bool) types.Action {
	return registered.RequestHeaders(stream, endOfStream)
}

//go:wasmexport sessiongate_on_request_trailers
func onRequestTrailers(stream uint32, lines int32) types.Action {
	return registered.RequestTrailers(stream, int(lines))
}

//go:wasmexport sessiongate_on_response_headers
func onResponseHeaders(stream uint32, _ int32, _ bool) types.Action {
	registered.ResponseHeaders(stream)
	return types.ActionContinue
}

// onDone ends a stream, or a plugin. The host need not say again that a context
// is deleted: one call less for every stream.
//
//go:wasmexport sessiongate_on_done
func onDone(context uint32) bool {
	if _, isPlugin := plugins[context]; !isPlugin {
		registered.StreamDone(context)
		return true
	}
	done := sdkDone(context)
	if done {
		delete(plugins, context)
		sdkDelete(context)
	}
	return done
}

// The host may still call a plugin that is done, whose context the SDK no longer
// has.

//go:wasmexport sessiongate_on_tick
func onTick(plugin uint32) {
	if _, lives := plugins[plugin]; lives {
		sdkTick(plugin)
	}
}

//go:wasmexport sessiongate_on_http_call_response
func onCallResponse(plugin, call uint32, headers, body, trailers int32) {
	if _, lives := plugins[plugin]; lives {
		sdkCallResponse(plugin, call, headers, body, trailers)
	}
}
