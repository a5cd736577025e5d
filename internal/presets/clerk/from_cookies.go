package clerk

import (
	"slices"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/session"
)

// visit is a request, looked at by one instance.
type visit struct {
	session.Visit
	instance *instance
}

// FromCookies names the state that the cookies amount to.
func (c *instance) FromCookies(of session.Visit) session.State {
	v := visit{of, c}
	found := v.chooseCookies()
	return v.stateOf(&found)
}

// stateOf is the order of the checks on the cookies alone, as @clerk/backend
// 3.20 has it.
func (v *visit) stateOf(found *cookies) (state session.State) {
	hasSession := found.session.Token != ""
	if v.instance.satellite && v.Request.IsDocument() {
		if state, decided := v.satelliteState(found); decided {
			return state
		}
	}
	switch {
	case found.devSync:
		return v.mayHandshake(v.SignedOut(reason.DevBrowserSync, hasSession), found)
	case v.instance.development && found.devBrowser == "":
		return v.mayHandshake(v.SignedOut(reason.DevBrowserMissing, hasSession), found)
	case !hasSession && found.clientUAT == 0:
		return v.SignedOut(reason.SessionTokenAndUATMissing, false)
	case found.clientUAT == 0:
		return v.mayHandshake(v.SignedOut(reason.SessionTokenButNoClientUAT, true), found)
	case !hasSession:
		return v.mayHandshake(v.SignedOut(reason.ClientUATButNoSessionToken, false), found)
	case v.outdated(found):
		return v.mayHandshake(v.SignedOut(reason.SessionTokenIATBeforeClientUAT, true), found)
	}
	state = v.Settle(&found.session, session.Source{Kind: session.FromCookie, Name: found.names.session})
	if aboutTime(&state) {
		return v.mayHandshake(state, found)
	}
	return state
}

// outdated reports whether the session token is older than the client's last
// sign-in or sign-out. It is asked before the signature is checked, but only
// about what could be a session token; the rest fails in its own way.
func (v *visit) outdated(found *cookies) bool {
	t := &found.session
	if parsed := t.Unverified(); parsed != nil && SessionCategory(parsed) != reason.None {
		return false
	}
	return !t.Claims.HasPrivate && t.Claims.IssuedAt.Valid && t.Claims.IssuedAt.Seconds < float64(found.clientUAT)
}

// FromHeader: a header token that fails only for its times may be settled by a
// handshake, where a document is asked for.
func (c *instance) FromHeader(of session.Visit, state session.State) session.State {
	if !aboutTime(&state) {
		return state
	}
	v := visit{of, c}
	found := v.chooseCookies()
	return v.mayHandshake(state, &found)
}

// aboutTime reports whether a token failed for nothing but its times.
func aboutTime(s *session.State) bool {
	return s.Kind == session.SignedOut && slices.Contains(timeReasons, s.Reason)
}

var timeReasons = []reason.Reason{reason.SessionTokenExpired, reason.SessionTokenNBF, reason.SessionTokenIATInTheFuture}
