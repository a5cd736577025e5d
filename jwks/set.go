package jwks

import (
	"github.com/tidwall/gjson"

	"github.com/sessiongate/sessiongate/ijson"
	"github.com/sessiongate/sessiongate/jwa"
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
	object, ok := ijson.Outline(data)
	if !ok {
		return nil, ErrNotJSON
	}
	var list gjson.Result
	lists := 0
	object.ForEach(func(name, value gjson.Result) bool {
		if name.Str == "keys" {
			list = value
			lists++
		}
		return true
	})
	if lists != 1 || !list.IsArray() {
		return nil, ErrNoKeysMember
	}
	set := &Set{Origin: origin}
	list.ForEach(func(_, jwk gjson.Result) bool {
		key, id, hasID := parseJWK(jwk)
		switch {
		case key != nil:
			set.Keys = append(set.Keys, key)
		case hasID:
			set.skippedIDs = append(set.skippedIDs, id)
			fallthrough
		default:
			set.Skipped++
		}
		return true
	})
	if len(set.Keys) == 0 && set.Skipped > 0 {
		return nil, ErrNoUsableKey
	}
	return set, nil
}

// Match is how a search in a set ended.
type Match uint8

// The outcomes of Find.
const (
	Found   Match = iota
	Unfit         // a key of that kid is there but does not fit the algorithm; or no kid and not exactly one candidate
	Unknown       // no key of that kid
)

// Find picks the key for a token with that kid (if hasKID) and algorithm. The
// candidates are the keys that may verify alg.
//
// With a kid: the last candidate of that kid; if there is none but a key of
// that kid, Unfit; in an Inline set, the last candidate without a kid; the key
// of a PEM, whatever the kid. Without a kid: the candidate, if there is exactly
// one; with requireKID only the key of a PEM. The key is nil unless Found.
func (s *Set) Find(kid string, hasKID bool, alg jwa.Algorithm, requireKID bool) (*Key, Match) {
	if s.Origin != PEM {
		if hasKID {
			return s.findID(kid, alg)
		}
		if requireKID {
			return nil, Unfit
		}
	}
	var only *Key
	for _, key := range s.Keys {
		if !key.Algorithms.Has(alg) {
			continue
		}
		if only != nil {
			return nil, Unfit
		}
		only = key
	}
	if only == nil {
		return nil, Unfit
	}
	return only, Found
}

func (s *Set) findID(kid string, alg jwa.Algorithm) (*Key, Match) {
	unfit := false
	var anonymous *Key
	for i := len(s.Keys) - 1; i >= 0; i-- {
		key := s.Keys[i]
		fits := key.Algorithms.Has(alg)
		switch {
		case key.HasID && key.ID == kid && fits:
			return key, Found
		case key.HasID && key.ID == kid:
			unfit = true
		case !key.HasID && fits && anonymous == nil:
			anonymous = key
		}
	}
	for _, id := range s.skippedIDs {
		unfit = unfit || id == kid
	}
	switch {
	case unfit:
		return nil, Unfit
	case s.Origin == Inline && anonymous != nil:
		return anonymous, Found
	}
	return nil, Unknown
}

// Has tells whether the set holds a key with that thumbprint.
func (s *Set) Has(thumbprint [32]byte) bool {
	for _, key := range s.Keys {
		if key.Thumbprint == thumbprint {
			return true
		}
	}
	return false
}
