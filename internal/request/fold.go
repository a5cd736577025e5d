package request

import (
	"encoding/binary"
	"unicode/utf8"

	"github.com/sessiongate/sessiongate/internal/bytealg"
)

// Fold is s as it is compared without regard to case. Two letters fold to the
// same if the case mappings of Go, Python or Node.js, or the regular
// expressions of Python or Node.js, take one for the other: the Kelvin sign is
// a k, and an i is an i with and without its dot. A letter that a mapping
// turns into ASCII text folds to that text in lower case: "ß" to "ss", and the
// ligature "ﬁ" to "fi". Every letter folds by itself, whatever stands beside
// it, and to no more bytes than it has. Bytes that are not UTF-8 stay. Text
// without capitals and with nothing beyond ASCII folds to itself, at no cost.
//
// Servers that ignore case take /ADMIN for /admin, and the other way round. So
// a rule has to hold for a path if they match as they stand, and also if they
// match when both are folded.
func Fold(s string) string {
	if isFolded(s) {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		if i+8 <= len(s) {
			if w := bytealg.Word(s[i:]); w&highBits == 0 {
				b = binary.LittleEndian.AppendUint64(b, w|uppers(w)>>2) // 0x20 makes a capital small
				i += 8
				continue
			}
		}
		letter, size := utf8.DecodeRuneInString(s[i:])
		switch folded := foldings.of(letter); {
		case folded == letter: // and what is not UTF-8
			b = append(b, s[i:i+size]...)
		case folded < 0:
			b = append(b, asciiFoldings[-folded].to...)
		default:
			b = utf8.AppendRune(b, folded)
		}
		i += size
	}
	return string(b)
}

// uppers has the highest bit of each byte of w that is a capital, where all
// bytes are ASCII.
func uppers(w uint64) uint64 {
	const lowBits = highBits >> 7
	return (w + lowBits*(0x80-'A')) &^ (w + lowBits*(0x7f-'Z')) & highBits
}

// isFolded reports whether s is ASCII without capitals.
func isFolded(s string) bool {
	i := 0
	for ; i+8 <= len(s); i += 8 {
		if w := bytealg.Word(s[i:]); w&highBits|uppers(w) != 0 {
			return false
		}
	}
	w := bytealg.At(s, i)
	return w&highBits|uppers(w) == 0
}
