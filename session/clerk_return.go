package session

import (
	"strings"
	"time"

	"github.com/sessiongate/sessiongate/jwt"
	"github.com/sessiongate/sessiongate/reason"
)

// Limits on what a handshake token may bring.
const (
	maxHandshakeLines = 16
	maxHandshakeLine  = 4096
	handshakeFactor   = 4 // a handshake token may be that many times as long as a session token
)

// developmentSkew is how far a development machine's clock may be off for a
// handshake to end in a redirect; it never makes anybody signed-in.
const developmentSkew = 24 * time.Hour

// comeBack looks at the handshake token that the Frontend API sent a browser
// back with. own is the answer of the cookies, which stands unless the token
// counts: a bad, old or planted one locks nobody out.
func (v *visit) comeBack(own State) State {
	token, _ := v.request.FirstParam(handshakeCookie)
	inQuery := token != ""
	if !inQuery {
		token, _ = v.request.CookieDecoded(handshakeCookie)
	}
	if token == "" {
		return own
	}
	lines, wait, why := v.handshakeLines(jwt.Token(token))
	if why == reason.KeysUnavailable {
		return v.needsKeys(wait)
	}
	if len(lines) == 0 {
		return own
	}
	state := v.signedOut(reason.SessionTokenMissing, false)
	redirectOnly := false
	if name, token := lastSession(lines); token != "" {
		session := jwt.Token(token)
		state = v.verify(session, Source{FromCookie, name})
		switch {
		case state.Kind == SignedIn || state.Reason == reason.SessionPending:
		case state.Kind == NeedsKeys:
			return state
		case v.provider.clerk.development && aboutTime(state) && v.nearlyInTime(session):
			redirectOnly = true
		default:
			return own
		}
	}
	state.Renewed = state.Kind == SignedIn
	state.SetCookies, state.Returned = lines, true
	if !inQuery && !v.provider.clerk.development {
		return state
	}
	clean, ok := v.cleanURL(ClerkParam)
	if !ok {
		return own
	}
	if inQuery {
		// The token leaves the URL, so this redirect cannot repeat itself.
		return State{Kind: Handshake, Reason: own.Reason, Provider: v.provider, Location: clean, SetCookies: lines, Returned: true}
	}
	sent := v.redirect(State{Reason: own.Reason, Provider: v.provider, SetCookies: lines, Returned: true}, clean)
	switch {
	case sent.Kind == Handshake:
		return sent
	case redirectOnly:
		return own
	}
	return state
}

// handshakeLines are the Set-Cookie lines of a handshake token that counts;
// none if it does not. With reason.KeysUnavailable that cannot be told, with
// wait not before keys have come.
func (v *visit) handshakeLines(token jwt.Token) (lines []string, wait bool, why reason.Reason) {
	p := v.provider
	parsed, why := jwt.Parse(token, v.options.MaxTokenBytes*handshakeFactor)
	if why != reason.None || !parsed.Claims.HasHandshake {
		return nil, false, why
	}
	holds := func() reason.Reason { return v.handshakeClaims(parsed) }
	if why := holds(); why != reason.None {
		return nil, false, why
	}
	_, wait, why = p.Expect.Authentic(parsed, v.checker.view(p), v.checker.Verifier, holds)
	if why != reason.None {
		return nil, wait, why
	}
	list := jwt.Member(parsed.Payload, "handshake")
	if !list.IsArray() {
		return nil, false, reason.TokenInvalid
	}
	for i, line := range list.Array() {
		if i == maxHandshakeLines {
			break
		}
		if text := line.String(); line.Type == stringType && isClerkLine(text) {
			lines = append(lines, text)
		}
	}
	return lines, false, reason.None
}

// handshakeClaims: issuer and times hold where they are there; a handshake
// token has no subject.
func (v *visit) handshakeClaims(t *jwt.Parsed) reason.Reason {
	if jwt.Member(t.Payload, "iss").Exists() && !v.provider.owns(t) {
		return reason.TokenInvalidIssuer
	}
	expect := v.provider.Expect
	expect.RequireExpiration = false
	return expect.Validity(&t.Claims, v.checker.Now)
}

// isClerkLine tells whether a Set-Cookie line may go to the browser: printable
// ASCII that names one of Clerk's own cookies.
func isClerkLine(line string) bool {
	if len(line) > maxHandshakeLine {
		return false
	}
	for i := 0; i < len(line); i++ {
		if line[i] < 0x20 || line[i] > 0x7e {
			return false
		}
	}
	name, _, ok := strings.Cut(line, "=")
	if !ok {
		return false
	}
	for _, prefix := range [...]string{"__session", "__client", "__clerk", "__refresh"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// lastSession is the session token in the last line that sets a session
// cookie; empty if there is none, or that line empties the cookie.
func lastSession(lines []string) (name, token string) {
	for i := len(lines) - 1; i >= 0; i-- {
		if !strings.HasPrefix(lines[i], sessionCookie) {
			continue
		}
		pair, _, _ := strings.Cut(lines[i], ";")
		name, value, _ := strings.Cut(pair, "=")
		return strings.TrimSpace(name), strings.TrimSpace(value)
	}
	return "", ""
}

// nearlyInTime tells whether a token that fails for its times holds with a
// development machine's skew. It leaves no trace in the cache.
func (v *visit) nearlyInTime(session jwt.Token) bool {
	lenient := *v.provider
	lenient.Expect.ClockSkew = developmentSkew
	checker := *v.checker
	checker.Cache = nil
	again := visit{&lenient, v.request, &checker, v.options}
	return again.verify(session, Source{}).Kind == SignedIn
}
