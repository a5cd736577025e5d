package clerk

import (
	"time"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/internal/strictjson"
	"github.com/sessiongate/sessiongate/jwt"
)

// handshakeFactor is how many times as long as a session token a handshake
// token may be.
const handshakeFactor = 4

// developmentSkew is how far a development machine's clock may be off for a
// handshake to end in a redirect; it never makes anybody signed-in.
const developmentSkew = 24 * time.Hour

// Returned looks at the handshake token that the Frontend API sent a
// browser back with, on document requests only. own is the answer of the
// cookies, which stands unless the token counts: a bad, old or planted one
// locks nobody out.
func (c *instance) Returned(of session.Visit, own session.State) session.State {
	v := visit{of, c}
	if !c.handshake || !v.Request.IsDocument() || own.Reason == reason.KeysUnavailable {
		return own
	}
	token, inQuery := v.handshakeToken()
	if token == "" {
		return own
	}
	lines, wait, why := v.handshakeLines(jwt.Token(token))
	if why == reason.KeysUnavailable {
		return v.NeedsKeys(wait)
	}
	if len(lines) == 0 {
		return own
	}
	state, counts, lenient := v.sessionOf(lines)
	switch {
	case state.Reason == reason.KeysUnavailable:
		return state
	case !counts:
		return own
	}
	brought := session.Exchange{SetCookies: cookieLines(lines), Returned: true}
	state.Exchange = &session.Exchange{
		SetCookies: brought.SetCookies, Returned: true,
		NewCookies: newCookies(lines, &state),
	}
	if !inQuery && !c.development {
		return state
	}
	clean, ok := v.cleanURL(withoutHandshake)
	if !ok {
		return own
	}
	clean = location(clean)
	sent := session.State{Reason: own.Reason, Provider: v.Provider, Exchange: &brought}
	if inQuery {
		// The token leaves the URL, so this redirect cannot repeat itself.
		sent.Kind, brought.Location = session.Handshake, clean
		return sent
	}
	sent = v.redirect(sent, clean)
	switch {
	case sent.Kind == session.Handshake:
		return sent
	case lenient:
		return own
	}
	return state
}

// handshakeToken is the token of the query, else that of the cookie.
func (v *visit) handshakeToken() (token string, inQuery bool) {
	if token, _ = v.Request.FirstParam(handshakeName); token != "" {
		return token, true
	}
	return v.cookie(handshakeName), false
}

// sessionOf names the state that the lines of a handshake token bring. It
// counts unless the session token among them does not verify; lenient tells
// that it does so only with a development machine's skew.
func (v *visit) sessionOf(lines []setCookie) (state session.State, counts, lenient bool) {
	line, ok := lastSession(lines)
	if !ok || line.value == "" {
		return v.SignedOut(reason.SessionTokenMissing, false), true, false
	}
	token := jwt.Token(line.value)
	state = v.Verify(token, session.Source{Kind: session.FromCookie, Name: line.name})
	switch {
	case state.Kind == session.SignedIn || state.Reason == reason.SessionPending:
		return state, true, false
	case v.instance.development && aboutTime(&state) && v.nearlyInTime(token):
		return state, true, true
	}
	return state, false, false
}

// nearlyInTime reports whether a token that fails for its times holds with a
// development machine's skew. It leaves no trace in the cache.
func (v *visit) nearlyInTime(token jwt.Token) bool {
	parsed, why := v.Checker.Parse(v.Provider, token, v.Options.MaxTokenBytes)
	if why != reason.None {
		return false
	}
	lenient := v.Provider.Expect
	lenient.ClockSkew = developmentSkew
	_, _, why = lenient.Verify(parsed, v.Checker.Snapshot(v.Provider), v.Checker.Verifier, v.Checker.Now)
	return why == reason.None
}

// handshakeLines are the Set-Cookie lines of a handshake token that counts;
// none if it does not. With reason.KeysUnavailable that cannot be told, with
// wait not before keys have come.
func (v *visit) handshakeLines(token jwt.Token) (lines []setCookie, wait bool, why reason.Reason) {
	p := v.Provider
	parsed, why := v.Checker.Parse(p, token, v.Options.MaxTokenBytes*handshakeFactor)
	if why != reason.None || !parsed.Claims.HasPrivate {
		return nil, false, why
	}
	// Asked first, so that a token that fails anyway costs no signature.
	if why := v.handshakeClaims(parsed); why != reason.None {
		return nil, false, why
	}
	plausible := func() reason.Reason { return reason.None } // as was just found
	_, wait, why = p.Expect.Authentic(parsed, v.Checker.Snapshot(p), v.Checker.Verifier, plausible)
	if why != reason.None {
		return nil, wait, why
	}
	seen := 0
	strictjson.ElementsOf(jwt.Member(parsed.Payload, privateNames.Claim).Raw, func(raw, text string) {
		if seen++; seen > maxHandshakeLines || raw[0] != '"' {
			return
		}
		if line, ok := readSetCookie(text); ok {
			lines = append(lines, line)
		}
	})
	return lines, false, reason.None
}

// handshakeClaims: issuer and times hold where they are there; a handshake
// token has no subject.
func (v *visit) handshakeClaims(t *jwt.Parsed) reason.Reason {
	if jwt.Member(t.Payload, "iss").Exists() && !v.Provider.Owns(&t.Claims) {
		return reason.TokenInvalidIssuer
	}
	expect := v.Provider.Expect
	expect.RequireExpiration = false
	return expect.Validity(&t.Claims, v.Checker.Now)
}
