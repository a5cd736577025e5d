package config

import "strings"

// consistsOf reports whether a text has no byte that is not of a class.
func consistsOf(s string, class func(byte) bool) bool {
	for i := range len(s) {
		if !class(s[i]) {
			return false
		}
	}
	return true
}

// Classes of bytes.

func isDigit(c byte) bool     { return '0' <= c && c <= '9' }
func isLower(c byte) bool     { return 'a' <= c && c <= 'z' }
func isLetter(c byte) bool    { return isLower(c) || 'A' <= c && c <= 'Z' }
func isHex(c byte) bool       { return isDigit(c) || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F' }
func isPrintable(c byte) bool { return ' ' <= c && c <= '~' }

// isNameByte reports whether c may stand in a name that a configuration gives,
// or in a host's.
func isNameByte(c byte) bool { return isLower(c) || isDigit(c) || c == '_' || c == '-' }

// isTokenByte reports whether c may stand in a token (RFC 9110 section 5.6.2):
// names of headers, cookies and methods.
func isTokenByte(c byte) bool {
	return isLetter(c) || isDigit(c) || strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0
}

func isToken(s string) bool { return s != "" && consistsOf(s, isTokenByte) }

// isFieldValue reports whether s is printable ASCII without spaces around it.
func isFieldValue(s string) bool {
	return s != "" && strings.Trim(s, " ") == s && consistsOf(s, isPrintable)
}
