package session

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/problem"
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
	categories:     true,
	keyIDs:         true,
	forwards:       true,
	prepare:        prepareClerk,
	cookieState:    clerkCookieState,
	returned:       clerkReturned,
	headerState:    clerkHeaderState,
	identity:       organisation,
	uniform:        uniformOrganisation,
	pending:        pendingSession,
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

// sources are the cookies and parameters that the instance reads besides those
// that hold tokens.
func (c *clerkInstance) sources() (cookies, params []string) {
	return []string{
		unsuffixed.clientUAT, c.suffixed.clientUAT, unsuffixed.devBrowser, c.suffixed.devBrowser, redirectCountCookie,
	}, []string{devBrowserParam, syncedParam}
}

// tokenCookies are the cookies that hold a session or handshake token.
func (c *clerkInstance) tokenCookies() []string {
	return []string{unsuffixed.session, c.suffixed.session, handshakeName}
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

// prepareClerk derives issuers, key set and instance from the publishable key.
func prepareClerk(s *Settings, p *Provider) problem.List {
	var problems problem.List
	if len(s.FromCookies) > 0 {
		problems.Fail("fromCookies", "preset clerk knows its cookies; leave fromCookies out, or write [] to read no cookies at all")
	}
	bearerOnly := s.FromCookies != nil
	if s.PublishableKey == "" {
		if !bearerOnly || len(s.Issuers) == 0 || s.InlineKeys == nil && s.JWKSURI == "" {
			problems.Fail("publishableKey", "missing; write the key that begins with pk_live_ or pk_test_, from Clerk's dashboard")
		}
		return problems
	}
	host, development, ok := parsePublishableKey(s.PublishableKey)
	if !ok {
		problems.Fail("publishableKey", "not a publishable key; write the one that begins with pk_live_ or pk_test_, from Clerk's dashboard")
		return problems
	}
	proxy := strings.TrimRight(s.ProxyURL, "/")
	satellite := ""
	if s.Domain != "" {
		if !isHost(s.Domain) {
			problems.Fail("domain", "not a host name; write it alone, such as \"satellite.example\"")
		}
		satellite = "https://clerk." + s.Domain
	}
	if s.IsSatellite {
		if satellite == "" && proxy == "" {
			problems.Fail("isSatellite", "a satellite needs \"domain\" (or \"proxyUrl\"); write the satellite's own domain")
		}
		if development && !strings.Contains(s.SignInURL, "://") {
			problems.Fail("signInUrl", "a satellite of a development instance needs it; write the absolute URL of the primary domain's sign-in page")
		}
	} else if s.SatelliteAutoSync {
		problems.Fail("satelliteAutoSync", "has a meaning on satellites only; write \"isSatellite\": true too, or leave it out")
	} else if s.Domain != "" {
		problems.Fail("domain", "has a meaning on satellites only; write \"isSatellite\": true too, or leave it out")
	}

	if s.Issuers == nil {
		s.Issuers = []string{"https://" + host}
		if proxy != "" {
			s.Issuers = append(s.Issuers, proxy, proxy+"/")
		}
		if s.IsSatellite && satellite != "" {
			s.Issuers = append(s.Issuers, satellite)
		}
	}
	if s.InlineKeys == nil && s.JWKSURI == "" {
		s.JWKSURI = "https://" + host + "/.well-known/jwks.json"
	}
	if bearerOnly {
		if s.Handshake != nil && *s.Handshake {
			problems.Fail("handshake", "needs cookies, which fromCookies: [] switches off; leave one of the two out")
		}
		return problems
	}
	if s.AuthorizedParties == nil {
		problems.Warn("authorizedParties", "not set: a page on another subdomain could plant its own session cookie; write the origins of your pages, such as [\"https://app.example.com\"]")
	}

	c := &clerkInstance{
		development: development,
		suffixed:    withSuffix(cookieSuffix(s.PublishableKey)),
		frontendAPI: "https://" + host,
		handshake:   or(s.Handshake, true),
		satellite:   s.IsSatellite,
		autoSync:    s.SatelliteAutoSync,
		signInURL:   s.SignInURL,
	}
	switch {
	case proxy != "":
		c.frontendAPI = proxy
	case s.IsSatellite && !development:
		c.frontendAPI = satellite
	}
	p.clerk = c
	return problems
}
