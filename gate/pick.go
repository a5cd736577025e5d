package gate

import (
	"slices"

	"github.com/sessiongate/sessiongate/request"
)

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
	if slices.Contains(rules, rule) {
		return rules
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

// matchesHost: an authority that is no host matches only rules without hosts
// and notHosts.
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
