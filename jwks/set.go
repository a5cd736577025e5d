package jwks

import (
	"slices"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/strictjson"
)

// Origin tells how a set came here, which decides how kids are matched.
type Origin uint8

// The origins.
const (
	Remote Origin = iota // fetched from a URL
	Inline               // a JWK Set in the configuration
	PEM                  // one PEM key in the configuration: takes any kid
)

// MaxBytes is how long a key set may be.
const MaxBytes = 1 << 20

// Set is a parsed key set. It is read-only once made.
type Set struct {
	Keys    []*Key
	Skipped int // keys that cannot be used: HMAC, encryption, unknown curve, malformed
	Origin  Origin

	skippedIDs []string // the kids of the keys that cannot be used
}

// Parse reads a JWK Set (RFC 7517 section 5). Keys that cannot be used are
// skipped and counted. The error is ErrTooLarge, ErrNotJSON, ErrNoKeysMember
// or, if there are keys but none can be used, ErrNoUsableKey. An empty list is
// a set: one that says that there are no keys now.
func Parse(data []byte, origin Origin) (*Set, error) {
	if len(data) > MaxBytes {
		return nil, ErrTooLarge
	}
	object, ok := strictjson.Outline(data)
	if !ok {
		return nil, ErrNotJSON
	}
	list, lists := "", 0
	strictjson.MembersOf(object, func(name, raw, _ string) {
		if name == "keys" {
			list = raw
			lists++
		}
	})
	if lists != 1 || list[0] != '[' {
		return nil, ErrNoKeysMember
	}
	set := &Set{Origin: origin}
	strictjson.ElementsOf(list, func(raw, _ string) { set.add(raw) })
	if len(set.Keys) == 0 && set.Skipped > 0 {
		return nil, ErrNoUsableKey
	}
	return set, nil
}

// add takes one element of "keys".
func (s *Set) add(jwk string) {
	key, id, hasID := parseJWK(jwk)
	switch {
	case key != nil:
		s.Keys = append(s.Keys, key)
		return
	case hasID:
		s.skippedIDs = append(s.skippedIDs, id)
	}
	s.Skipped++
}

// Match is how a search in a set ended.
type Match uint8

// The outcomes of Find.
const (
	Found   Match = iota
	Unfit         // a key of that kid is there but does not fit the algorithm; or no kid, and no candidate or too many
	Unknown       // no key of that kid
)

// MaxCandidates is how many keys a token without kid is tried with. A set in
// the middle of a rotation has two or three.
const MaxCandidates = 8

// Find picks the keys that a token with that kid (if hasKID) and algorithm may
// be signed with. The candidates are the keys that may verify alg.
//
// With a kid it is one key: the last candidate of that kid; if there is none
// but a key of that kid, Unfit; in an Inline set, the last candidate without a
// kid; the key of a PEM, whatever the kid. Without a kid it is every candidate,
// up to MaxCandidates, beyond which it is Unfit; with requireKID only the key
// of a PEM. The list is empty unless Found, and must not be changed.
func (s *Set) Find(kid string, hasKID bool, alg jwa.Algorithm, requireKID bool) ([]*Key, Match) {
	if s.Origin != PEM {
		if hasKID {
			return s.findID(kid, alg)
		}
		if requireKID {
			return nil, Unfit
		}
	}
	return s.candidates(alg)
}

// candidates are the keys that may verify alg. A single one is not copied.
func (s *Set) candidates(alg jwa.Algorithm) ([]*Key, Match) {
	var found []*Key
	for i, key := range s.Keys {
		switch {
		case !key.Algorithms.Has(alg):
		case len(found) == 0:
			found = s.Keys[i : i+1 : i+1]
		default:
			found = append(found, key)
		}
	}
	if len(found) == 0 || len(found) > MaxCandidates {
		return nil, Unfit
	}
	return found, Found
}

func (s *Set) findID(kid string, alg jwa.Algorithm) ([]*Key, Match) {
	unfit := false
	anonymous := -1
	for i, key := range slices.Backward(s.Keys) {
		fits := key.Algorithms.Has(alg)
		switch {
		case key.HasID && key.ID == kid && fits:
			return s.Keys[i : i+1 : i+1], Found
		case key.HasID && key.ID == kid:
			unfit = true
		case !key.HasID && fits && anonymous < 0:
			anonymous = i
		}
	}
	switch {
	case unfit || slices.Contains(s.skippedIDs, kid):
		return nil, Unfit
	case s.Origin == Inline && anonymous >= 0:
		return s.Keys[anonymous : anonymous+1 : anonymous+1], Found
	}
	return nil, Unknown
}

// Has reports whether the set holds a key with that thumbprint.
func (s *Set) Has(thumbprint [32]byte) bool {
	return slices.ContainsFunc(s.Keys, func(key *Key) bool { return key.Thumbprint == thumbprint })
}
