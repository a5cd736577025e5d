// Package remote keeps the key set of one URL: when to fetch it, fetching it,
// and sharing it with the other VMs of a process.
//
// # Guarantees
//
// A set once fetched is used until it is older than MaxStale. Only a 200 with a
// key set of at most jwks.MaxBytes, in which a key is usable or which is empty,
// replaces it. Attempts that fail are at least a second apart, successful ones
// for unknown keys UnknownKeyInterval. VMs that share data fetch once for all,
// and what they read there is checked like an answer of the net. A clock that
// was set back makes a set due and an attempt over, never a set fresh for
// longer.
//
// # Limits
//
// The package has no clock, no network and no randomness: Proxy brings them.
// Keys is not safe for concurrent use.
package remote

import (
	"errors"
	"time"
)

// Source is where a key set is fetched, and how often.
type Source struct {
	URL     string // with the scheme http or https
	Cluster string // the proxy's name of where the request goes
	Headers [][2]string

	RefreshInterval    time.Duration // a set older than this is fetched again
	Timeout            time.Duration // of one fetch
	MaxStale           time.Duration // a set older than this is not trusted
	UnknownKeyInterval time.Duration // between successful fetches for unknown key ids
}

// Proxy is what Keys uses of the proxy.
type Proxy interface {
	// Dispatch sends a request without a body to a cluster. After it has
	// returned, done is called once; then the snapshot may have changed, and
	// Tick is to be called. An error means that done is never called.
	Dispatch(cluster string, headers [][2]string, timeout time.Duration, done func(Answer)) error
	// SharedData reads what any VM has stored under a name. The error is
	// ErrNotFound if none has; any other means that data cannot be shared, and
	// nothing is stored then.
	SharedData(name string) (value []byte, cas uint32, err error)
	// SetSharedData stores a value. With a cas that is not 0 it fails if
	// another value was stored since; with 0 it always overwrites.
	SetSharedData(name string, value []byte, cas uint32) error
	// Now is the time of the day, which may be set back.
	Now() time.Time
	// Random is a number in [0, 1).
	Random() float64
}

// ErrNotFound is the error for a name that no VM has stored anything under.
var ErrNotFound = errors.New("no such name in shared data")

// Answer is the answer to a dispatched request, to be read while done runs.
type Answer interface {
	// Headers are all lines, names in lower case, with the :status. There are
	// none if the connection broke.
	Headers() ([][2]string, error)
	// Body is the body, cut after so many bytes.
	Body(most int) ([]byte, error)
}

// Report tells the operator what came of an attempt to get keys.
type Report struct {
	Outcome Outcome
	Text    string // for the log; empty if there is nothing new
}

// Outcome is how an attempt to fetch keys ended.
type Outcome uint8

// The outcomes.
const (
	NotFetched     Outcome = iota // keys that another VM has published cannot be used
	FetchOK                       // a set came
	FetchNotSent                  // the proxy refused the call: no such cluster, no healthy endpoint
	FetchReset                    // the connection broke
	FetchTimeout                  // no answer in time, or a 504
	FetchBadStatus                // any other status than 200
	FetchTooLarge                 // more than 1 MiB
	FetchUnusable                 // not a key set, or no usable key in it

	Outcomes // how many there are
)

// String is the outcome as metrics name it.
func (o Outcome) String() string {
	return [Outcomes]string{"none", "ok", "not-sent", "reset", "timeout", "status", "too-large", "unusable"}[o]
}
