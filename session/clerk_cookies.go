package session

import (
	"strings"

	"github.com/sessiongate/sessiongate/jwt"
	"github.com/sessiongate/sessiongate/reason"
)

// clerkCookies are the cookies of one instance, as its rules choose them.
type clerkCookies struct {
	suffixed   bool
	name       string  // of the session cookie that was chosen
	session    reading // of its token; empty token: none
	clientUAT  int64   // seconds of the last change of sign-in state; 0: signed out, or no cookie
	devBrowser string  // development browser token
}

// chooseCookies picks suffixed or unsuffixed cookies. Both kinds may be there:
// several instances share a host, or an older SDK wrote the unsuffixed ones.
func (v *visit) chooseCookies() clerkCookies {
	c := v.provider.clerk
	cookie := func(name string) string {
		value, _ := v.request.CookieDecoded(name)
		return value
	}
	read := func(token string) reading {
		if token == "" {
			return reading{why: reason.TokenInvalid}
		}
		return v.checker.read(v.provider, jwt.Token(token), v.options.MaxTokenBytes)
	}
	plainUAT, ownUAT := cookie(clientUATCookie), cookie(clientUATCookie+c.suffix)
	plain := read(cookie(sessionCookie))
	own := read(cookie(sessionCookie + c.suffix))

	chosen := clerkCookies{suffixed: v.suffixed(plain, own, plainUAT, ownUAT), name: sessionCookie, session: plain}
	uat, browser := plainUAT, devBrowserCookie
	if chosen.suffixed {
		chosen.name += c.suffix
		chosen.session, uat = own, ownUAT
		browser += c.suffix
	}
	chosen.clientUAT = parseCount(uat)
	if c.development {
		chosen.devBrowser, _ = v.request.FirstParam(devBrowserCookie)
		if chosen.devBrowser == "" {
			chosen.devBrowser = cookie(browser)
		}
	}
	return chosen
}

// suffixed decides which cookies count; the first rule that applies does.
func (v *visit) suffixed(plain, own reading, plainUAT, ownUAT string) bool {
	c := v.provider.clerk
	switch {
	case plain.token != "" && issuer(plain) == "":
		return false // malformed: signed-out rather than a handshake
	case plain.token != "" && !v.provider.owns(plain.parsed):
		return true // another instance's
	case ownUAT == "" && own.token == "":
		return false
	case ownUAT != "0" && plainUAT != "0" && issuedAt(plain) > issuedAt(own):
		return false // both signed in, the unsuffixed one later
	case ownUAT == "0" && plainUAT != "0":
		return false
	case c.development && ownUAT != "0" && plainUAT == "0" && v.past(own):
		return false
	case own.token != "" && ownUAT == "":
		return false
	}
	return true
}

func issuer(t reading) string {
	if t.parsed == nil {
		return ""
	}
	return t.parsed.Claims.Issuer
}

func issuedAt(t reading) float64 {
	if t.parsed == nil || !t.parsed.Claims.IssuedAt.Valid {
		return 0
	}
	return t.parsed.Claims.IssuedAt.Seconds
}

// past tells whether a token is past its exp, without skew.
func (v *visit) past(t reading) bool {
	return t.parsed != nil && t.parsed.Claims.Expiry.Valid &&
		t.parsed.Claims.Expiry.Seconds <= float64(v.checker.Now.Unix())
}

// parseCount reads the digits that a cookie's value begins with; without any it
// is 0.
func parseCount(s string) int64 {
	s = strings.TrimLeft(s, " \t")
	var n int64
	for i := 0; i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
		if n > 1<<52 {
			return n
		}
		n = n*10 + int64(s[i]-'0')
	}
	return n
}

// clerkCookieState names the state that the cookies amount to. A handshake
// token is looked at only where the cookies do not sign in, and only on a
// document request, before a redirect would ask for a new one.
func clerkCookieState(v *visit) State {
	cookies := v.chooseCookies()
	state := v.cookiePath(cookies)
	if state.Kind == SignedIn || state.Kind == NeedsKeys || !v.provider.clerk.handshake || !v.request.IsDocument() {
		return state
	}
	return v.comeBack(state)
}

// cookiePath is the order of the checks on the cookies alone.
func (v *visit) cookiePath(cookies clerkCookies) State {
	c := v.provider.clerk
	hasSession := cookies.session.token != ""
	if c.satellite && v.request.IsDocument() {
		synced, _ := v.request.FirstParam(syncedParam)
		if synced != "true" {
			nothing := !hasSession && cookies.clientUAT == 0
			switch {
			case nothing && synced != "false" && !c.autoSync:
				return v.signedOut(reason.SessionTokenAndUATMissing, false)
			case nothing || synced == "false":
				return v.syncSatellite(cookies)
			}
		}
	}
	if c.development {
		if browser, _ := v.request.FirstParam(devBrowserCookie); browser != "" {
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
	}
	if parsed := cookies.session.parsed; parsed != nil && !parsed.Claims.HasHandshake &&
		v.provider.Expect.Category(parsed) == reason.None &&
		parsed.Claims.IssuedAt.Valid && parsed.Claims.IssuedAt.Seconds < float64(cookies.clientUAT) {
		return v.mayHandshake(v.signedOut(reason.SessionTokenIATBeforeClientUAT, true), cookies)
	}
	state := v.settle(cookies.session, Source{FromCookie, cookies.name})
	if aboutTime(state) {
		return v.mayHandshake(state, cookies)
	}
	return state
}

// clerkHeaderState: a header token that fails only for its times may be
// settled by a handshake, where a document is asked for.
func clerkHeaderState(v *visit, state State) State {
	if v.provider.clerk == nil || !aboutTime(state) {
		return state
	}
	return v.mayHandshake(state, v.chooseCookies())
}

func aboutTime(s State) bool {
	switch s.Reason {
	case reason.SessionTokenExpired, reason.SessionTokenNBF, reason.SessionTokenIATInTheFuture:
		return s.Kind == SignedOut
	}
	return false
}
