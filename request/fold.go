package request

import (
	"unicode/utf8"

	"github.com/sessiongate/sessiongate/words"
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
	if words.IsPrintable(s, 0x7f, 0x7f) {
		return lowerASCII(s)
	}
	i := 0
	for i < len(s) && s[i] < utf8.RuneSelf && !isUpper(s[i]) {
		i++
	}
	if i == len(s) {
		return s
	}
	b := append(make([]byte, 0, len(s)), s[:i]...)
	for i < len(s) {
		c := s[i]
		if c < utf8.RuneSelf {
			if isUpper(c) {
				c += 'a' - 'A'
			}
			b = append(b, c)
			i++
			continue
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
