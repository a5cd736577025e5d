// Package bytealg looks at text eight bytes at a time. Tokens make requests long,
// and compiled to Wasm a loop over bytes costs several times what its body does;
// comparing two strings is such a loop there, too.
//
// It guarantees the same answers as byte by byte, for any text.
package bytealg

import (
	"math/bits"
	"strings"
)

const (
	lowBits  = 0x0101010101010101
	highBits = 0x8080808080808080
)

// Word is the first eight bytes of s, the first one lowest.
func Word(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// Equal reports whether two texts are the same.
func Equal(s, other string) bool {
	if len(s) != len(other) {
		return false
	}
	for i := 0; i+8 <= len(s); i += 8 {
		if Word(s[i:]) != Word(other[i:]) {
			return false
		}
	}
	last := max(len(s)-8, 0)
	return At(s, last) == At(other, last)
}

// HasUpper reports whether s has a capital letter of ASCII.
func HasUpper(s string) bool {
	for i := 0; i+8 <= len(s); i += 8 {
		if someUpper(Word(s[i:])) != 0 {
			return true
		}
	}
	return someUpper(At(s, max(len(s)-8, 0))) != 0
}

// HasBelow reports whether s has a byte below n, which is at most 0x80, or one
// that is other.
func HasBelow(s string, n, other byte) bool {
	for i := 0; i+8 <= len(s); i += 8 {
		if w := Word(s[i:]); Below(w, n)|some(w, other) != 0 {
			return true
		}
	}
	w := At(s, max(len(s)-8, 0))
	inside := uint64(1)<<(8*len(s)) - 1 // if s has fewer than eight bytes
	return (Below(w, n)|some(w, other))&inside != 0
}

// IsPrintable reports whether s has nothing but printable ASCII, from " " to "~",
// without the two bytes.
func IsPrintable(s string, without, nor byte) bool {
	return ascii(s, without, nor) == len(s) && strings.IndexByte(s, 0x7f) < 0
}

// PlainJSON is how many bytes s begins with that stand for themselves in a JSON
// string: ASCII without quotes, backslashes and control characters.
func PlainJSON(s string) int { return ascii(s, '"', '\\') }

// ascii is how many bytes s begins with that are ASCII from " " on, and neither of
// the two bytes.
func ascii(s string, without, nor byte) int {
	first, second := lowBits*uint64(without), lowBits*uint64(nor)
	i := 0
	for ; i+8 <= len(s); i += 8 {
		if ends := asciiEnds(Word(s[i:]), first, second); ends != 0 {
			return i + bits.TrailingZeros64(ends)/8
		}
	}
	// Beyond the end of s are zeros, at which it ends.
	return i + bits.TrailingZeros64(asciiEnds(At(s, i), first, second))/8
}

// asciiEnds is not 0 if some byte of w is none of those that ascii counts; first
// and second are words of the two bytes. Its lowest bit belongs to the first such
// byte: borrows only go upwards.
func asciiEnds(w, first, second uint64) uint64 {
	return Below(w, ' ') | Below(w^first, 1) | Below(w^second, 1) | w&highBits
}

// some is not 0 if some byte of w is c; its lowest bit belongs to the first such
// byte.
func some(w uint64, c byte) uint64 { return Below(w^lowBits*uint64(c), 1) }

// someUpper is not 0 if some byte of w is a capital letter of ASCII.
func someUpper(w uint64) uint64 {
	ascii := w &^ highBits
	return (ascii + lowBits*(0x80-'A')) &^ (ascii + lowBits*(0x80-'Z'-1)) &^ w & highBits
}
