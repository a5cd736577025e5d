package clerk

import (
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/internal/session"
)

// Limits on what a handshake token may bring: how many of its lines are looked
// at, and how long one may be.
const (
	maxHandshakeLines = 16
	maxHandshakeLine  = 4096
)

// setCookie is a Set-session.Cookie line of a handshake token.
type setCookie struct {
	line        string // all of it, as it goes to the browser
	name, value string
}

// readSetCookie reads a line that may go to the browser: printable ASCII that
// sets one of Clerk's own cookies (RFC 6265 section 4.1.1).
func readSetCookie(line string) (c setCookie, ok bool) {
	if len(line) > maxHandshakeLine || strings.ContainsFunc(line, func(r rune) bool { return r < 0x20 || r > 0x7e }) {
		return setCookie{}, false
	}
	pair, _, _ := strings.Cut(line, ";")
	name, value, ok := strings.Cut(pair, "=")
	if !ok || !isClerkCookie(name) {
		return setCookie{}, false
	}
	return setCookie{line: line, name: name, value: strings.Trim(value, " ")}, true
}

// isClerkCookie reports whether a name is one of Clerk's. It has to be a token
// (RFC 9110 section 5.6.2): others are read in more than one way.
func isClerkCookie(name string) bool {
	return !strings.ContainsFunc(name, isNotToken) &&
		slices.ContainsFunc(cookiePrefixes, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
}

// cookiePrefixes are what the names of Clerk's cookies begin with.
var cookiePrefixes = []string{"__session", "__client", "__clerk", "__refresh"}

func isNotToken(r rune) bool {
	return r <= 0x20 || r >= 0x7f || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, r)
}

// lastSession is the last line that sets or empties a session cookie.
func lastSession(lines []setCookie) (c setCookie, ok bool) {
	for _, line := range slices.Backward(lines) {
		if strings.HasPrefix(line.name, unsuffixed.session) {
			return line, true
		}
	}
	return setCookie{}, false
}

// cookieLines are the lines as they go to the browser.
func cookieLines(lines []setCookie) []string {
	texts := make([]string, len(lines))
	for i := range lines {
		texts[i] = lines[i].line
	}
	return texts
}

// newCookies are the session and client_uat cookies as the browser will have them
// once it has the lines. Of several lines for one cookie the last counts. A
// session cookie is emptied unless it holds the token that signs the request in.
func newCookies(lines []setCookie, state *session.State) (cookies []session.Cookie) {
	for _, line := range lines {
		c := session.Cookie{Name: line.name, Value: line.value}
		switch {
		case strings.HasPrefix(c.Name, unsuffixed.session):
			if state.Kind != session.SignedIn || c.Value != string(state.Verified.Token) {
				c.Value = ""
			}
		case !strings.HasPrefix(c.Name, unsuffixed.clientUAT) || !isDigits(c.Value):
			continue
		}
		cookies = slices.DeleteFunc(cookies, func(earlier session.Cookie) bool { return earlier.Name == c.Name })
		cookies = append(cookies, c)
	}
	return cookies
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
