// Package bytealg looks at text eight bytes at a time. Tokens make requests long,
// and compiled to Wasm a loop over bytes costs several times what its body does;
// comparing two strings is such a loop there, too.
//
// It guarantees the same answers as byte by byte, for any text.
package bytealg

import "math/bits"

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
	if len(s) < 8 {
		return s == other
	}
	for i := 0; i+8 <= len(s); i += 8 {
		if Word(s[i:]) != Word(other[i:]) {
			return false
		}
	}
	return Word(s[len(s)-8:]) == Word(other[len(other)-8:])
}

// HasUpper reports whether s has a capital letter of ASCII.
func HasUpper(s string) bool {
	if len(s) < 8 {
		for i := range len(s) {
			if c := s[i]; 'A' <= c && c <= 'Z' {
				return true
			}
		}
		return false
	}
	for i := 0; i+8 <= len(s); i += 8 {
		if someUpper(Word(s[i:])) != 0 {
			return true
		}
	}
	return someUpper(Word(s[len(s)-8:])) != 0
}

// HasBelow reports whether s has a byte below n, which is at most 0x80, or one
// that is other.
func HasBelow(s string, n, other byte) bool {
	if len(s) < 8 {
		for i := range len(s) {
			if s[i] < n || s[i] == other {
				return true
			}
		}
		return false
	}
	for i := 0; i+8 <= len(s); i += 8 {
		if w := Word(s[i:]); someBelow(w, n)|someBelow(w^lowBits*uint64(other), 1) != 0 {
			return true
		}
	}
	w := Word(s[len(s)-8:])
	return someBelow(w, n)|someBelow(w^lowBits*uint64(other), 1) != 0
}

// IsPrintable reports whether s has nothing but printable ASCII, from " " to "~",
// without the two bytes.
func IsPrintable(s string, without, nor byte) bool {
	i := 0
	for ; i+8 <= len(s); i += 8 {
		w := Word(s[i:])
		if someBelow(w, ' ')|someBelow(w^lowBits*0x7f, 1)|someBelow(w^lowBits*uint64(without), 1)|someBelow(w^lowBits*uint64(nor), 1)|w&highBits != 0 {
			return false
		}
	}
	for ; i < len(s); i++ {
		if c := s[i]; c < ' ' || c > '~' || c == without || c == nor {
			return false
		}
	}
	return true
}

// PlainJSON is how many bytes s begins with that stand for themselves in a JSON
// string: ASCII without quotes, backslashes and control characters.
func PlainJSON(s string) int {
	i := 0
	for ; i+8 <= len(s); i += 8 {
		w := Word(s[i:])
		// In each mark the lowest bit is right: borrows only go upwards.
		ends := someBelow(w, ' ') | someBelow(w^lowBits*'"', 1) | someBelow(w^lowBits*'\\', 1) | w&highBits
		if ends != 0 {
			return i + bits.TrailingZeros64(ends)/8
		}
	}
	for ; i < len(s); i++ {
		if c := s[i]; c < ' ' || c >= 0x80 || c == '"' || c == '\\' {
			break
		}
	}
	return i
}

// someBelow is not 0 if some byte of w is below n, which is at most 0x80; its
// lowest bit belongs to the first such byte.
func someBelow(w uint64, n byte) uint64 {
	return (w - lowBits*uint64(n)) & ^w & highBits
}

// someUpper is not 0 if some byte of w is a capital letter of ASCII.
func someUpper(w uint64) uint64 {
	ascii := w &^ highBits
	return (ascii + lowBits*(0x80-'A')) &^ (ascii + lowBits*(0x80-'Z'-1)) &^ w & highBits
}
