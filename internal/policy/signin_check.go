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

// namedPages are those that the policy, a provider or a rule names; empty where
// it names none.
type namedPages struct {
	at             string // the path of who names them, with a dot at its end
	signIn, stepUp string
}

// pages are all that the configuration names.
func (p *Policy) pages() []namedPages {
	all := []namedPages{{"", p.SignInURL, p.StepUpURL}}
	for i, provider := range p.Providers {
		all = append(all, namedPages{problem.Element("providers", i) + ".", provider.SignInURL, provider.StepUpURL})
	}
	for at, rule := range p.eachRule {
		all = append(all, namedPages{at + ".", rule.SignInURL, rule.StepUpURL})
	}
	return all
}

// signInPages finds sign-in pages on the request's own host that a signed-out
// visitor could not open.
func (c *compiler) signInPages() {
	for _, named := range c.policy.pages() {
		if path, closed := c.policy.everywhere(named.signIn, (*compiledRule).asksForSession); closed {
			c.problems.Fail(named.at+"signInUrl", "\""+path+"\" falls under a rule that requires a session, so users could not sign in; add a rule {\"paths\": [\""+path+"\"], \"auth\": \"skip\"} before it")
		}
	}
}

func (c *compiledRule) asksForSession() bool { return c.auth == Required }

// everywhere reports whether a page on the request's own host, which has a path
// only, falls under a rule that asks for something on every host. A rule for
// certain hosts only may let it through on these.
func (p *Policy) everywhere(page string, asks func(*compiledRule) bool) (path string, asked bool) {
	if !strings.HasPrefix(page, "/") {
		return "", false
	}
	_, path = splitPage(page)
	for i := range p.rules {
		rule := &p.rules[i]
		if rule.methods&p.methodOf("GET") == 0 || !rule.matchesPath(path, false) {
			continue
		}
		if !asks(rule) || rule.onFailure == LogOnly {
			return path, false
		}
		if rule.hosts == nil && rule.notHosts == nil {
			return path, true
		}
	}
	return path, asks(&p.fallback) && p.fallback.onFailure != LogOnly
}
