package clerk

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwt"
)

// cookies are the cookies of one instance, as its rules choose them.
type cookies struct {
	suffixed   bool
	names      *cookieNames
	session    session.Reading // of the session token; empty token: none
	clientUAT  int64           // seconds of the last change of sign-in state; 0: signed out, or no cookie
	devBrowser string          // development browser token, of the query or the cookie; empty in production
	devSync    bool            // it is in the query
}

// chooseCookies picks suffixed or unsuffixed cookies. Both kinds may be there:
// several instances share a host, or an older SDK wrote the unsuffixed ones.
func (v *visit) chooseCookies() (chosen cookies) {
	c := v.instance
	plainUAT, ownUAT := v.cookie(unsuffixed.clientUAT), v.cookie(c.suffixed.clientUAT)
	plainToken, ownToken := v.cookie(unsuffixed.session), v.cookie(c.suffixed.session)
	plain := v.readCookie(plainToken)
	own := plain
	if ownToken != plainToken { // Clerk's page script writes one token to both
		own = v.readCookie(ownToken)
	}

	chosen = cookies{names: &unsuffixed, session: plain, clientUAT: parseCount(plainUAT)}
	if v.suffixed(&plain, &own, plainUAT, ownUAT) {
		chosen = cookies{suffixed: true, names: &c.suffixed, session: own, clientUAT: parseCount(ownUAT)}
	}
	if c.development {
		chosen.devBrowser, chosen.devSync = v.Request.FirstParam(devBrowserParam)
		if chosen.devBrowser == "" {
			chosen.devBrowser = v.cookie(chosen.names.devBrowser)
		}
	}
	return chosen
}

func (v *visit) cookie(name string) string {
	value, _ := v.Request.CookieDecoded(name)
	return value
}

func (v *visit) readCookie(token string) session.Reading {
	if token == "" {
		return session.NoToken
	}
	return v.Read(jwt.Token(token))
}

// suffixed decides which cookies count, as @clerk/backend 3.20 does; the first
// rule that applies does. A
// client_uat of "0" is a client that is signed out, a missing one an older SDK
// or another host.
func (v *visit) suffixed(plain, own *session.Reading, plainUAT, ownUAT string) bool {
	c := v.instance
	switch {
	case plain.Token != "" && plain.Claims.Issuer == "":
		return false // malformed: signed-out rather than a handshake
	case plain.Token != "" && !v.Provider.Owns(plain.Claims):
		return true // another instance's
	case ownUAT == "" && own.Token == "":
		return false
	case ownUAT != "0" && plainUAT != "0" && plain.Claims.IssuedAt.Seconds > own.Claims.IssuedAt.Seconds:
		return false // both signed in, the unsuffixed one later
	case ownUAT == "0" && plainUAT != "0":
		return false
	case c.development && ownUAT != "0" && plainUAT == "0" && v.past(own):
		return false
	case own.Token != "" && ownUAT == "":
		return false
	}
	return true
}

// past reports whether a token is past its exp, without skew.
func (v *visit) past(t *session.Reading) bool {
	return t.Claims.Expiry.Valid && t.Claims.Expiry.Seconds <= float64(v.Checker.Now.Unix())
}

// parseCount reads the digits that a cookie's value begins with; without any it
// is 0. It stops growing beyond any real value.
func parseCount(s string) (n int64) {
	for _, c := range []byte(strings.TrimLeft(s, " \t")) {
		if c < '0' || c > '9' || n >= 1<<52 {
			return n
		}
		n = n*10 + int64(c-'0')
	}
	return n
}
