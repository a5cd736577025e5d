package session

import "slices"

// Reverification is how lately and how strongly a rule asks a user to have been
// verified. The zero value asks for nothing.
type Reverification struct {
	Name         string // where the vendor has one for the level and the minutes
	Level        string // one of the vendor's
	AfterMinutes int    // from which on a verification is too old
}

// Reverifier is what a vendor's tokens say about how lately a user was verified.
type Reverifier struct {
	Named  []Reverification
	Levels []string
	// Met reports whether a session is as a rule asks. known is false where its
	// token does not say, or not in the vendor's form.
	Met func(*Identity, Reverification) (met, known bool)
	// Body is the JSON that tells the vendor's code in the page what is asked for.
	Body func(Reverification) string
}

// Factors are how many minutes before a token was made the user's factors were
// verified.
type Factors struct {
	Known         bool    // the token says it
	First, Second float64 // -1: never
}

// Reverifications are those of all presets that have a name.
func (all Presets) Reverifications() (named []Reverification) {
	for _, p := range all.reverifiers() {
		named = append(named, p.Named...)
	}
	return named
}

// ReverificationNames are their names.
func (all Presets) ReverificationNames() (names []string) {
	for _, r := range all.Reverifications() {
		names = append(names, r.Name)
	}
	return names
}

// ReverificationLevels are the levels of all presets.
func (all Presets) ReverificationLevels() (levels []string) {
	for _, p := range all.reverifiers() {
		levels = append(levels, p.Levels...)
	}
	return levels
}

// reverifiers are those of the presets, each once.
func (all Presets) reverifiers() (found []*Reverifier) {
	for _, p := range all {
		if p.Reverifier != nil && !slices.Contains(found, p.Reverifier) {
			found = append(found, p.Reverifier)
		}
	}
	return found
}
