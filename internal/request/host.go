package request

import "strings"

// AuthorityValid reports whether the request names one host, so that every
// reader finds the same: Host is not empty and was sent without a dot at its
// end (by which some servers tell hosts apart), no other line of host or :authority
// says anything else, and neither does a target in absolute form.
func (r *Request) AuthorityValid() bool {
	if r.Host == "" {
		return false
	}
	if host, _ := cutPort(r.Authority); strings.HasSuffix(host, ".") {
		return false
	}
	for i := range r.Headers {
		if name := r.Headers[i][0]; (name == "host" || name == ":authority") && r.Headers[i][1] != r.Authority {
			return false
		}
	}
	if r.Target == "" || r.Target[0] == '/' || r.Method == "CONNECT" {
		return true
	}
	scheme, authority, _, absolute := cutAbsolute(r.Target)
	if !absolute {
		return true
	}
	host, port, ok := splitAuthority(authority)
	scheme = lowerASCII(scheme)
	return ok && host == r.Host && portOf(scheme, port) == portOf(scheme, r.port)
}

// maxAuthority is longer than any host name with any port.
const maxAuthority = 512

// cutPort cuts an authority at the last ":" that stands after the last "]".
func cutPort(authority string) (host, port string) {
	if colon := strings.LastIndexByte(authority, ':'); colon > strings.LastIndexByte(authority, ']') {
		return authority[:colon], authority[colon+1:]
	}
	return authority, ""
}

// splitAuthority reads host[:port]. The host is in lower case and without a dot
// at its end. The port is digits, any number of them, or empty (RFC 3986 section
// 3.2.3): proxies route a port that no server has, too. An authority with
// anything else in it is not ok: user information, spaces, commas, escapes,
// characters that are not ASCII.
func splitAuthority(authority string) (host, port string, ok bool) {
	if len(authority) > maxAuthority {
		return "", "", false
	}
	host, port = cutPort(authority)
	for i := range len(port) {
		if !isDigit(port[i]) {
			return "", "", false
		}
	}
	host = strings.TrimSuffix(host, ".")
	if strings.HasPrefix(host, "[") && strings.HasSuffix(host, "]") {
		ok = validIPv6(host[1 : len(host)-1])
	} else {
		ok = validName(host)
	}
	if !ok {
		return "", "", false
	}
	return lowerASCII(host), port, true
}

// portOf is a port without zeros in front; empty for the default of the scheme.
func portOf(scheme, port string) string {
	if port = strings.TrimLeft(port, "0"); port == defaultPort(scheme) {
		return ""
	}
	return port
}

// validPort reports whether a server can have the port: it is empty, or a
// number from 1 to 65535.
func validPort(port string) bool {
	if port == "" {
		return true
	}
	port = strings.TrimLeft(port, "0")
	return port != "" && (len(port) < 5 || len(port) == 5 && port <= "65535")
}

// validName takes labels of letters, digits, "-" and "_" (which host names in
// clusters have), and so IPv4 addresses; lengths as in RFC 1035 section 2.3.4.
func validName(name string) bool {
	if name == "" || len(name) > 253 {
		return false
	}
	label := 0
	for i := range len(name) {
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
	for i := range len(s) {
		if unhex(s[i]) < 0 {
			return false
		}
	}
	return true
}

func validIPv4(s string) bool {
	for part := range 4 {
		number, rest, more := strings.Cut(s, ".")
		if more != (part < 3) || number == "" || len(number) > 3 || len(number) > 1 && number[0] == '0' {
			return false
		}
		n := 0
		for i := range len(number) {
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
