package gate

import (
	"strconv"
	"strings"

	"github.com/sessiongate/sessiongate/request"
	"github.com/sessiongate/sessiongate/session"
)

// compiledRule is a rule ready for requests.
type compiledRule struct {
	hosts, notHosts     []hostPattern
	paths, notPaths     []pathPattern
	methods, notMethods []methodPattern
	auth                Auth
	require             []requirement
	onFailure           OnFailure
	signInURL           string
	group               *session.Group
	first               *session.Provider
}

// Compile checks the policy as a whole and prepares it. A problem's Field is
// a path from the top ("rules[2].signInUrl").
func (p *Policy) Compile() []session.Problem {
	var problems []session.Problem
	if p.OnFailure == Inherit {
		p.OnFailure = Auto
	}
	p.names = namesWith(p.IdentityHeaderPrefix)
	p.strip = newStripper(p)
	p.rules = make([]compiledRule, len(p.Rules))
	for i := range p.Rules {
		at := "rules[" + strconv.Itoa(i) + "]."
		problems = append(problems, p.compileRule(&p.Rules[i], &p.rules[i], at)...)
	}
	problems = append(problems, p.compileRule(&Rule{}, &p.fallback, "")...)
	return append(problems, p.checkSignInPages()...)
}

func (p *Policy) compileRule(rule *Rule, c *compiledRule, at string) []session.Problem {
	var problems []session.Problem
	problem := func(field, message string) {
		problems = append(problems, session.Problem{Field: at + field, Message: message})
	}
	c.hosts = compilePatterns(rule.Hosts, at+"hosts", newHostPattern, &problems)
	c.notHosts = compilePatterns(rule.NotHosts, at+"notHosts", newHostPattern, &problems)
	c.paths = compilePatterns(rule.Paths, at+"paths", newPathPattern, &problems)
	c.notPaths = compilePatterns(rule.NotPaths, at+"notPaths", newPathPattern, &problems)
	c.methods = compilePatterns(rule.Methods, at+"methods", newMethodPattern, &problems)
	c.notMethods = compilePatterns(rule.NotMethods, at+"notMethods", newMethodPattern, &problems)
	problems = append(problems, uncovered(rule.Paths, at+"paths")...)
	for _, patterns := range [][]pathPattern{c.paths, c.notPaths} {
		for i := range patterns {
			p.capitals = p.capitals || patterns[i].hasCapitals()
		}
	}

	c.auth = rule.Auth
	c.onFailure = rule.OnFailure
	if c.onFailure == Inherit {
		c.onFailure = p.OnFailure
	}
	c.signInURL = rule.SignInURL
	providers := rule.Providers
	if providers == nil {
		providers = p.Providers
	}
	if len(providers) == 0 {
		problem("providers", "missing; write at least one")
		return problems
	}
	c.first = providers[0]
	c.group = session.NewGroup(providers, session.Options{
		MaxTokenBytes:  p.MaxTokenBytes,
		TrustForwarded: p.TrustForwarded,
		Private:        p.privateParam,
	})
	if len(rule.Require) > 0 {
		if rule.Auth != Required {
			problem("require", "has a meaning only with \"auth\": \"required\"; leave one of the two out")
		}
		if len(p.Providers) > 1 && rule.Providers == nil {
			problem("providers", "missing: claims mean something only for certain issuers; name the providers whose tokens \"require\" is about")
		}
		for _, r := range rule.Require {
			c.require = append(c.require, newRequirement(r))
		}
	}
	if rule.Auth == Skip {
		if rule.Providers != nil {
			problem("providers", "has no meaning with \"auth\": \"skip\"; leave it out")
		}
		if rule.OnFailure != Inherit {
			problem("onFailure", "has no meaning with \"auth\": \"skip\"; leave it out")
		}
		if rule.SignInURL != "" {
			problem("signInUrl", "has no meaning with \"auth\": \"skip\"; leave it out")
		}
	}
	if c.onFailure == Redirect && rule.Auth == Required && (rule.OnFailure == Redirect || at == "") {
		for _, provider := range providers {
			if p.signInURL(c, provider) == "" {
				problem("onFailure", "\"redirect\" needs a sign-in page; write signInUrl too")
				break
			}
		}
	}
	return problems
}

// compilePatterns compiles a list of patterns; what is wrong with one is a
// problem at its place.
func compilePatterns[P any](texts []string, field string, compile func(string) (P, string), problems *[]session.Problem) []P {
	var patterns []P
	for i, text := range texts {
		pattern, wrong := compile(text)
		if wrong != "" {
			*problems = append(*problems, session.Problem{Field: field + "[" + strconv.Itoa(i) + "]", Message: wrong})
			continue
		}
		patterns = append(patterns, pattern)
	}
	return patterns
}

// uncovered warns of "/admin/*" where "/admin" itself is not in the list.
func uncovered(paths []string, field string) []session.Problem {
	var problems []session.Problem
	for i, path := range paths {
		base, ok := strings.CutSuffix(path, "/*")
		if !ok || base == "" || contains(paths, base) || contains(paths, base+"*") {
			continue
		}
		problems = append(problems, session.Problem{
			Field:   field + "[" + strconv.Itoa(i) + "]",
			Message: "\"" + path + "\" does not cover \"" + base + "\"; write that too if it is meant",
			Warning: true,
		})
	}
	return problems
}

func contains(list []string, s string) bool {
	for _, item := range list {
		if item == s {
			return true
		}
	}
	return false
}

// privateParam tells which query parameters are left out of redirect_url.
func (p *Policy) privateParam(name string) bool {
	if session.ClerkParam(name) {
		return true
	}
	for _, provider := range p.Providers {
		if provider.TokenParam(name) {
			return true
		}
	}
	return false
}

// pick finds the rules that a request falls under, one for each reading of its
// path with and without regard to case, without duplicates; the first is that
// of the path as sent.
func (p *Policy) pick(r *request.Request, readings []string, into []*compiledRule) []*compiledRule {
	for _, path := range readings {
		into = addRule(into, p.match(r, path, false))
		if folded := request.Fold(path); p.capitals || folded != path {
			into = addRule(into, p.match(r, folded, true))
		}
	}
	return into
}

func addRule(rules []*compiledRule, rule *compiledRule) []*compiledRule {
	for _, known := range rules {
		if known == rule {
			return rules
		}
	}
	return append(rules, rule)
}

// match finds the first rule that matches one reading of the path.
func (p *Policy) match(r *request.Request, path string, folded bool) *compiledRule {
	for i := range p.rules {
		rule := &p.rules[i]
		if rule.matchesHost(r.Host) && rule.matchesMethod(r.Method) && rule.matchesPath(path, folded) {
			return rule
		}
	}
	return &p.fallback
}

// matchesHost: an authority that is no host matches only rules without hosts.
func (c *compiledRule) matchesHost(host string) bool {
	if c.hosts == nil && c.notHosts == nil {
		return true
	}
	return host != "" && listed(c.hosts, c.notHosts, func(p *hostPattern) bool { return p.matches(host) })
}

func (c *compiledRule) matchesMethod(method string) bool {
	return listed(c.methods, c.notMethods, func(p *methodPattern) bool { return p.matches(method) })
}

func (c *compiledRule) matchesPath(path string, folded bool) bool {
	return listed(c.paths, c.notPaths, func(p *pathPattern) bool { return p.matches(path, folded) })
}

// listed tells whether some pattern of yes matches (or there is none) and no
// pattern of no does.
func listed[P any](yes, no []P, matches func(*P) bool) bool {
	found := yes == nil
	for i := 0; i < len(yes) && !found; i++ {
		found = matches(&yes[i])
	}
	if !found {
		return false
	}
	for i := range no {
		if matches(&no[i]) {
			return false
		}
	}
	return true
}
