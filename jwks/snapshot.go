package jwks

// Snapshot is what is known of a provider's keys at one moment, as a
// verification needs it.
type Snapshot struct {
	// Set is nil while there are no keys to trust: none came yet, or they are
	// older than jwksMaxStale.
	Set *Set
	// OnMissing tells what to do about a key that Set does not have (or about
	// every key while Set is nil).
	OnMissing OnMissing
}

// OnMissing is what a missing key leads to.
type OnMissing uint8

// What a missing key leads to.
const (
	// OnMissingRefuse: the key server was asked for a missing key less than
	// jwksUnknownKeyInterval ago, and is not asked again.
	OnMissingRefuse OnMissing = iota
	// OnMissingFetch: a fetch is under way or may start now; the request may wait for it.
	OnMissingFetch
	// OnMissingUnavailable: the last fetch failed and the next one is not due.
	// Whether the key exists cannot be known at present.
	OnMissingUnavailable
)
