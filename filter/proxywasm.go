package filter

import (
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"os"
	"time"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm"
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"
)

// Proxy is the Host of a real VM.
func Proxy() Host { return new(sdkHost) }

// sdkHost is the Host of a real VM, by way of the SDK but for the calls that
// every request makes.
type sdkHost struct{}

var _ Host = (*sdkHost)(nil)

func (*sdkHost) RequestHeaders() ([][2]string, error) { return lentLines(requestHeaders) }

func (*sdkHost) SetRequestHeader(name, value string) error {
	return proxywasm.ReplaceHttpRequestHeader(name, value)
}

func (*sdkHost) RemoveRequestHeader(name string) error {
	return proxywasm.RemoveHttpRequestHeader(name)
}

func (*sdkHost) RequestTrailers() ([][2]string, error) { return lentLines(requestTrailers) }

func (*sdkHost) RemoveRequestTrailer(name string) error {
	return proxywasm.RemoveHttpRequestTrailer(name)
}

func (*sdkHost) ResumeRequest() error { return proxywasm.ResumeHttpRequest() }

func (*sdkHost) AddResponseHeader(name, value string) error {
	return proxywasm.AddHttpResponseHeader(name, value)
}

func (*sdkHost) SetResponseHeader(name, value string) error {
	return proxywasm.ReplaceHttpResponseHeader(name, value)
}

func (*sdkHost) SetProperty(name, value string) error {
	return proxywasm.SetProperty([]string{name}, []byte(value))
}

func (*sdkHost) SetEffectiveContext(id uint32) error { return proxywasm.SetEffectiveContext(id) }

// delayInjected is the one response flag of Envoy that a request can have which
// goes on: a fault filter before this one has held it up.
const delayInjected = 1 << 9

// StreamEnding looks at Envoy's response flags: a request without a response
// has none but for its end. A proxy that does not offer them says nothing.
func (*sdkHost) StreamEnding() bool {
	flags, err := proxywasm.GetProperty([]string{"response", "flags"})
	return err == nil && len(flags) == 8 && binary.LittleEndian.Uint64(flags)&^delayInjected != 0
}

// PluginConfiguration takes the SDK's "not found" for what it is there: an
// empty configuration.
func (*sdkHost) PluginConfiguration() ([]byte, error) {
	data, err := proxywasm.GetPluginConfiguration()
	if errors.Is(err, types.ErrorStatusNotFound) {
		return nil, nil
	}
	return data, err
}

func (*sdkHost) SetTickPeriod(period time.Duration) error {
	return proxywasm.SetTickPeriodMilliSeconds(uint32(max(period/time.Millisecond, 1)))
}

func (*sdkHost) Dispatch(cluster string, headers [][2]string, timeout time.Duration, done func(headers, bodySize int)) error {
	_, err := proxywasm.DispatchHttpCall(cluster, headers, nil, nil, uint32(timeout/time.Millisecond),
		func(headers, bodySize, _ int) { done(headers, bodySize) })
	return err
}

func (*sdkHost) CallHeaders() ([][2]string, error) { return proxywasm.GetHttpCallResponseHeaders() }

func (*sdkHost) CallBody(max int) ([]byte, error) { return proxywasm.GetHttpCallResponseBody(0, max) }

func (*sdkHost) SharedData(key string) ([]byte, uint32, error) {
	value, cas, err := proxywasm.GetSharedData(key)
	if errors.Is(err, types.ErrorStatusNotFound) {
		return nil, 0, ErrNotFound
	}
	return value, cas, err
}

func (*sdkHost) SetSharedData(key string, value []byte, cas uint32) error {
	return proxywasm.SetSharedData(key, value, cas)
}

func (*sdkHost) CallForeign(name string, argument []byte) ([]byte, error) {
	return proxywasm.CallForeignFunction(name, argument)
}

func (*sdkHost) Environment(name string) string { return os.Getenv(name) }

var errMetric = errors.New("the proxy refused the metric")

// refused turns the SDK's panics about metrics into errors.
func refused(err *error) {
	if recover() != nil {
		*err = errMetric
	}
}

func (*sdkHost) DefineMetric(kind MetricKind, name string) (id uint32, err error) {
	defer refused(&err)
	switch kind {
	case Counter:
		return uint32(proxywasm.DefineCounterMetric(name)), nil
	case Gauge:
		return uint32(proxywasm.DefineGaugeMetric(name)), nil
	default:
		return uint32(proxywasm.DefineHistogramMetric(name)), nil
	}
}

func (*sdkHost) RecordMetric(id uint32, value uint64) (err error) {
	defer refused(&err)
	proxywasm.MetricHistogram(id).Record(value)
	return nil
}

var logs = [...]func(message string){
	LogDebug:    proxywasm.LogDebug,
	LogInfo:     proxywasm.LogInfo,
	LogWarn:     proxywasm.LogWarn,
	LogError:    proxywasm.LogError,
	LogCritical: proxywasm.LogCritical,
}

func (*sdkHost) Log(level LogLevel, message string) { logs[level](message) }

func (*sdkHost) Random() float64 { return rand.Float64() }
