package e2e

import (
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/proxytest"
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"
)

// wazeroEpoch is when the clock of a module on wazero starts. It moves on by a
// millisecond each time it is read.
var wazeroEpoch = time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC)

// TestWazero runs the table against the built module, behind the SDK's
// emulator of a proxy: one VM, in which each configuration is started anew. The
// emulator has no environment: configurations that need one run in a module with
// a door for it.
func TestWazero(t *testing.T) {
	plain, withEnvironment := startModule(t, module(t)), startModule(t, testModule(t))
	for _, name := range slices.Sorted(maps.Keys(configs)) {
		vm := plain
		if configs[name].Environment != nil {
			vm = withEnvironment
		}
		emulated := startWazero(t, vm, name)
		runRows(t, onWazero, rowsOf(name), func(t *testing.T, r Row) {
			mint := &Mint{Now: wazeroEpoch, Tokens: r.Tokens}
			for _, before := range r.Before {
				emulated.do(parseRequest(mint.fill(before), ""))
			}
			s := parseRequest(mint.fill(r.Request), mint.fill(r.Trailers))
			s.HTTP2 = r.HTTP2
			check(t, onWazero, s, emulated.do(s), r.Want)
		})
		for _, line := range emulated.logs() {
			if leaked(line) != "" {
				t.Errorf("a part of a token stands in the log: %s", line)
			}
		}
		emulated.stop()
	}
	reportRows(t, onWazero)
}

// startModule makes a VM of a module.
func startModule(t *testing.T, path string) types.VMContext {
	t.Helper()
	code, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	vm, err := proxytest.NewWasmVMContext(code)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { vm.Close() })
	return vm
}

// emulated is one configuration on wazero.
type emulated struct {
	proxytest.HostEmulator
	answered map[uint32]int // callouts, by context
	stop     func()
}

func startWazero(t *testing.T, vm types.VMContext, config string) *emulated {
	t.Helper()
	mint := &Mint{Now: wazeroEpoch}
	options := proxytest.NewEmulatorOption().WithVMContext(vm).
		WithPluginConfiguration([]byte(mint.fill(configs[config].JSON)))
	host, stop := proxytest.NewHostEmulator(options)
	e := &emulated{HostEmulator: host, answered: map[uint32]int{}, stop: stop}
	// Other hosts than Envoy lack it: what the emulator cannot say by a status,
	// it says by an answer that the probe does not take.
	host.RegisterForeignFunction("verify_signature", func([]byte) []byte { return []byte{0} })
	host.RegisterForeignFunction("sign", func([]byte) []byte { return []byte{0} })
	host.RegisterForeignFunction("environment", func([]byte) []byte {
		text := "\x00"
		for name, value := range configs[config].Environment {
			text += name + "=" + value + "\x00"
		}
		return []byte(text)
	})
	host.StartVM()
	if host.StartPlugin() != types.OnPluginStartStatusOK {
		stop()
		t.Fatalf("%s was refused:\n%s", config, strings.Join(e.logs(), "\n"))
	}
	return e
}

// do sends a request through, and lets time pass while it waits for keys.
func (e *emulated) do(s sent) result {
	id := e.InitializeHttpContext()
	headers := s.arriving()
	e.CallOnRequestHeaders(id, headers, !s.hasBody())
	for range 2000 {
		if e.GetSentLocalResponse(id) != nil || e.GetCurrentHttpStreamAction(id) == types.ActionContinue {
			break
		}
		e.Tick()
		e.answerCallouts()
	}
	r := result{Status: 200, GRPC: -1, Logged: clone(e.GetCurrentRequestHeaders(id))}
	if local := e.GetSentLocalResponse(id); local != nil {
		r.Status, r.GRPC = int(local.StatusCode), int(local.GRPCStatus)
		r.Body, r.Headers = strings.Clone(string(local.Data)), clone(local.Headers)
		r.Logged = append(r.Logged, [2]string{loggedDetails, strings.Clone(local.StatusCodeDetail)})
	} else if e.GetCurrentHttpStreamAction(id) == types.ActionContinue {
		r.Forwarded, r.Upstream = true, r.Logged
	} else {
		r.Status = 0 // still waiting
	}
	e.CallOnResponseHeaders(id, append([][2]string{{":status", strconv.Itoa(r.Status)}}, r.Headers...), true)
	r.Headers = clone(e.GetCurrentResponseHeaders(id))
	return r.withoutBody(s)
}

// answerCallouts answers what the plugin has dispatched.
func (e *emulated) answerCallouts() {
	calls := e.GetCalloutAttributesFromContext(proxytest.PluginContextID)
	for _, call := range calls[e.answered[proxytest.PluginContextID]:] {
		e.answered[proxytest.PluginContextID]++
		status, headers, body, ok := fetch(clone(call.Headers))
		if !ok {
			// As Envoy's own answer to a reset; the emulator cannot give none.
			status, headers, body = 503, nil, ""
		}
		headers = append([][2]string{{":status", strconv.Itoa(status)}}, headers...)
		e.CallOnHttpCallResponse(call.CalloutID, headers, nil, []byte(body))
	}
}

func (e *emulated) logs() []string {
	return slices.Concat(e.GetTraceLogs(), e.GetDebugLogs(), e.GetInfoLogs(), e.GetWarnLogs(), e.GetErrorLogs(), e.GetCriticalLogs())
}

// clone copies what may point into the module's memory.
func clone(headers [][2]string) [][2]string {
	var all [][2]string
	for _, h := range headers {
		all = append(all, [2]string{strings.Clone(h[0]), strings.Clone(h[1])})
	}
	return all
}
