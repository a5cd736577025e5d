package session

import (
	"github.com/sessiongate/sessiongate/internal/reason"
)

// clerkVisit is a request, looked at by one instance.
type clerkVisit struct {
	visit
	instance *clerkInstance
}

// cookieState names the state that the cookies amount to.
func (c *clerkInstance) cookieState(of visit) State {
	v := clerkVisit{of, c}
	var cookies clerkCookies
	v.chooseCookies(&cookies)
	return v.cookiePath(&cookies)
}

// cookiePath is the order of the checks on the cookies alone.
func (v *clerkVisit) cookiePath(cookies *clerkCookies) (state State) {
	hasSession := cookies.session.token != ""
	if v.instance.satellite {
		if state, decided := v.satellitePath(cookies); decided {
			return state
		}
	}
	if v.instance.development {
		if _, present := v.request.FirstParam(devBrowserParam); present {
			return v.mayHandshake(v.signedOut(reason.DevBrowserSync, hasSession), cookies)
		}
		if cookies.devBrowser == "" {
			return v.mayHandshake(v.signedOut(reason.DevBrowserMissing, hasSession), cookies)
		}
	}
	switch {
	case !hasSession && cookies.clientUAT == 0:
		return v.signedOut(reason.SessionTokenAndUATMissing, false)
	case cookies.clientUAT == 0:
		return v.mayHandshake(v.signedOut(reason.SessionTokenButNoClientUAT, true), cookies)
	case !hasSession:
		return v.mayHandshake(v.signedOut(reason.ClientUATButNoSessionToken, false), cookies)
	case v.outdated(cookies):
		return v.mayHandshake(v.signedOut(reason.SessionTokenIATBeforeClientUAT, true), cookies)
	}
	v.settle(&cookies.session, Source{FromCookie, cookies.names.session}, &state)
	if aboutTime(&state) {
		return v.mayHandshake(state, cookies)
	}
	return state
}

// outdated reports whether the session token is older than the client's last
// sign-in or sign-out. It is asked before the signature is checked, but only
// about what could be a session token; the rest fails in its own way.
func (v *clerkVisit) outdated(cookies *clerkCookies) bool {
	t := cookies.session.parsed
	return t != nil && !t.Claims.HasPrivate && sessionCategory(t) == reason.None &&
		t.Claims.IssuedAt.Valid && t.Claims.IssuedAt.Seconds < float64(cookies.clientUAT)
}

// headerState: a header token that fails only for its times may be
// settled by a handshake, where a document is asked for.
func (c *clerkInstance) headerState(of visit, state State) State {
	if !aboutTime(&state) {
		return state
	}
	v := clerkVisit{of, c}
	var cookies clerkCookies
	v.chooseCookies(&cookies)
	return v.mayHandshake(state, &cookies)
}

// aboutTime reports whether a token failed for nothing but its times.
func aboutTime(s *State) bool {
	switch s.Reason {
	case reason.SessionTokenExpired, reason.SessionTokenNBF, reason.SessionTokenIATInTheFuture:
		return s.Kind == SignedOut
	}
	return false
}
