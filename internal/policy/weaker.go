package policy

import (
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/internal/problem"
)

// weakerAfter warns of rules that are weaker than one before them, where a
// client can choose which of the two it falls under: by its host, or by sending
// HEAD for GET.
func (c *compiler) weakerAfter() {
	for i := range c.policy.Rules {
		if hosts := c.policy.Rules[i].Hosts != nil || c.policy.Rules[i].NotHosts != nil; hosts {
			if weaker, found := c.weakerThan(i, anyMethod); found {
				c.problems.Warn(problem.Element("rules", i)+".hosts", "a client that reaches this backend under another host falls under "+weaker+
					", which is weaker, and a client chooses its Host header; have Envoy's virtual hosts route only the hosts that the rules name")
				break
			}
		}
	}
	for i := range c.policy.Rules {
		if methods := c.policy.Rules[i].Methods; !slices.Contains(methods, "GET") || slices.Contains(methods, "HEAD") {
			continue
		}
		if weaker, found := c.weakerThan(i, c.policy.methodOf("HEAD")); found {
			c.problems.Warn(problem.Element("rules", i)+".methods", "names GET without HEAD, and HEAD falls under "+weaker+", which is weaker; write \"HEAD\" too")
		}
	}
}

// WeakerThanNext finds a rule with hosts that asks less of a request than some
// rule after it, or than what holds without a rule.
func (p *Policy) WeakerThanNext() (rule int, found bool) {
	for i := range p.Rules {
		if p.Rules[i].Hosts == nil && p.Rules[i].NotHosts == nil {
			continue
		}
		most := strength(&Rule{})
		for j := i + 1; j < len(p.Rules); j++ {
			most = max(most, strength(&p.Rules[j]))
		}
		if strength(&p.Rules[i]) < most {
			return i, true
		}
	}
	return 0, false
}

// weakerThan names the first rule after rule i that asks less of a request and
// may match the same paths, with one of the methods.
func (c *compiler) weakerThan(i int, methods methodSet) (name string, found bool) {
	p := c.policy
	if methods == anyMethod {
		methods = p.rules[i].methods
	}
	for j := i + 1; j < len(p.rules); j++ {
		if p.rules[j].methods&methods == 0 || !overlap(p.Rules[i].Paths, p.Rules[j].Paths) {
			continue
		}
		if strength(&p.Rules[j]) < strength(&p.Rules[i]) {
			return problem.Element("rules", j), true
		}
		if r := &p.Rules[j]; r.Hosts == nil && r.NotHosts == nil && r.Paths == nil && r.NotPaths == nil {
			if methods &^= p.rules[j].methods; methods == 0 {
				return "", false
			}
		}
	}
	if strength(&Rule{}) < strength(&p.Rules[i]) {
		return "no rule, so that only a session is required", true
	}
	return "", false
}

// strength orders rules by how much they ask of a request.
func strength(rule *Rule) int {
	switch {
	case rule.Auth == Skip:
		return 0
	case rule.Auth == Optional:
		return 1
	case rule.Require == nil && rule.Audiences == nil:
		return 2
	}
	return 3
}

// overlap reports whether some path may match a pattern of both lists; nil
// matches every path.
func overlap(one, other []string) bool {
	if one == nil || other == nil {
		return true
	}
	for _, a := range one {
		for _, b := range other {
			if mayShare(a, b) {
				return true
			}
		}
	}
	return false
}

// mayShare compares what two patterns begin with. It says yes where it cannot
// tell.
func mayShare(a, b string) bool {
	a, openA := beginning(a)
	b, openB := beginning(b)
	switch {
	case openA && openB:
		return strings.HasPrefix(a, b) || strings.HasPrefix(b, a)
	case openA:
		return strings.HasPrefix(b, a)
	case openB:
		return strings.HasPrefix(a, b)
	}
	return a == b
}

// beginning is the text that every path has in front which a pattern matches;
// open says that something may follow it.
func beginning(pattern string) (text string, open bool) {
	if end := strings.IndexAny(pattern, "*{"); end >= 0 {
		return pattern[:end], true
	}
	return pattern, false
}
