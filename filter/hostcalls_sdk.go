//go:build !wasip1

package filter

import (
	"crypto/rand"
	"time"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm"

	"github.com/sessiongate/sessiongate/internal/policy"
)

const (
	requestHeaders = iota
	requestTrailers
)

// Outside of Wasm, the host calls of every request go by way of the SDK, to its
// emulator.

func lentLines(kind int) ([][2]string, error) {
	if kind == requestTrailers {
		return proxywasm.GetHttpRequestTrailers()
	}
	return proxywasm.GetHttpRequestHeaders()
}

func (*sdkHost) AddRequestHeader(name, value string) error {
	return proxywasm.AddHttpRequestHeader(name, value)
}

// SendResponse leaves out the details, which the SDK does not take.
func (*sdkHost) SendResponse(a policy.Answer) error {
	return proxywasm.SendHttpResponse(uint32(a.Status), a.Headers, []byte(a.Body), a.GRPCStatus)
}

func (*sdkHost) AddToMetric(id uint32, by int64) (err error) {
	defer refused(&err)
	proxywasm.MetricGauge(id).Add(by)
	return nil
}

func (*sdkHost) RandomBytes(to []byte) error {
	_, err := rand.Read(to)
	return err
}

func (*sdkHost) Now() time.Time { return time.Now().Round(0) }
