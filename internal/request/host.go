package request

import (
	"strconv"
	"strings"
)

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
	scheme = strings.ToLower(scheme)
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
	host = strings.TrimSuffix(host, ".")
	if strings.HasPrefix(host, "[") && strings.HasSuffix(host, "]") {
		ok = validIPv6(host[1 : len(host)-1])
	} else {
		ok = validName(host)
	}
	if !ok || !digits.hasAll(port) {
		return "", "", false
	}
	return strings.ToLower(host), port, true
}

// portOf is a port without zeros in front; empty for the default of the scheme.
func portOf(scheme, port string) string {
	port = strings.TrimLeft(port, "0")
	if scheme == "http" && port == "80" || scheme != "http" && port == "443" {
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

// inName are the bytes of a host name's labels.
var inName = setOf(asciiLetters + asciiDigits + "-_")

// validName takes labels of letters, digits, "-" and "_" (which host names in
// clusters have), and so IPv4 addresses; lengths as in RFC 1035 section 2.3.4.
func validName(name string) bool {
	for label := range strings.SplitSeq(name, ".") {
		if label == "" || len(label) > 63 || !inName.hasAll(label) {
			return false
		}
	}
	return len(name) <= 253
}

// validIPv6 takes RFC 4291 section 2.2 text, without a zone.
func validIPv6(s string) bool {
	// An IPv4 address at the end takes the room of two groups.
	if last := strings.LastIndexByte(s, ':') + 1; strings.Contains(s[last:], ".") {
		if !validIPv4(s[last:]) {
			return false
		}
		s = s[:last] + "0:0"
	}
	left, right, compressed := strings.Cut(s, "::")
	if !compressed {
		return groups(s) == maxGroups
	}
	return groups(left)+groups(right) < maxGroups
}

// maxGroups is how many groups an IPv6 address has where it is not compressed.
const maxGroups = 8

// groups is how many groups of an IPv6 address a text has; more than any address
// if there is anything else in it.
func groups(s string) (n int) {
	if s == "" {
		return 0
	}
	for group := range strings.SplitSeq(s, ":") {
		if group == "" || len(group) > 4 || !hexadecimal.hasAll(group) {
			return maxGroups + 1
		}
		n++
	}
	return n
}

func validIPv4(s string) bool {
	for number := range strings.SplitSeq(s, ".") {
		_, err := strconv.ParseUint(number, 10, 8)
		if err != nil || len(number) > 1 && number[0] == '0' {
			return false
		}
	}
	return strings.Count(s, ".") == 3
}
