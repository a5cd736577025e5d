package gate

import (
	"strconv"
	"strings"

	"github.com/sessiongate/sessiongate/reason"
	"github.com/sessiongate/sessiongate/request"
	"github.com/sessiongate/sessiongate/session"
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

// signIn is where a signed-out request is sent to sign in; empty if it is to
// be refused instead.
func (p *Policy) signIn(r *request.Request, rule *compiledRule, state *session.State) string {
	switch {
	case rule.onFailure == Deny, r.IsGRPC(), r.IsUpgrade():
		return ""
	case rule.onFailure == Redirect && r.Method != "GET" && r.Method != "HEAD":
		return ""
	case rule.onFailure != Redirect && !r.IsDocument():
		return ""
	}
	page := p.signInURL(rule, state.Provider)
	if page == "" {
		return ""
	}
	own, ok := r.URL(p.TrustForwarded)
	if !ok || isPage(r, own, page) {
		return ""
	}
	joint := "?"
	if strings.Contains(page, "?") {
		joint = "&"
	}
	return page + joint + "redirect_url=" + request.FormEncode(own.WithoutParams(p.privateParam).String())
}

// isPage tells whether a request is for the sign-in page itself, however its
// path is written: sending it there again would never end.
func isPage(r *request.Request, own request.URL, page string) bool {
	host, path := splitPage(page)
	if host != "" && host != own.Host {
		return false
	}
	readings, bad := r.Readings()
	if bad != reason.None {
		return true
	}
	for _, reading := range readings {
		if strings.EqualFold(strings.TrimRight(reading, "/"), strings.TrimRight(path, "/")) {
			return true
		}
	}
	return false
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

// checkSignInPages finds sign-in pages on the request's own host that a
// signed-out visitor could not open.
func (p *Policy) checkSignInPages() []session.Problem {
	var problems []session.Problem
	check := func(field, page string) {
		if !strings.HasPrefix(page, "/") {
			return
		}
		_, path := splitPage(page)
		if p.requiredEverywhere(path) {
			problems = append(problems, session.Problem{Field: field,
				Message: "\"" + path + "\" falls under a rule that requires a session, so nobody could sign in; add a rule {\"paths\": [\"" + path + "\"], \"auth\": \"skip\"} before it"})
		}
	}
	check("signInUrl", p.SignInURL)
	for i, provider := range p.Providers {
		check("providers["+strconv.Itoa(i)+"].signInUrl", provider.SignInURL)
	}
	for i := range p.Rules {
		check("rules["+strconv.Itoa(i)+"].signInUrl", p.Rules[i].SignInURL)
	}
	return problems
}

// requiredEverywhere tells whether a GET of path falls under a required rule on
// every host. A rule for certain hosts only may let it through on these.
func (p *Policy) requiredEverywhere(path string) bool {
	for i := range p.rules {
		rule := &p.rules[i]
		if !rule.matchesMethod("GET") || !rule.matchesPath(path, false) {
			continue
		}
		if rule.auth != Required || rule.onFailure == LogOnly {
			return false
		}
		if rule.hosts == nil && rule.notHosts == nil {
			return true
		}
	}
	return p.fallback.onFailure != LogOnly
}
