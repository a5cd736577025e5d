package request

import (
	"unicode"
	"unicode/utf8"
)

// Fold is s as it is compared without regard to case: two texts fold to the
// same if they differ only in the case of letters (Unicode's simple folding,
// by which the Kelvin sign is a k as well). Bytes that are no UTF-8 stay. Text
// without capitals and with nothing beyond ASCII folds to itself, at no cost.
//
// Servers that ignore case take /ADMIN for /admin, and the other way round. So
// a rule has to hold for a path if they match as they stand, and also if they
// match when both are folded.
func Fold(s string) string {
	i := 0
	for i < len(s) && s[i] < utf8.RuneSelf && !isUpper(s[i]) {
		i++
	}
	if i == len(s) {
		return s
	}
	b := make([]byte, 0, len(s)+utf8.UTFMax)
	b = append(b, s[:i]...)
	for i < len(s) {
		if c := s[i]; c < utf8.RuneSelf {
			if isUpper(c) {
				c += 'a' - 'A'
			}
			b = append(b, c)
			i++
			continue
		}
		letter, size := utf8.DecodeRuneInString(s[i:])
		if letter == utf8.RuneError && size == 1 {
			b = append(b, s[i])
		} else {
			b = utf8.AppendRune(b, foldRune(letter))
		}
		i += size
	}
	return string(b)
}

// foldRune is one and the same letter for all that fold to each other: the
// smallest, and of ASCII the one in lower case.
func foldRune(letter rune) rune {
	smallest := letter
	for l := unicode.SimpleFold(letter); l != letter; l = unicode.SimpleFold(l) {
		smallest = min(smallest, l)
	}
	if smallest < utf8.RuneSelf && isUpper(byte(smallest)) {
		smallest += 'a' - 'A'
	}
	return smallest
}
