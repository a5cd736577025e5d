package jwks

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
