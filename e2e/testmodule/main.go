// Command testmodule is the filter with doors for tests: a request can
// write shared data, as another plugin with the same vm_id could, and kill its
// VM, as a bug of the proxy or of Go's runtime could. It is not for production.
//
//	x-test: write NAME VALUE    stores a value, given in base64; answered with 204
//	x-test: kill                panics where nothing recovers
//
// On a host that offers the foreign function "environment", its result is the
// environment, name=value with a zero byte after each: the SDK's emulator has
// none.
package main

import (
	"encoding/base64"
	"os"
	"strings"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm"
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"

	"github.com/sessiongate/sessiongate/filter"
	"github.com/sessiongate/sessiongate/filter/callbacks"
)

func main() {}

func init() { callbacks.Register(vm{filter.NewVM(filter.Proxy())}) }

type vm struct{ callbacks.VM }

func (v vm) NewPluginContext(id uint32) types.PluginContext {
	return plugin{v.VM.NewPluginContext(id)}
}

type plugin struct{ types.PluginContext }

func (p plugin) OnPluginStart(size int) types.OnPluginStartStatus {
	text, err := proxywasm.CallForeignFunction("environment", nil)
	if err == nil {
		os.Clearenv()
		for variable := range strings.SplitSeq(string(text), "\x00") {
			if name, value, ok := strings.Cut(variable, "="); ok {
				if err := os.Setenv(name, value); err != nil {
					return types.OnPluginStartStatusFailed
				}
			}
		}
	}
	return p.PluginContext.OnPluginStart(size)
}

func (v vm) RequestHeaders(stream uint32, endOfStream bool) types.Action {
	command, _ := proxywasm.GetHttpRequestHeader("x-test")
	words := strings.Fields(command)
	switch {
	case len(words) == 3 && words[0] == "write":
		value, err := base64.StdEncoding.DecodeString(words[2])
		if err == nil {
			err = proxywasm.SetSharedData(words[1], value, 0)
		}
		if err != nil {
			panic(err)
		}
		if err := proxywasm.SendHttpResponse(204, nil, nil, -1); err != nil {
			panic(err)
		}
		return types.ActionPause
	case command == "kill":
		panic("as asked for by a test")
	}
	return v.VM.RequestHeaders(stream, endOfStream)
}
