package filter

import (
	"time"

	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/jwks/remote"
)

// Host is what the filter uses of the proxy. The methods about a request, a
// response or a property concern the stream whose callback is running, or the
// one that SetEffectiveContext has chosen since.
//
// Strings and slices that a Host returns belong to the caller, but for the
// lines of headers and trailers: those are lent until the running callback
// returns. Calls answer at once; what they start (a dispatched call, a resumed request) happens
// after the running callback has returned.
type Host interface {
	// RequestHeaders are all lines, in order, names in lower case, pseudo
	// headers included. Lines of authorization have been joined with commas.
	RequestHeaders() ([][2]string, error)
	// SetRequestHeader makes one line of it, in place of all there were.
	SetRequestHeader(name, value string) error
	// AddRequestHeader adds a line.
	AddRequestHeader(name, value string) error
	// RemoveRequestHeader removes all lines of it.
	RemoveRequestHeader(name string) error
	RequestTrailers() ([][2]string, error)
	RemoveRequestTrailer(name string) error
	// ResumeRequest sends a paused request on its way.
	ResumeRequest() error
	// SendResponse answers in place of the upstream.
	SendResponse(answer policy.Answer) error
	AddResponseHeader(name, value string) error
	SetResponseHeader(name, value string) error
	// SetProperty makes filter state "wasm." + name.
	SetProperty(name, value string) error

	// SetEffectiveContext chooses the stream (or plugin) that the following
	// calls are about, until the running callback returns. It fails for a
	// stream that has gone.
	SetEffectiveContext(id uint32) error
	// StreamEnding reports whether the stream in effect has been cut off. Envoy
	// finds the context of such a stream for a moment longer, but to resume or
	// answer it then would call a context that the module has deleted.
	StreamEnding() bool

	// PluginConfiguration is the configuration of the plugin that starts.
	PluginConfiguration() ([]byte, error)
	// SetTickPeriod sets how often the plugin's OnTick is called; at least 1 ms.
	SetTickPeriod(period time.Duration) error
	// Dispatch sends an HTTP request without a body to a cluster. To be called
	// with the plugin's context in effect. done is called once, from a later
	// callback, with how many header lines and body bytes came: no headers
	// mean that the call was reset. An error means that done is never called.
	Dispatch(cluster string, headers [][2]string, timeout time.Duration, done func(headers, bodySize int)) error
	// CallHeaders and CallBody read the answer, inside done only.
	CallHeaders() ([][2]string, error)
	CallBody(max int) ([]byte, error)

	// SharedData reads what any VM with the same vm_id has stored under the
	// key. The error is ErrNotFound if none has.
	SharedData(key string) (value []byte, cas uint32, err error)
	// SetSharedData stores a value. With a cas that is not 0 it fails if the
	// value was stored again since; with 0 it always overwrites.
	SetSharedData(key string, value []byte, cas uint32) error

	// CallForeign calls a function that the host offers by name.
	CallForeign(name string, argument []byte) ([]byte, error)
	// Environment is a variable of the VM's environment, empty if not set.
	Environment(name string) string

	// DefineMetric gives the id of a metric, making it if there is none of
	// that name yet.
	DefineMetric(kind MetricKind, name string) (id uint32, err error)
	// AddToMetric changes a counter (by a positive number) or a gauge.
	AddToMetric(id uint32, by int64) error
	// RecordMetric adds a value to a histogram, or sets a gauge.
	RecordMetric(id uint32, value uint64) error

	Log(level LogLevel, message string)
	// RandomBytes fills memory with random bytes that nobody can foresee.
	RandomBytes(to []byte) error
	// Now is the time of the day; a clock that is set goes backwards, too.
	Now() time.Time
	// Random is a number in [0, 1).
	Random() float64
}

// ErrNotFound is the error for a key that no VM has stored anything under.
var ErrNotFound = remote.ErrNotFound

// MetricKind is the kind of a metric.
type MetricKind uint8

// The kinds of metrics.
const (
	Counter MetricKind = iota
	Gauge
	Histogram
)

// LogLevel is how much a log line matters.
type LogLevel uint8

// The levels, as the proxy names them.
const (
	LogDebug LogLevel = iota
	LogInfo
	LogWarn
	LogError
	LogCritical
)
