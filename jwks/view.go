package jwks

import "time"

// View is what is known of a provider's keys at one moment, as a verification
// needs it.
type View struct {
	// Set is nil while there are no keys to trust: none came yet, or they are
	// older than jwksMaxStale.
	Set *Set
	// Lacking tells what to do about a key that Set does not have (or about
	// everything while Set is nil).
	Lacking Lacking
}

// Lacking is what a missing key leads to.
type Lacking uint8

// What a missing key leads to.
const (
	// LackingFinal: the key server was asked for a key that was missing less
	// than jwksUnknownKeyInterval ago, and is not asked again.
	LackingFinal Lacking = iota
	// LackingFetch: a fetch is under way or may start now; the request may wait for it.
	LackingFetch
	// LackingUnavailable: the last fetch failed and the next one is not due;
	// nobody can tell at present.
	LackingUnavailable
)

// View is what a verification may rely on now. A set that came in the course of
// refreshing, without an unknown key, is not final however fresh it is: a key
// may be used right after it was published.
func (s *Schedule) View(now time.Time) View {
	var v View
	if s.set != nil && !s.stale(now) {
		v.Set = s.set
	}
	switch {
	case v.Set != nil && s.askedLately(now):
		v.Lacking = LackingFinal
	case s.fetching(now) || s.status.Lease.After(now):
		v.Lacking = LackingFetch
	case s.failing(now):
		v.Lacking = LackingUnavailable
	default:
		v.Lacking = LackingFetch
	}
	return v
}
