// Command plugin is the module that bench/jwt runs in Envoy: it answers a
// request for /<algorithm> with what one verification takes there.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"strconv"
	"time"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm"
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/strictjson"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwt"
)

func main() {}

func init() { proxywasm.SetVMContext(&vm{}) }

type vm struct{ types.DefaultVMContext }

func (*vm) NewPluginContext(uint32) types.PluginContext { return &plugin{} }

type plugin struct {
	types.DefaultPluginContext
	samples []strictjson.Value
}

// OnPluginStart reads the samples: alg, jwks, signed and signature, in base64.
func (p *plugin) OnPluginStart(int) types.OnPluginStartStatus {
	configuration, err := proxywasm.GetPluginConfiguration()
	if err != nil {
		return types.OnPluginStartStatusFailed
	}
	samples, wrong := strictjson.Document(string(configuration))
	if wrong != nil {
		return types.OnPluginStartStatusFailed
	}
	strictjson.ElementsOf(samples.Raw, func(raw, _ string) { p.samples = append(p.samples, strictjson.Value{Raw: raw}) })
	return types.OnPluginStartStatusOK
}

func (p *plugin) NewHttpContext(uint32) types.HttpContext { return &stream{plugin: p} }

type stream struct {
	types.DefaultHttpContext
	plugin *plugin
}

func (s *stream) OnHttpRequestHeaders(int, bool) types.Action {
	path, _ := proxywasm.GetHttpRequestHeader(":path")
	status, body := s.plugin.measure(path)
	if err := proxywasm.SendHttpResponse(status, nil, []byte(body), -1); err != nil {
		proxywasm.LogError(err.Error())
	}
	return types.ActionPause
}

func (p *plugin) measure(path string) (status uint32, body string) {
	for _, sample := range p.samples {
		text := func(name string) string { return strictjson.Member(sample, name).Text }
		if path != "/"+text("alg") {
			continue
		}
		if token := jwt.Token(text("token")); token != "" {
			took, ok := average(func() bool { _, r := jwt.Parse(token, 8192); return r == reason.None })
			return answer(0, took, ok)
		}
		alg, _ := jwa.ByName(text("alg"))
		signed := text("signed")
		set, err := jwks.Parse([]byte(text("jwks")), jwks.Inline)
		signature, err2 := base64.StdEncoding.DecodeString(text("signature"))
		if err != nil || err2 != nil {
			return 500, "a sample that cannot be read"
		}
		inGo, ok := average(func() bool { return jwt.Go{}.Verify(alg, set.Keys[0], signed, signature) })
		if !ok {
			return 500, "Go does not verify"
		}
		inHost := 0.0
		if alg.IsPKCS1() || alg.IsECDSA() {
			if inHost, ok = average(func() bool { return verifyInHost(alg, set.Keys[0], signed, signature) }); !ok {
				return 500, "the host does not verify"
			}
		}
		return answer(inHost, inGo, ok)
	}
	return 404, "no such algorithm"
}

func answer(inHost, inGo float64, ok bool) (status uint32, body string) {
	if !ok {
		return 500, "Go does not accept the sample"
	}
	return 200, `{"host":` + strconv.FormatFloat(inHost, 'f', -1, 64) + `,"go":` + strconv.FormatFloat(inGo, 'f', -1, 64) + "}"
}

// average is the nanoseconds of a call, after some that let V8 compile it well.
func average(verify func() bool) (nanoseconds float64, ok bool) {
	const (
		warm = 300 * time.Millisecond
		long = 700 * time.Millisecond
	)
	for begin := time.Now(); time.Since(begin) < warm; {
		if !verify() {
			return 0, false
		}
	}
	calls := 0
	begin := time.Now()
	for time.Since(begin) < long {
		verify()
		calls++
	}
	return float64(time.Since(begin).Nanoseconds()) / float64(calls), true
}

// verifyInHost asks Envoy: 1 the hash function's name, 2 the key, 3 the
// signature, for ECDSA in DER, 4 the text, as a protobuf message.
func verifyInHost(alg jwa.Algorithm, key *jwks.Key, signed string, signature []byte) bool {
	if alg.IsECDSA() {
		signature, _ = jwa.ECDSADER(signature)
	}
	message := make([]byte, 0, 2048)
	for i, field := range []string{alg.HashName(), string(key.SPKI), string(signature), signed} {
		message = append(message, byte(i+1)<<3|2)
		message = binary.AppendUvarint(message, uint64(len(field)))
		message = append(message, field...)
	}
	result, err := proxywasm.CallForeignFunction("verify_signature", message)
	return err == nil && len(result) >= 2 && result[0] == 1<<3 && result[1] == 1
}
