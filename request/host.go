package request

import "strings"

// splitAuthority reads host[:port]. The host is in lower case and without a
// trailing dot, the port a number from 1 to 65535, or empty. An authority with
// anything else in it (user information, spaces, escapes, characters that are
// not ASCII) is not ok.
func splitAuthority(authority string) (host, port string, ok bool) {
	host = authority
	if strings.HasPrefix(authority, "[") {
		end := strings.IndexByte(authority, ']')
		if end < 0 || !validIPv6(authority[1:end]) {
			return "", "", false
		}
		host = authority[:end+1]
		if rest := authority[end+1:]; rest != "" {
			if rest[0] != ':' {
				return "", "", false
			}
			port = rest[1:]
		}
	} else {
		if colon := strings.IndexByte(authority, ':'); colon >= 0 {
			host, port = authority[:colon], authority[colon+1:]
		}
		host = strings.TrimSuffix(host, ".")
		if !validName(host) {
			return "", "", false
		}
	}
	if !validPort(port) {
		return "", "", false
	}
	return lowerASCII(host), port, true
}

// validPort takes an empty port too (RFC 3986 section 3.2.3).
func validPort(port string) bool {
	if port == "" {
		return true
	}
	if len(port) > 5 {
		return false
	}
	n := 0
	for i := 0; i < len(port); i++ {
		if !isDigit(port[i]) {
			return false
		}
		n = n*10 + int(port[i]-'0')
	}
	return 1 <= n && n <= 65535
}

// validName takes labels of letters, digits, "-" and "_" (which host names in
// clusters have), and so IPv4 addresses; lengths as in RFC 1035 section 2.3.4.
func validName(name string) bool {
	if name == "" || len(name) > 253 {
		return false
	}
	label := 0
	for i := 0; i < len(name); i++ {
		switch c := name[i]; {
		case c == '.':
			if label == 0 {
				return false
			}
			label = 0
		case isLetter(c) || isDigit(c) || c == '-' || c == '_':
			if label++; label > 63 {
				return false
			}
		default:
			return false
		}
	}
	return label > 0
}

// validIPv6 takes RFC 4291 section 2.2 text, without a zone.
func validIPv6(s string) bool {
	groups, compressed := 0, false
	if strings.HasPrefix(s, "::") {
		compressed, s = true, s[2:]
	}
	for s != "" {
		group, rest, more := strings.Cut(s, ":")
		switch {
		case !more && strings.IndexByte(group, '.') >= 0:
			if !validIPv4(group) {
				return false
			}
			groups += 2
		case !validGroup(group):
			return false
		default:
			groups++
		}
		if !more {
			break
		}
		if rest == "" {
			return false
		}
		if rest[0] == ':' {
			if compressed {
				return false
			}
			compressed, rest = true, rest[1:]
		}
		s = rest
	}
	return groups == 8 && !compressed || groups < 8 && compressed
}

func validGroup(s string) bool {
	if s == "" || len(s) > 4 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if unhex(s[i]) < 0 {
			return false
		}
	}
	return true
}

func validIPv4(s string) bool {
	for part := 0; part < 4; part++ {
		number, rest, more := strings.Cut(s, ".")
		if more != (part < 3) || number == "" || len(number) > 3 || len(number) > 1 && number[0] == '0' {
			return false
		}
		n := 0
		for i := 0; i < len(number); i++ {
			if !isDigit(number[i]) {
				return false
			}
			n = n*10 + int(number[i]-'0')
		}
		if n > 255 {
			return false
		}
		s = rest
	}
	return true
}
