package request

import "strings"

// alikes calls drop with the names that servers could take name for, until it
// says yes: as it stands; and as the laxest of them read it, without
// whitespace and quotes around it, percent-decoded, with "_" for ".", " " and
// "[" (PHP), and without an index in brackets (PHP, Rack, qs).
func alikes(name, value string, drop func(name, value string) bool) bool {
	if drop(name, value) {
		return true
	}
	if isPlainName(name) {
		return false
	}
	lax := trimOdd(name)
	if strings.IndexByte(lax, '%') >= 0 || strings.IndexByte(lax, '+') >= 0 {
		lax = trimOdd(formDecode(lax))
	}
	if open := strings.IndexByte(lax, '['); open >= 0 && drop(underscored(lax[:open]), value) {
		return true
	}
	lax = underscored(lax)
	return lax != name && drop(lax, value)
}

// isPlainName tells whether all servers read a name in one way: it has only
// letters, digits, "-" and "_".
func isPlainName(name string) bool {
	for i := 0; i < len(name); i++ {
		if c := name[i]; !isLetter(c) && !isDigit(c) && c != '_' && c != '-' {
			return false
		}
	}
	return true
}

// trimOdd is s without the bytes at either end that no name has there: spaces,
// control characters, quotes, and what is not ASCII (which holds the spaces
// that some languages trim).
func trimOdd(s string) string {
	for s != "" && isOdd(s[0]) {
		s = s[1:]
	}
	for s != "" && isOdd(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

func isOdd(c byte) bool { return c <= ' ' || c >= 0x7f || c == '"' }

func underscored(s string) string {
	if !strings.ContainsAny(s, ". [") {
		return s
	}
	b := []byte(s)
	for i, c := range b {
		if c == '.' || c == ' ' || c == '[' {
			b[i] = '_'
		}
	}
	return string(b)
}
