package filter

import (
	"testing"
	"time"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
)

// patient is a proxy that takes everything and hands out the same headers.
type patient struct {
	Host
	configuration string
	headers       [][2]string
	added         int
}

func (*patient) Now() time.Time                        { return time.Unix(1_800_000_000, 0) }
func (*patient) Log(LogLevel, string)                  {}
func (*patient) Environment(string) string             { return "" }
func (*patient) AddToMetric(uint32, int64) error       { return nil }
func (*patient) RecordMetric(uint32, uint64) error     { return nil }
func (*patient) SetProperty(string, string) error      { return nil }
func (*patient) SetRequestHeader(string, string) error { return nil }
func (*patient) RemoveRequestHeader(string) error      { return nil }

func (*patient) DefineMetric(MetricKind, string) (uint32, error)    { return 0, nil }
func (*patient) CallForeign(string, []byte) ([]byte, error)         { return nil, ErrNotFound }
func (p *patient) PluginConfiguration() ([]byte, error)             { return []byte(p.configuration), nil }
func (p *patient) RequestHeaders() ([][2]string, error)             { return p.headers, nil }
func (p *patient) AddRequestHeader(string, string) (notAdded error) { p.added++; return nil }

// TestAllocations guards the whole way of a request whose token was seen before.
func TestAllocations(t *testing.T) {
	key := jwttest.NewKey(jwa.ES256, "a")
	token := jwttest.Sign(key, nil, map[string]any{"iss": "https://issuer.example.com", "sub": "user_1", "sid": "sess_1", "exp": 1_800_000_600})
	for name, line := range map[string][2]string{
		"bearer": {"authorization", "Bearer " + token},
		"cookie": {"cookie", "theme=dark; session=" + token + "; lang=en"},
	} {
		t.Run(name, func(t *testing.T) {
			host := &patient{
				configuration: `{"providers": [{"name": "mine", "issuer": "https://issuer.example.com", "fromCookies": ["session"], "forwardOriginalToken": true, "jwks": ` +
					jwttest.JWKSet(key) + `}]}`,
				headers: [][2]string{
					{":method", "GET"}, {":scheme", "https"}, {":authority", "app.example.com"}, {":path", "/orders/42?page=2"},
					line, {"accept", "*/*"}, {"user-agent", "test"}, {"x-request-id", "1"},
				},
			}
			v := NewVM(host)
			if v.NewPluginContext(1).OnPluginStart(0) != types.OnPluginStartStatusOK {
				t.Fatal("the plugin did not start")
			}
			id := uint32(1)
			request := func() {
				id++
				v.StreamCreated(id, 1)
				if v.RequestHeaders(id, true) != types.ActionContinue {
					t.Fatal("the request was not forwarded")
				}
				v.ResponseHeaders(id)
				v.StreamDone(id)
			}
			request()
			if host.added == 0 {
				t.Fatal("no identity headers were set")
			}
			if got := testing.AllocsPerRun(200, request); got > 0 {
				t.Errorf("%v allocations", got)
			}
		})
	}
}
