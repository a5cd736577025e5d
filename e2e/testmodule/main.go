// Command testmodule is the filter with two doors for tests: a request can
// write shared data, as another plugin with the same vm_id could, and kill its
// VM, as a bug of the proxy or of Go's runtime could. It is not for production.
//
//	x-test: write NAME VALUE    stores a value, given in base64; answered with 204
//	x-test: kill                panics where nothing recovers
package main

import (
	"encoding/base64"
	"strings"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm"
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"

	"github.com/sessiongate/sessiongate/filter"
)

func main() {}

func init() { proxywasm.SetVMContext(vm{filter.NewVM(filter.Proxy())}) }

type vm struct{ types.VMContext }

func (v vm) NewPluginContext(id uint32) types.PluginContext {
	return plugin{v.VMContext.NewPluginContext(id)}
}

type plugin struct{ types.PluginContext }

func (p plugin) NewHttpContext(id uint32) types.HttpContext {
	return stream{p.PluginContext.NewHttpContext(id)}
}

type stream struct{ types.HttpContext }

func (s stream) OnHttpRequestHeaders(count int, end bool) types.Action {
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
	return s.HttpContext.OnHttpRequestHeaders(count, end)
}
