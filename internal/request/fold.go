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
	done := foldedBytes(s)
	if done == len(s) {
		return s
	}
	b := make([]byte, len(s))
	n := copy(b, s[:done])
	for i := done; i < len(s); {
		if i+8 <= len(s) {
			if w := bytealg.Word(s[i:]); w&highBits == 0 {
				binary.LittleEndian.PutUint64(b[n:], w|uppers(w)>>2) // 0x20 makes a capital small
				i, n = i+8, n+8
				continue
			}
		}
		for word := min(i+8, len(s)); i < word; {
			size, folded := foldLetter(b[n:], s[i:])
			i, n = i+size, n+folded
		}
	}
	return string(b[:n])
}

// foldLetter writes to b what the first letter of s folds to, and returns how
// many bytes it was and is.
func foldLetter(b []byte, s string) (size, folded int) {
	c := s[0]
	if c < utf8.RuneSelf {
		if isUpper(c) {
			c += 'a' - 'A'
		}
		b[0] = c
		return 1, 1
	}
	letter, size := utf8.DecodeRuneInString(s)
	switch to := foldings.of(letter); {
	case to == letter: // and what is not UTF-8
		return size, copy(b, s[:size])
	case to < 0:
		return size, copy(b, asciiFoldings[-to].to)
	default:
		return size, utf8.EncodeRune(b, to)
	}
}

// uppers has the highest bit of each byte of w that is a capital, where all
// bytes are ASCII.
func uppers(w uint64) uint64 {
	const lowBits = highBits >> 7
	return (w + lowBits*(0x80-'A')) &^ (w + lowBits*(0x7f-'Z')) & highBits
}

// foldedBytes is how many bytes s begins with that are ASCII, and not capitals.
func foldedBytes(s string) int {
	i := 0
	for ; i+8 <= len(s); i += 8 {
		if w := bytealg.Word(s[i:]); w&highBits|uppers(w) != 0 {
			break
		}
	}
	for i < len(s) && s[i] < utf8.RuneSelf && !isUpper(s[i]) {
		i++
	}
	return i
}
