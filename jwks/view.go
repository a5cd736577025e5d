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
	// LackingFinal: the set is fresh enough to say that there is no such key.
	LackingFinal Lacking = iota
	// LackingFetch: a fetch is under way or may start now; the request may wait for it.
	LackingFetch
	// LackingUnavailable: the last fetch failed and the next one is not due;
	// nobody can tell at present.
	LackingUnavailable
)

// View is what a verification may rely on now.
func (s *Schedule) View(now time.Time) View {
	var v View
	if s.set != nil && !s.stale(now) {
		v.Set = s.set
	}
	age := now.Sub(s.status.Fetched)
	switch {
	case v.Set != nil && age >= 0 && age < s.timing.UnknownKeyInterval:
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
