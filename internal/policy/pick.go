package policy

import (
	"slices"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
)

// pick finds the rules that a request falls under, one for each reading of its
// path, with and without regard to case, and of its method, without
// duplicates; the first is that of the path as sent. bad says why nobody can
// tell which rules these are.
func (p *Policy) pick(r *request.Request, into []*compiledRule) (rules []*compiledRule, bad reason.Reason) {
	if p.hasHosts && !r.AuthorityValid() {
		return nil, reason.AuthorityInvalid
	}
	methods, valid := p.methodsOf(r)
	if !valid {
		return nil, reason.MethodInvalid
	}
	if !p.hasPaths {
		path, bad := r.PathAsSent()
		if bad != reason.None {
			return nil, bad
		}
		return p.match(into, lookup{r.Host, methods, path[0], false}), reason.None
	}
	readings, bad := r.Readings()
	if bad != reason.None {
		return nil, bad
	}
	for _, path := range readings {
		into = p.matchReading(into, lookup{r.Host, methods, path, false})
	}
	return into, reason.None
}

// matchReading is match for a reading as it stands, and without regard to case.
func (p *Policy) matchReading(rules []*compiledRule, l lookup) []*compiledRule {
	rules = p.match(rules, l)
	if folded := request.Fold(l.path); p.capitals || folded != l.path {
		l.path, l.folded = folded, true
		rules = p.match(rules, l)
	}
	return rules
}

// lookup is one reading of a request's path, with what else rules match.
type lookup struct {
	host    string
	methods methodSet
	path    string
	folded  bool // the path is without regard to case
}

// match adds, for each of the methods, the first rule that matches.
func (p *Policy) match(rules []*compiledRule, l lookup) []*compiledRule {
	for i := range p.rules {
		rule := &p.rules[i]
		if rule.methods&l.methods != 0 && rule.matchesHost(l.host) && rule.matchesPath(l.path, l.folded) {
			rules = addRule(rules, rule)
			if l.methods &^= rule.methods; l.methods == 0 {
				return rules
			}
		}
	}
	return addRule(rules, &p.fallback)
}

func addRule(rules []*compiledRule, rule *compiledRule) []*compiledRule {
	if slices.Contains(rules, rule) {
		return rules
	}
	return append(rules, rule)
}

func (c *compiledRule) matchesHost(host string) bool {
	return listed(c.hosts, c.notHosts, host, false)
}

func (c *compiledRule) matchesPath(path string, folded bool) bool {
	return listed(c.paths, c.notPaths, path, folded)
}

// listed reports whether some pattern of yes matches (or there is no such list)
// and no pattern of no does.
func listed(yes, no []pattern, text string, folded bool) bool {
	return (yes == nil || anyMatches(yes, text, folded)) && !anyMatches(no, text, folded)
}

func anyMatches(patterns []pattern, text string, folded bool) bool {
	for i := range patterns {
		if patterns[i].matches(text, folded) {
			return true
		}
	}
	return false
}
