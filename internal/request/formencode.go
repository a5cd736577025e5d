package request

import "strings"

// WithParam is a URL with one more query parameter; what it has stays as it is.
func WithParam(url, name, value string) string {
	joint := "?"
	if strings.Contains(url, "?") {
		joint = "&"
	}
	return url + joint + name + "=" + FormEncode(value)
}

// unencoded are the bytes that FormEncode leaves as they are.
var unencoded = setOf(asciiLetters + asciiDigits + "*-._")

// FormEncode writes s as the WHATWG URL standard's
// application/x-www-form-urlencoded serialiser does: letters, digits and
// "*-._" stay, a space becomes "+", every other byte is percent-encoded.
func FormEncode(s string) string {
	const digits = "0123456789ABCDEF"
	b := make([]byte, 0, len(s)+len(s)/4)
	for i := range len(s) {
		switch c := s[i]; {
		case unencoded[c]:
			b = append(b, c)
		case c == ' ':
			b = append(b, '+')
		default:
			b = append(b, '%', digits[c>>4], digits[c&15])
		}
	}
	return string(b)
}
