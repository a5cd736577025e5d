package session

import (
	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
)

// clerk is the preset whose cookies can leave open whether somebody is signed
// in; a browser that opens a document is then sent to the Frontend API, which
// settles it (the handshake). The files clerk_*.go hold what its cookies, its
// handshake and its claims mean.
var clerk = Vendor{
	Name: "clerk",
	Fields: []string{"publishableKey", "treatPendingAsSignedOut", "handshake", "isSatellite",
		"domain", "proxyUrl", "satelliteAutoSync"},
	OwnCookies:     true,
	ReservedPrefix: "x-clerk-auth-",
	algorithms:     jwa.SetOf(jwa.RS256, jwa.RS384, jwa.RS512),
	types:          []string{"jwt"},
	precheck:       sessionCategory,
	keyIDs:         true,
	forwards:       true,
	prepare:        prepareClerk,
	identity:       organisation,
	uniform:        uniformOrganisation,
	pending:        pendingSession,
	names:          clerkNames,
	private:        handshakeParams,
	answer:         clerkAnswer,
	reasonOf:       clerkReason,
	nothing:        reason.SessionTokenAndUATMissing,
}

// clerkInstance is what follows from a publishable key.
type clerkInstance struct {
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

// places: the session and handshake tokens, and what else the cookies say.
func (c *clerkInstance) places() places {
	return places{
		tokenCookies: []string{unsuffixed.session, c.suffixed.session, handshakeName},
		tokenParams:  []string{handshakeName},
		cookies: []string{
			unsuffixed.clientUAT, c.suffixed.clientUAT, unsuffixed.devBrowser, c.suffixed.devBrowser, redirectCountCookie,
		},
		params: []string{devBrowserParam, syncedParam},
	}
}

// clerkReason: the three reasons about time have names of their own.
func clerkReason(r reason.Reason) reason.Reason {
	switch r {
	case reason.TokenExpired:
		return reason.SessionTokenExpired
	case reason.TokenNotActiveYet:
		return reason.SessionTokenNBF
	case reason.TokenIATInTheFuture:
		return reason.SessionTokenIATInTheFuture
	}
	return r
}

// clerkAnswer tells Clerk's page script what was found, as @clerk/backend 3.20
// does.
func clerkAnswer(headers [][2]string, kind Kind, why reason.Reason) [][2]string {
	status := "signed-out"
	switch kind {
	case Handshake:
		status = "handshake"
	case SignedIn:
		status = "signed-in"
	}
	return append(headers,
		[2]string{"x-clerk-auth-status", status},
		[2]string{"x-clerk-auth-reason", why.String()},
		[2]string{"x-clerk-auth-message", why.Error()})
}
