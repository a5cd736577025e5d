// Command verifymodule is the filter's verifier alone, for tests: it checks
// the signature that a request brings. It is not for production.
//
//	x-alg         the algorithm's name, as in JWS
//	x-jwk         the key, as a JWK Set
//	x-message     what is signed, in hexadecimal
//	x-signature   the signature in the form of JWS, in hexadecimal
//
// The answer is 200 for a right signature, 403 for a wrong one, 400 for a key
// that cannot be used and 500 for a request that cannot be read. With 200 and
// 403 the header x-asked says how often the proxy was asked and answered, and
// x-failed how often it could not be asked.
package main

import (
	"encoding/hex"
	"strconv"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm"
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"

	"github.com/sessiongate/sessiongate/filter"
	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwt"
)

func main() {}

func init() { proxywasm.SetVMContext(&vm{host: &counting{Host: filter.Proxy()}}) }

// counting counts the calls of foreign functions.
type counting struct {
	filter.Host
	asked, failed int
}

func (c *counting) CallForeign(name string, argument []byte) ([]byte, error) {
	result, err := c.Host.CallForeign(name, argument)
	if err != nil {
		c.failed++
	} else {
		c.asked++
	}
	return result, err
}

type vm struct {
	types.DefaultVMContext
	host     *counting
	verifier jwt.Verifier // made when the first plugin starts
}

func (v *vm) NewPluginContext(uint32) types.PluginContext { return &plugin{vm: v} }

type plugin struct {
	types.DefaultPluginContext
	vm *vm
}

func (p *plugin) OnPluginStart(int) types.OnPluginStartStatus {
	if p.vm.verifier == nil {
		p.vm.verifier = filter.NewVerifier(p.vm.host)
	}
	return types.OnPluginStartStatusOK
}

func (p *plugin) NewHttpContext(uint32) types.HttpContext { return &stream{vm: p.vm} }

type stream struct {
	types.DefaultHttpContext
	vm *vm
}

func (s *stream) OnHttpRequestHeaders(int, bool) types.Action {
	status, headers := s.vm.answer()
	if err := s.vm.host.SendResponse(policy.Answer{Status: status, Headers: headers, GRPCStatus: -1}); err != nil {
		panic(err)
	}
	return types.ActionPause
}

func (v *vm) answer() (status int, headers [][2]string) {
	lines, err := v.host.RequestHeaders()
	values := make(map[string]string, len(lines))
	for _, line := range lines {
		values[line[0]] = line[1]
	}
	alg, known := jwa.ByName(values["x-alg"])
	message, err1 := hex.DecodeString(values["x-message"])
	signature, err2 := hex.DecodeString(values["x-signature"])
	if err != nil || err1 != nil || err2 != nil || !known {
		return 500, nil
	}
	set, err := jwks.Parse([]byte(values["x-jwk"]), jwks.Inline)
	if err != nil || len(set.Keys) != 1 {
		return 400, nil
	}
	v.host.asked, v.host.failed = 0, 0
	status = 403
	if v.verifier.Verify(alg, set.Keys[0], string(message), signature) {
		status = 200
	}
	return status, [][2]string{{"x-asked", strconv.Itoa(v.host.asked)}, {"x-failed", strconv.Itoa(v.host.failed)}}
}
