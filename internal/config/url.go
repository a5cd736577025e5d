package config

import (
	"strconv"
	"strings"

	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/session"
)

// url is an absolute http or https URL (RFC 3986, RFC 9110 section 4.2) in
// parts.
type url struct {
	scheme string // "http" or "https"
	host   string // lower case; an IPv6 address in brackets
	port   string // with its colon, as written; empty if it is not there
	path   string // empty, or begins with "/"
	query  string // with its "?"; empty if it is not there
}

// defaultPorts are those of the schemes, with their colons.
var defaultPorts = map[string]string{"http": ":80", "https": ":443"}

// origin is scheme, host and port.
func (u url) origin() string { return u.scheme + "://" + u.host + u.port }

// parseURL reads strictly: no user, no fragment, nothing that two readers
// could read differently. Messages do not repeat the URL, which may hold a
// password.
func parseURL(s string) (u url, wrong string) {
	scheme, rest, ok := strings.Cut(s, "://")
	end := strings.IndexAny(rest+"/", "/?")
	authority, after := rest[:end], rest[end:]
	query := strings.IndexByte(after+"?", '?')
	u = url{scheme: strings.ToLower(scheme), path: after[:query], query: after[query:]}
	wrong = checkURLText(s)
	switch {
	case !ok:
		return u, "not an absolute URL; write https://host/path"
	case u.scheme != "https" && u.scheme != "http":
		return u, problem.Quote(scheme) + " is not a supported scheme; write https://host/path"
	case wrong != "":
		return u, wrong
	case strings.Contains(authority, "@"):
		return u, "holds a user name or password; remove it"
	}
	u.host, u.port, wrong = splitHost(authority)
	return u, wrong
}

// checkURLText looks at the characters of a URL or path.
func checkURLText(s string) (wrong string) {
	if len(s) > 2048 {
		return "longer than 2048 bytes; write a shorter URL"
	}
	for i := range len(s) {
		c := s[i]
		switch {
		case c == '#':
			return "has a fragment (#...), which is never sent; remove it"
		case c <= 0x20 || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0:
			return "holds a character that no URL may hold; write it percent-encoded"
		case c == '%' && !(i+2 < len(s) && consistsOf(s[i+1:i+3], hexDigits)):
			return "holds a % that two hexadecimal digits do not follow; write it as %25"
		}
	}
	return ""
}

// splitHost reads host[:port]; port has its colon.
func splitHost(authority string) (host, port, wrong string) {
	colon := strings.LastIndexByte(authority, ':')
	if colon <= strings.LastIndexByte(authority, ']') {
		colon = len(authority)
	}
	host, port = strings.ToLower(authority[:colon]), authority[colon:]
	switch {
	case port != "" && !isPort(port[1:]):
		wrong = problem.Quote(port[1:]) + " is not a port; write 1 to 65535, or leave it out with its colon"
	case host == "":
		wrong = "has no host; write https://host/path"
	case !isHost(host):
		wrong = problem.Quote(host) + " is not a host; write a name like \"auth.example.com\""
	}
	return host, port, wrong
}

// isPort reports whether s is a number from 1 to 65535, without a 0 before it.
func isPort(s string) bool {
	_, err := strconv.ParseUint(s, 10, 16)
	return err == nil && s[0] != '0'
}

// isHost reports whether s, in lower case, is a DNS name without trailing dot, in
// which "_" may stand too, an IPv4 address, or an IPv6 address in brackets.
func isHost(s string) bool {
	if strings.HasPrefix(s, "[") {
		return isIPv6(strings.TrimSuffix(s[1:], "]")) && strings.HasSuffix(s, "]")
	}
	return session.IsHost(strings.ReplaceAll(s, "_", "x"))
}

// isIPv6 looks at the characters and colons only: an address that is none
// fails to connect.
func isIPv6(s string) bool {
	colons := strings.Count(s, ":")
	return colons >= 2 && colons <= 7 && consistsOf(s, hexDigits+":.")
}

// The checks of fields that hold URLs.

// anyURL takes an absolute URL.
func anyURL(s string) (string, string) {
	_, wrong := parseURL(s)
	return s, wrong
}

// signInURL takes an absolute URL, or a path on the request's own host.
func signInURL(s string) (string, string) {
	switch {
	case strings.HasPrefix(s, "//"):
		return "", "begins with //, which names another host; write https://host/path or /path"
	case strings.HasPrefix(s, "/"):
		return s, checkURLText(s)
	case !strings.Contains(s, "://"):
		return "", `neither an absolute URL nor a path; write "https://host/path" or "/path"`
	}
	return anyURL(s)
}

// httpsOrigin takes https://host, or a host alone.
func httpsOrigin(s string) (string, string) {
	if !strings.Contains(s, "://") {
		s = "https://" + s
	}
	u, wrong := parseURL(s)
	switch {
	case wrong != "":
		return "", wrong
	case u.scheme != "https":
		return "", "not https; write https://host"
	case u.path != "" && u.path != "/" || u.query != "":
		return "", "has a path; write " + problem.Quote(u.origin())
	}
	return u.origin(), ""
}

// httpsURL takes an absolute https URL without a query.
func httpsURL(s string) (string, string) {
	u, wrong := parseURL(s)
	switch {
	case wrong != "":
		return "", wrong
	case u.scheme != "https":
		return "", "not https; write https://host/path"
	case u.query != "":
		return "", "has a query; remove it"
	}
	return s, ""
}

// hostName takes a host without scheme, port and path.
func hostName(s string) (string, string) {
	host := strings.ToLower(s)
	if !isHost(host) || host[0] == '[' {
		return "", `no host; write a name like "satellite.example.com"`
	}
	return host, ""
}

// origin takes an origin as browsers send it (RFC 6454 section 6.2): without
// a default port, path or capitals.
func origin(s string) (string, string) {
	scheme, authority, ok := strings.Cut(s, "://")
	host, port, wrong := splitHost(authority)
	switch {
	case !ok || !isScheme(scheme):
		return "", problem.Quote(s) + ` is not an origin; write it as browsers send it: "https://app.example.com"`
	case strings.ContainsAny(authority, "/?#@"):
		return "", "an origin is scheme, host and port only; write it like \"https://app.example.com\""
	case wrong != "":
		return "", wrong
	case host+port != authority:
		return "", problem.Quote(s) + " is not in lower case; write " + problem.Quote(strings.ToLower(s))
	case port != "" && port == defaultPorts[scheme]:
		return "", problem.Quote(s) + " names the default port, which browsers leave out; write " + problem.Quote(scheme+"://"+host)
	}
	return s, ""
}

// isScheme reports whether s has the characters of a scheme (RFC 3986 section
// 3.1), in lower case.
func isScheme(s string) bool {
	return s != "" && consistsOf(s[:1], lower+digits) && consistsOf(s, lower+digits+"+-.")
}
