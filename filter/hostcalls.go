//go:build wasip1

package filter

import (
	"errors"
	"time"
	"unsafe"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"

	"github.com/sessiongate/sessiongate/internal/policy"
)

// The host calls that every request makes, and the answer, whose details the
// SDK does not pass on. By way of the SDK each of them goes
// through four functions and more, and every request would leave all its headers
// behind as garbage, which costs more to collect than all the rest. Header lines
// are read into memory that is used again for the next request.

// The maps of header lines (proxy-wasm ABI 0.2.0, proxy_map_type_t).
const (
	requestHeaders  = 0
	requestTrailers = 1
)

// lending is the memory that is lent, and the lines in it.
var lending struct {
	open   bool // a host call is to write to memory
	memory []byte
	lines  [][2]string

	// What the host call writes: 32 bits each. Not on the stack, which may move
	// while the host calls back for memory.
	data *byte
	size uint32
}

// maxLending is how much memory is kept for the next request. Envoy takes 60
// KiB of headers unless told otherwise.
const maxLending = 64 << 10

//go:wasmimport env proxy_get_header_map_pairs
func proxyGetHeaderMapPairs(kind uint32, data, size unsafe.Pointer) (status uint32)

//go:wasmimport env proxy_add_header_map_value
//go:noescape
func proxyAddHeaderMapValue(kind uint32, name unsafe.Pointer, nameSize uint32, value unsafe.Pointer, valueSize uint32) (status uint32)

//go:wasmimport env proxy_send_local_response
//go:noescape
func proxySendLocalResponse(code uint32, details unsafe.Pointer, detailsSize uint32, body unsafe.Pointer, bodySize uint32,
	headers unsafe.Pointer, headersSize uint32, grpcStatus int32) (status uint32)

//go:wasmimport env proxy_increment_metric
func proxyIncrementMetric(id uint32, by int64) (status uint32)

//go:wasmimport wasi_snapshot_preview1 random_get
//go:noescape
func randomGet(to unsafe.Pointer, size uint32) (errno uint32)

//go:wasmimport wasi_snapshot_preview1 clock_time_get
//go:noescape
func clockTimeGet(clock uint32, precision uint64, nanoseconds *uint64) (errno uint32)

// malloc is what the host calls for memory to write results to. Hosts that do
// not know it call the SDK's proxy_on_memory_allocate.
//
//go:wasmexport malloc
func malloc(size uint32) unsafe.Pointer {
	if !lending.open || size > maxLending {
		return unsafe.Pointer(unsafe.SliceData(make([]byte, max(size, 1))))
	}
	if int(size) > len(lending.memory) {
		lending.memory = make([]byte, max(2*size, 4<<10))
	}
	return unsafe.Pointer(unsafe.SliceData(lending.memory))
}

// lentLines are the lines of a map, which hold until lentLines is called again.
func lentLines(kind uint32) ([][2]string, error) {
	l := &lending
	l.open, l.data, l.size = true, nil, 0
	status := proxyGetHeaderMapPairs(kind, unsafe.Pointer(&l.data), unsafe.Pointer(&l.size))
	l.open = false
	if status != 0 || l.data == nil {
		return nil, types.ErrorStatusNotFound
	}
	lines, ok := readLines(l.lines[:0], unsafe.String(l.data, l.size))
	l.lines = lines
	if !ok {
		return nil, types.ErrorInternalFailure
	}
	return lines, nil
}

func (*sdkHost) AddRequestHeader(name, value string) error {
	if proxyAddHeaderMapValue(requestHeaders, unsafe.Pointer(unsafe.StringData(name)), uint32(len(name)),
		unsafe.Pointer(unsafe.StringData(value)), uint32(len(value))) != 0 {
		return types.ErrorInternalFailure
	}
	return nil
}

func (*sdkHost) SendResponse(a policy.Answer) error {
	headers := writeLines(a.Headers)
	if proxySendLocalResponse(uint32(a.Status), unsafe.Pointer(unsafe.StringData(a.Details)), uint32(len(a.Details)),
		unsafe.Pointer(unsafe.StringData(a.Body)), uint32(len(a.Body)),
		unsafe.Pointer(unsafe.SliceData(headers)), uint32(len(headers)), a.GRPCStatus) != 0 {
		return types.ErrorInternalFailure
	}
	return nil
}

func (*sdkHost) AddToMetric(id uint32, by int64) error {
	if proxyIncrementMetric(id, by) != 0 {
		return errMetric
	}
	return nil
}

var errRandom = errors.New("the proxy has given no random bytes")

// RandomBytes asks the host. Package crypto/rand would do so by way of an
// interface for which the linker keeps the reading of files, a function of the
// host that old proxies do not have.
func (*sdkHost) RandomBytes(to []byte) error {
	if len(to) > 0 && randomGet(unsafe.Pointer(unsafe.SliceData(to)), uint32(len(to))) != 0 {
		return errRandom
	}
	return nil
}

// Now is the time of the day alone: time.Now asks the host twice, for a clock
// that is never set, too. Nothing here relies on that one, because the VMs of a
// process compare their times.
func (*sdkHost) Now() time.Time {
	var nanoseconds uint64
	if clockTimeGet(0, 1000, &nanoseconds) != 0 {
		return time.Now()
	}
	return time.Unix(0, int64(nanoseconds))
}
