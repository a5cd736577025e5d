package policy

import (
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/session"
)

// redirects checks that there is a sign-in page wherever "redirect" sends
// people to one.
func (c *compiler) redirects() {
	const message = "\"redirect\" needs a sign-in page; write signInUrl too"
	p := c.policy
	top := p.OnFailure == Redirect && !p.catchesAll() && p.lacksPage(&Rule{})
	for at, rule := range p.eachRule {
		switch {
		case rule.Auth != Required || !p.lacksPage(rule):
		case rule.OnFailure == Redirect:
			c.problems.Fail(at+".onFailure", message)
		case rule.OnFailure == Inherit && p.OnFailure == Redirect:
			top = true
		}
	}
	if top {
		c.problems.Fail("onFailure", message)
	}
}

// catchesAll reports whether some rule matches every request, so that those
// without a rule do not exist.
func (p *Policy) catchesAll() bool {
	return slices.ContainsFunc(p.rules, func(r compiledRule) bool {
		return r.hosts == nil && r.notHosts == nil && r.paths == nil && r.notPaths == nil && r.methods == anyMethod
	})
}

// lacksPage reports whether some provider of a rule has no sign-in page there.
func (p *Policy) lacksPage(rule *Rule) bool {
	return rule.SignInURL == "" && p.SignInURL == "" &&
		slices.ContainsFunc(p.providersOf(rule), func(provider *session.Provider) bool { return provider.SignInURL == "" })
}

// signInPages finds sign-in pages on the request's own host that a signed-out
// visitor could not open.
func (c *compiler) signInPages() {
	p := c.policy
	c.signInPage("signInUrl", p.SignInURL)
	for i, provider := range p.Providers {
		c.signInPage(problem.Element("providers", i)+".signInUrl", provider.SignInURL)
	}
	for i := range p.Rules {
		c.signInPage(problem.Element("rules", i)+".signInUrl", p.Rules[i].SignInURL)
	}
}

func (c *compiler) signInPage(field, page string) {
	if !strings.HasPrefix(page, "/") {
		return
	}
	_, path := splitPage(page)
	if c.policy.everywhere(path, func(rule *compiledRule) bool { return rule.auth == Required }) {
		c.problems.Fail(field, "\""+path+"\" falls under a rule that requires a session, so users could not sign in; add a rule {\"paths\": [\""+path+"\"], \"auth\": \"skip\"} before it")
	}
}

// everywhere reports whether a GET of path falls under a rule that asks for
// something on every host. A rule for certain hosts only may let it through on
// these.
func (p *Policy) everywhere(path string, asks func(*compiledRule) bool) bool {
	for i := range p.rules {
		rule := &p.rules[i]
		if rule.methods&p.methodOf("GET") == 0 || !rule.matchesPath(path, false) {
			continue
		}
		if !asks(rule) || rule.onFailure == LogOnly {
			return false
		}
		if rule.hosts == nil && rule.notHosts == nil {
			return true
		}
	}
	return asks(&p.fallback) && p.fallback.onFailure != LogOnly
}
