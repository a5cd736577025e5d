// Package clerk is the preset of Clerk: what its publishable key, its cookies, its
// handshake and its claims mean.
//
// It gives the answers that users of @clerk/backend 3.20 and clerk-sdk-go 2.4 rely
// on, and tells kinds of tokens apart as @clerk/backend 3.25.0 does. docs/vendors.md
// lists where it differs on purpose. Categories and claims are exported for vendors
// whose tokens have Clerk's shape.
package clerk

import (
	"cmp"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
)

// Preset has cookies that can leave open whether somebody is signed in. A browser
// that opens a document is then sent to the Frontend API, which settles it (the
// handshake).
var Preset = session.Preset{
	Name: "clerk",
	Fields: []string{"publishableKey", "treatPendingAsSignedOut", "handshake", "isSatellite",
		"domain", "proxyUrl", "satelliteAutoSync"},
	OwnCookies:     true,
	ReservedPrefix: "x-clerk-auth-",
	Algorithms:     jwa.SetOf(jwa.RS256, jwa.RS384, jwa.RS512),
	Types:          []string{"jwt"},
	Precheck:       SessionCategory,
	KeyIDs:         true,
	Forwards:       true,
	Prepare:        prepare,
	Identity:       Identity,
	Uniform:        Uniform,
	WrongValue:     WrongValue,
	Reverifier:     &Reverifier,
	Pending:        PendingSession,
	Kinds:          &kinds,
	Names:          privateNames,
	PrivateParams:  handshakeParams,
	Answer:         answer,
	ReasonOf:       reasonOf,
	Nothing:        reason.SessionTokenAndUATMissing,
}

// instance is what follows from a publishable key.
type instance struct {
	development bool
	suffixed    cookieNames
	frontendAPI string // origin (and path, with proxyUrl) of handshakes, no slash at the end
	handshake   bool   // whether handshakes happen at all
	satellite   bool
	autoSync    bool
	signInURL   string // where a development satellite sends its visitors
}

// cookieNames are the cookies that exist both with the instance's suffix and
// without.
type cookieNames struct {
	session    string // the session token
	clientUAT  string // seconds of the client's last change of sign-in state
	devBrowser string // the development browser
}

var unsuffixed = cookieNames{session: "__session", clientUAT: "__client_uat", devBrowser: "__clerk_db_jwt"}

// withSuffix gives the names of one instance; suffix is "_naoXFJnI" and the like.
func withSuffix(suffix string) cookieNames {
	return cookieNames{
		session:    unsuffixed.session + suffix,
		clientUAT:  unsuffixed.clientUAT + suffix,
		devBrowser: unsuffixed.devBrowser + suffix,
	}
}

// Cookies that are never suffixed, and parameters. The handshake token may be
// either, under one name; so may the development browser.
const (
	handshakeName       = "__clerk_handshake"
	handshakeNonce      = "__clerk_handshake_nonce"
	handshakeHelp       = "__clerk_help"
	devBrowserParam     = "__clerk_db_jwt"
	syncedParam         = "__clerk_synced"
	redirectURLParam    = "__clerk_redirect_url"
	redirectCountCookie = "__clerk_redirect_count"
)

// handshakeParams are the query parameters that belong to a handshake.
var handshakeParams = []string{handshakeName, handshakeNonce, handshakeHelp, devBrowserParam}

// withoutHandshake takes them out of a URL.
var withoutHandshake = request.ParamNames(nil, handshakeParams)

// Places: the session and handshake tokens, and what else the cookies say.
func (c *instance) Places() session.Places {
	return session.Places{
		TokenCookies: []string{unsuffixed.session, c.suffixed.session, handshakeName},
		TokenParams:  []string{handshakeName},
		Cookies: []string{
			unsuffixed.clientUAT, c.suffixed.clientUAT, unsuffixed.devBrowser, c.suffixed.devBrowser, redirectCountCookie,
		},
		Params: []string{devBrowserParam, syncedParam},
	}
}

// ownReasons are the reasons that have names of their own: those about time.
var ownReasons = map[reason.Reason]reason.Reason{
	reason.TokenExpired:        reason.SessionTokenExpired,
	reason.TokenNotActiveYet:   reason.SessionTokenNBF,
	reason.TokenIATInTheFuture: reason.SessionTokenIATInTheFuture,
}

func reasonOf(r reason.Reason) reason.Reason { return cmp.Or(ownReasons[r], r) }

// statuses are the states as Clerk names them.
var statuses = [...]string{
	session.SignedOut: "signed-out",
	session.SignedIn:  "signed-in",
	session.Handshake: "handshake",
	session.NeedsKeys: "signed-out",
}

// answer tells Clerk's own code what was found.
func answer(headers [][2]string, kind session.Kind, why reason.Reason) [][2]string {
	return append(headers,
		[2]string{"x-clerk-auth-status", statuses[kind]},
		[2]string{"x-clerk-auth-reason", why.String()},
		[2]string{"x-clerk-auth-message", why.Error()})
}
