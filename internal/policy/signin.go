package policy

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
)

// signInURL is the sign-in page for a rule: its own, the provider's, the
// policy's; empty if there is none.
func (p *Policy) signInURL(rule *compiledRule, provider *session.Provider) string {
	switch {
	case rule.signInURL != "":
		return rule.signInURL
	case provider != nil && provider.SignInURL != "":
		return provider.SignInURL
	}
	return p.SignInURL
}

// redirectURL is the parameter that tells a sign-in page where to send people
// back to.
const redirectURL = "redirect_url"

// signIn is where a signed-out request is sent to sign in, and the cookie line
// that counts it; empty if it is to be refused instead. Of the request it takes
// only its own URL, as a parameter.
func (p *Policy) signIn(r *request.Request, f *failure) (location, guard string) {
	if !mendable(f.why) || !wantsPage(r, f.rule) {
		return "", ""
	}
	page := p.signInURL(f.rule, f.state.Provider)
	if page == "" {
		return "", ""
	}
	return p.toPage(r, page)
}

// toPage is where a request is sent that has to see a page before it passes, and
// the cookie line that counts it; empty if it is to be refused instead.
func (p *Policy) toPage(r *request.Request, page string) (location, guard string) {
	redirects := redirectsOf(r)
	if redirects >= maxRedirects {
		return "", ""
	}
	own, ok := r.URL(p.TrustForwarded)
	if !ok || isPage(r, own, page) {
		return "", ""
	}
	location = request.WithParam(page, redirectURL, own.WithoutParams(p.private).String())
	return location, guardCookie(redirects+1, own.Scheme == "https")
}

// wantsPage reports whether whoever made a request can be shown a sign-in page.
func wantsPage(r *request.Request, rule *compiledRule) bool {
	if rule.onFailure == Deny || r.IsGRPC() || r.IsUpgrade() {
		return false
	}
	if rule.onFailure == Redirect {
		return r.Method == "GET" || r.Method == "HEAD"
	}
	return r.IsDocument()
}

// mendable reports whether a sign-in can help: it brings another token. It is a
// closed list, so that a new reason refuses until somebody has thought about it.
func mendable(why reason.Reason) bool {
	switch why {
	case reason.TokenMissing, reason.SessionTokenAndUATMissing, reason.ClientUATButNoSessionToken,
		reason.DevBrowserMissing, // nothing is there
		reason.TokenExpired, reason.TokenTooOld, reason.SessionTokenExpired,
		reason.TokenNotActiveYet, reason.TokenIATInTheFuture, reason.SessionTokenNBF, reason.SessionTokenIATInTheFuture,
		reason.SessionTokenButNoClientUAT, reason.SessionTokenIATBeforeClientUAT, reason.SessionTokenMissing, reason.SessionPending,
		reason.TokenInvalid, reason.TokenInvalidAlgorithm, reason.TokenInvalidSignature, reason.TokenInvalidIssuer,
		reason.TokenInvalidAuthorizedParties, reason.KeyIDMismatch, reason.TokenVerificationFailed:
		return true
	}
	return false
}

// isPage reports whether a request is for the sign-in page itself, however its
// path is written: sending it there again would never end. Behind a proxy that
// changes the host, the page is known by its path and by a redirect_url that
// leads to the request's own host, which is what this package sends people
// there with.
func isPage(r *request.Request, own request.URL, page string) bool {
	host, path := splitPage(page)
	readings, bad := r.Readings()
	if bad != reason.None {
		return true
	}
	same := false
	for _, reading := range readings {
		same = same || strings.EqualFold(strings.TrimRight(reading, "/"), strings.TrimRight(path, "/"))
	}
	if !same || host == "" || host == own.Host {
		return same
	}
	back, _ := r.FirstParam(redirectURL)
	return strings.HasPrefix(back, own.Scheme+"://"+own.Host+"/")
}

// splitPage takes a sign-in page apart: host (with its port unless default)
// and path. The host is empty if the page is a path on the request's own host.
func splitPage(page string) (host, path string) {
	page, _, _ = strings.Cut(page, "?")
	scheme, rest, absolute := strings.Cut(page, "://")
	if !absolute {
		return "", page
	}
	host, path, _ = strings.Cut(rest, "/")
	host = strings.ToLower(host)
	if scheme == "https" {
		host = strings.TrimSuffix(host, ":443")
	} else {
		host = strings.TrimSuffix(host, ":80")
	}
	return host, "/" + path
}
