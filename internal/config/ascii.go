package config

import "strings"

// Classes of bytes.
const (
	digits    = "0123456789"
	lower     = "abcdefghijklmnopqrstuvwxyz"
	letters   = lower + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	hexDigits = digits + "abcdefABCDEF"
	printable = letters + digits + " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
	// nameBytes may stand in a name that a configuration gives, or in a host's.
	nameBytes = lower + digits + "_-"
	// tokenBytes may stand in a token (RFC 9110 section 5.6.2): names of headers,
	// cookies and methods.
	tokenBytes = letters + digits + "!#$%&'*+-.^_`|~"
)

// consistsOf reports whether a text has no byte that is not of a class.
func consistsOf(s, class string) bool { return strings.Trim(s, class) == "" }

func isToken(s string) bool { return s != "" && consistsOf(s, tokenBytes) }

// isFieldValue reports whether s is printable ASCII without spaces around it.
func isFieldValue(s string) bool {
	return s != "" && strings.Trim(s, " ") == s && consistsOf(s, printable)
}
