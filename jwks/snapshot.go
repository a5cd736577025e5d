package jwks

import "time"

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

// Snapshot is what a verification may rely on now. A set that came in the course of
// refreshing, without an unknown key, is not final however fresh it is: a key
// may be used right after it was published.
func (s *Schedule) Snapshot(now time.Time) Snapshot {
	var v Snapshot
	if s.set != nil && !s.stale(now) {
		v.Set = s.set
	}
	switch {
	case v.Set != nil && s.askedLately(now):
		v.OnMissing = OnMissingRefuse
	case s.fetching(now) || s.status.Lease.After(now):
		v.OnMissing = OnMissingFetch
	case s.failing(now):
		v.OnMissing = OnMissingUnavailable
	default:
		v.OnMissing = OnMissingFetch
	}
	return v
}
