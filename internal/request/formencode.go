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

// FormEncode writes s as the WHATWG URL standard's
// application/x-www-form-urlencoded serialiser does: letters, digits and
// "*-._" stay, a space becomes "+", every other byte is percent-encoded.
func FormEncode(s string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	b.Grow(len(s) + len(s)/4)
	for i := range len(s) {
		switch c := s[i]; {
		case isLetter(c) || isDigit(c) || c == '*' || c == '-' || c == '.' || c == '_':
			b.WriteByte(c)
		case c == ' ':
			b.WriteByte('+')
		default:
			b.WriteByte('%')
			b.WriteByte(digits[c>>4])
			b.WriteByte(digits[c&15])
		}
	}
	return b.String()
}
