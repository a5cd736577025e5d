package explain

import (
	"strings"
	"time"

	"github.com/sessiongate/sessiongate/internal/reason"
)

// aboutSession are the reasons that Clerk's cookies lead to.
var aboutSession = map[reason.Reason]func(*Explanation) string{
	reason.SessionTokenAndUATMissing: func(e *Explanation) string {
		return e.noToken() + "; and no cookie __client_uat that says that a user is signed in"
	},
	reason.SessionTokenButNoClientUAT: func(e *Explanation) string {
		return "cookie __client_uat: " + e.clientUAT() + "; would pass: the time of the browser's last sign-in, which the page's script sets beside the session token"
	},
	reason.ClientUATButNoSessionToken: func(e *Explanation) string {
		return "cookie __client_uat: " + e.clientUAT() + ", but no session token: neither " + strings.Join(e.sessionCookies(), " nor ") + "; would pass: one of them with a token"
	},
	reason.SessionTokenIATBeforeClientUAT: func(e *Explanation) string {
		return "iat " + e.issuedAt() + ", before cookie __client_uat: " + e.clientUAT() + "; would pass: a token that was issued after it"
	},
	reason.SessionTokenMissing: func(*Explanation) string {
		return "the handshake token brings no session token: the user has signed out; would pass: a new sign-in"
	},
	reason.SessionPending: func(*Explanation) string {
		return "claim sts \"pending\": the sign-in is not finished; would pass: none, or \"active\" (or treatPendingAsSignedOut: false)"
	},
	reason.DevBrowserSync: func(*Explanation) string {
		return "query parameter __clerk_db_jwt: the page came with a development browser that the instance does not know yet; would pass: the URL without it, after the handshake"
	},
	reason.DevBrowserMissing: func(*Explanation) string {
		return "no cookie __clerk_db_jwt, which a development instance needs; would pass: the request after a handshake"
	},
	reason.SatelliteNeedsSyncing: func(e *Explanation) string {
		return "a satellite domain, whose cookies do not show whether a user is signed in (__client_uat: " + e.clientUAT() + "); would pass: the request after the primary domain was asked"
	},
}

// sessionCookies are the names of cookies with session tokens.
func (e *Explanation) sessionCookies() (names []string) {
	for _, p := range e.policy.Providers {
		if e.Decision.Provider == nil || p == e.Decision.Provider {
			names = append(names, p.TokenCookies()...)
		}
	}
	return unique(names)
}

// clientUAT are the values of the cookies that tell when the browser's state
// of sign-in has changed last.
func (e *Explanation) clientUAT() string {
	const name = "__client_uat"
	names := []string{name}
	for _, cookie := range e.sessionCookies() {
		if suffix, is := strings.CutPrefix(cookie, "__session_"); is {
			names = append(names, name+"_"+suffix)
		}
	}
	var all []string
	for _, name := range unique(names) {
		value, _ := e.request.CookieDecoded(name)
		if value == "" {
			continue
		}
		text := show(value)
		if seconds := seconds(value); seconds > 0 {
			text += " (" + e.when(time.Unix(seconds, 0)) + ")"
		}
		all = append(all, name+"="+text)
	}
	if len(all) == 0 {
		return "not there"
	}
	return strings.Join(all, ", ")
}

func seconds(digits string) (n int64) {
	for i := 0; i < len(digits) && '0' <= digits[i] && digits[i] <= '9' && n < 1<<40; i++ {
		n = n*10 + int64(digits[i]-'0')
	}
	return n
}

// issuedAt is when the session token in the cookies was issued.
func (e *Explanation) issuedAt() string {
	for i := range e.tokens {
		if t := &e.tokens[i]; t.parsed != nil && strings.HasPrefix(t.place, "cookie ") && (e.Decision.Provider == nil || t.provider == e.Decision.Provider) {
			return e.date("iat", t.parsed.Claims.IssuedAt).found
		}
	}
	return "none"
}
