package request

import "strings"

// isOWS reports whether c is optional whitespace (RFC 9110 section 5.6.3).
func isOWS(c byte) bool { return c == ' ' || c == '\t' }

// trimOWS is s without optional whitespace around it.
func trimOWS(s string) string {
	for s != "" && isOWS(s[0]) {
		s = s[1:]
	}
	for s != "" && isOWS(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

const (
	asciiLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	asciiDigits  = "0123456789"
)

// byteSet says of each byte whether it is in the set.
type byteSet [256]bool

var (
	letters     = setOf(asciiLetters)
	digits      = setOf(asciiDigits)
	hexadecimal = setOf(asciiDigits + "ABCDEFabcdef")
)

// setOf is the set of the bytes of s.
func setOf(s string) (set byteSet) {
	for i := range len(s) {
		set[s[i]] = true
	}
	return set
}

// hasAll reports whether all bytes of s are in the set.
func (set *byteSet) hasAll(s string) bool {
	for i := range len(s) {
		if !set[s[i]] {
			return false
		}
	}
	return true
}

func isControl(c byte) bool { return c < 0x20 || c == 0x7f }

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// lowerASCII is s with A-Z in lower case, and all other bytes as they are.
func lowerASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if isUpper(c) {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// hasPrefixFold is strings.HasPrefix without regard to case. The prefix is ASCII:
// a letter beyond it has more bytes than the one that it folds to, and so makes
// no text of as many bytes equal.
func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
