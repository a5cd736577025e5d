package session

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/jwt"
)

// clerkCookies are the cookies of one instance, as its rules choose them.
type clerkCookies struct {
	suffixed   bool
	names      *cookieNames
	session    reading // of the session token; empty token: none
	clientUAT  int64   // seconds of the last change of sign-in state; 0: signed out, or no cookie
	devBrowser string  // development browser token, of the query or the cookie; empty in production
}

// chooseCookies picks suffixed or unsuffixed cookies, into an empty clerkCookies. Both kinds may be there:
// several instances share a host, or an older SDK wrote the unsuffixed ones.
func (v *clerkVisit) chooseCookies(chosen *clerkCookies) {
	c := v.instance
	plainUAT, ownUAT := v.cookie(unsuffixed.clientUAT), v.cookie(c.suffixed.clientUAT)
	plainToken, ownToken := v.cookie(unsuffixed.session), v.cookie(c.suffixed.session)
	var space reading
	plain, own := &chosen.session, &chosen.session
	v.readCookie(plainToken, plain)
	if ownToken != plainToken { // Clerk's page script writes one token to both
		own = &space
		v.readCookie(ownToken, own)
	}

	uat := plainUAT
	if chosen.suffixed = v.suffixed(plain, own, plainUAT, ownUAT); chosen.suffixed {
		chosen.names, uat = &c.suffixed, ownUAT
		if own == &space {
			chosen.session = space
		}
	} else {
		chosen.names = &unsuffixed
	}
	chosen.clientUAT = parseCount(uat)
	if c.development {
		chosen.devBrowser, _ = v.request.FirstParam(devBrowserParam)
		if chosen.devBrowser == "" {
			chosen.devBrowser = v.cookie(chosen.names.devBrowser)
		}
	}
}

func (v *clerkVisit) cookie(name string) string {
	value, _ := v.request.CookieDecoded(name)
	return value
}

func (v *clerkVisit) readCookie(token string, into *reading) {
	if token == "" {
		into.why = reason.TokenInvalid
		return
	}
	v.checker.read(v.provider, jwt.Token(token), v.options.MaxTokenBytes, into)
}

// suffixed decides which cookies count; the first rule that applies does. A
// client_uat of "0" is a client that is signed out, a missing one an older SDK
// or another host.
func (v *clerkVisit) suffixed(plain, own *reading, plainUAT, ownUAT string) bool {
	c := v.instance
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

func issuer(t *reading) string {
	if t.parsed == nil {
		return ""
	}
	return t.parsed.Claims.Issuer
}

func issuedAt(t *reading) float64 {
	if t.parsed == nil || !t.parsed.Claims.IssuedAt.Valid {
		return 0
	}
	return t.parsed.Claims.IssuedAt.Seconds
}

// past reports whether a token is past its exp, without skew.
func (v *clerkVisit) past(t *reading) bool {
	return t.parsed != nil && t.parsed.Claims.Expiry.Valid &&
		t.parsed.Claims.Expiry.Seconds <= float64(v.checker.Now.Unix())
}

// parseCount reads the digits that a cookie's value begins with; without any it
// is 0. It stops growing beyond any real value.
func parseCount(s string) int64 {
	s = strings.TrimLeft(s, " \t")
	var n int64
	for i := 0; i < len(s) && '0' <= s[i] && s[i] <= '9' && n < 1<<52; i++ {
		n = n*10 + int64(s[i]-'0')
	}
	return n
}
