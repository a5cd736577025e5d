package policy

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
)

// pageFor is the page on which users sign in, or sign in again if they have done
// that too long ago: the rule's, the provider's, the policy's; empty if there is
// none.
func (p *Policy) pageFor(f *failure) string {
	of := cmp.Or(f.state.Provider, &session.Provider{})
	if f.why == reason.StepUpRequired {
		return cmp.Or(f.rule.stepUpURL, of.StepUpURL, p.StepUpURL)
	}
	return cmp.Or(f.rule.signInURL, of.SignInURL, p.SignInURL)
}

// redirectURL is the parameter that tells a sign-in page where to send people
// back to.
const redirectURL = "redirect_url"

// toPage is where a request is sent that has to see a page before it passes, and
// the cookie line that counts it; empty if it is to be refused instead. Of the
// request it takes only its own URL, as a parameter.
func (p *Policy) toPage(r *request.Request, f *failure) (location, guard string) {
	page := p.pageFor(f)
	if page == "" || !mendable[f.why] || !wantsPage(r, f.rule) {
		return "", ""
	}
	redirects := redirectsOf(r)
	own, ok := r.URL(p.TrustForwarded)
	if redirects >= maxRedirects || !ok || isPage(r, own, page) {
		return "", ""
	}
	location = request.WithParam(page, redirectURL, own.WithoutParams(p.private).String())
	if f.why == reason.StepUpRequired {
		location = request.WithParam(location, "reason", "step-up")
		location = request.WithParam(location, "max_age", f.rule.check.stepUp.maxAge)
	}
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

// mendable are the reasons of which a sign-in can help: it brings another token.
// It is a closed list, so that a new reason refuses until somebody has thought
// about it.
var mendable = map[reason.Reason]bool{
	// Nothing is there.
	reason.TokenMissing: true, reason.SessionTokenAndUATMissing: true,
	reason.ClientUATButNoSessionToken: true, reason.DevBrowserMissing: true,
	// Its time has passed, or has not come.
	reason.TokenExpired: true, reason.TokenTooOld: true, reason.SessionTokenExpired: true,
	reason.TokenNotActiveYet: true, reason.TokenIATInTheFuture: true,
	reason.SessionTokenNBF: true, reason.SessionTokenIATInTheFuture: true,
	// The session is another one by now.
	reason.SessionTokenButNoClientUAT: true, reason.SessionTokenIATBeforeClientUAT: true,
	reason.SessionTokenMissing: true, reason.SessionPending: true, reason.StepUpRequired: true,
	// It is none of the provider's.
	reason.TokenInvalid: true, reason.TokenInvalidAlgorithm: true, reason.TokenInvalidSignature: true,
	reason.TokenInvalidIssuer: true, reason.TokenInvalidAuthorizedParties: true,
	reason.KeyIDMismatch: true, reason.TokenVerificationFailed: true,
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
	path = strings.TrimRight(path, "/")
	same := slices.ContainsFunc(readings, func(reading string) bool {
		return strings.EqualFold(strings.TrimRight(reading, "/"), path)
	})
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
	return strings.TrimSuffix(strings.ToLower(host), portOf[strings.ToLower(scheme)]), "/" + path
}

// portOf is how the port is written that is the default of a scheme.
var portOf = map[string]string{"http": ":80", "https": ":443"}
