package request

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/bytealg"
)

// pathTraits are what can make servers read a path in several ways.
type pathTraits uint16

const (
	hasEscapes      pathTraits = 1 << iota // of a byte that is not a slash
	hasSlashEscapes                        // of "/" or "\"
	hasDotEscapes
	hasParams // ";"
	hasBackslashes
	hasSlashRuns   // "//"
	hasDotSegments // "." or ".."
	hasDotNames    // segments that begin with a dot, and are names
	hasSpaces
	hasControls
	hasPercents // that are escaped, or begin no valid escape
	hasOthers   // bytes beyond ASCII
	hasSlash    // which is no trait by itself

	// A path that has only these has one reading.
	readOneWay = hasDotNames | hasPercents | hasOthers
)

// traitOf is the trait of a byte.
var traitOf = func() (traits [256]pathTraits) {
	for c := range traits {
		if isControl(byte(c)) {
			traits[c] = hasControls
		} else if c >= 0x80 {
			traits[c] = hasOthers
		}
	}
	traits['/'], traits['\\'], traits[';'], traits['%'], traits[' '] = hasSlash, hasBackslashes, hasParams, hasPercents, hasSpaces
	return traits
}()

// escapeTraitOf is the trait of a byte that is escaped.
var escapeTraitOf = func() (traits [256]pathTraits) {
	for c := range traits {
		traits[c] = hasEscapes
	}
	traits['/'], traits['\\'] = hasSlashEscapes, hasSlashEscapes
	traits['.'], traits['%'] = hasEscapes|hasDotEscapes, hasEscapes|hasPercents
	return traits
}()

// traitsOf looks at a path, and counts in how many places it has traits. Where
// it has one and is longer than maxReadingLength, there may be more.
func traitsOf(path string) (traits pathTraits, places int) {
	plain := 16 // bytes in a row without a trait; after so many, the next are looked at together
	for i := 0; i < len(path); i++ {
		if plain >= 16 {
			plain = 0
			if i = skipPlain(path, i); i == len(path) {
				break
			}
		}
		c := path[i]
		trait := traitOf[c]
		if trait == hasSlash {
			trait = traitOfSlash(path[i+1:])
		}
		if trait == 0 {
			plain++
			continue
		}
		if c == '%' && i+2 < len(path) {
			if hi, lo := hexDigits[path[i+1]], hexDigits[path[i+2]]; hi|lo >= 0 {
				trait = escapeTraitOf[byte(hi<<4|lo)]
				i += 2
			}
		}
		plain = 0
		traits |= trait
		if places++; len(path) > maxReadingLength {
			break
		}
	}
	return traits, places
}

// traitOfSlash is the trait of a slash before rest.
func traitOfSlash(rest string) pathTraits {
	switch {
	case rest == "" || rest[0] != '/' && rest[0] != '.':
		return 0
	case rest[0] == '/':
		return hasSlashRuns
	}
	rest = strings.TrimPrefix(rest[1:], ".")
	if rest == "" || rest[0] == '/' {
		return hasDotSegments
	}
	return hasDotNames
}

// skipPlain skips bytes from i on that have no trait, eight at a time.
func skipPlain(path string, i int) int {
	for ; i+9 <= len(path); i += 8 {
		w, next := bytealg.Word(path[i:]), bytealg.Word(path[i+1:])
		marked := w | bytealg.Below(w, ' '+1) | equal(w, 0x7f) | equal(w, '%') | equal(w, ';') | equal(w, '\\') |
			equal(w, '/')&(equal(next, '/')|equal(next, '.'))
		if marked&highBits != 0 {
			break
		}
	}
	return i
}

const (
	lowBits  = 0x0101010101010101
	highBits = 0x8080808080808080
)

// equal has the highest bit of each byte that is c in w, and perhaps of later
// ones.
func equal(w uint64, c byte) uint64 { return bytealg.Below(w^lowBits*uint64(c), 1) }
