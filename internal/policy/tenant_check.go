package policy

import (
	"slices"

	"github.com/sessiongate/sessiongate/internal/problem"
)

// placeholders checks that every name in the patterns of a rule is compared with
// a claim, and that what is compared is there in every way to match the rule:
// else a request could fall under the rule and have no such value.
func (c *compiler) placeholders(rule *Rule, out *compiledRule, at string) {
	if len(out.paths) < len(rule.Paths) || len(out.hosts) < len(rule.Hosts) {
		return // some pattern is wrong, and has been reported
	}
	paths, hosts := namesOf(c, out.paths, at+"paths", pathNames), namesOf(c, out.hosts, at+"hosts", hostNames)
	const nowhere = "has a name in braces, which works in paths and hosts only; in paths write {*} for one segment"
	for i := range out.notPaths {
		if pathNames(&out.notPaths[i]) != nil {
			c.problems.Fail(problem.Element(at+"notPaths", i), nowhere)
		}
	}
	for i := range out.notHosts {
		if hostNames(&out.notHosts[i]) != nil {
			c.problems.Fail(problem.Element(at+"notHosts", i), nowhere)
		}
	}
	for _, name := range paths {
		if slices.Contains(hosts, name) {
			c.problems.Fail(at+"hosts", "{"+name+"} stands in paths too; give one of the two another name")
		}
	}
	var compared []string
	for i := range rule.Require {
		equals := rule.Require[i].Equals
		name := nameIn(equals)
		field := problem.Element(at+"require", i) + ".equals"
		switch {
		case equals == "":
			continue
		case name == "":
			c.problems.Fail(field, "not a name in braces, such as \"{tenant}\"; for a fixed text write \"values\"")
		case !slices.Contains(paths, name) && !slices.Contains(hosts, name):
			c.problems.Fail(field, "{"+name+"} stands in no path and no host of this rule; write it there, as in \"/t/{"+name+"}/{**}\"")
		}
		compared = append(compared, name)
	}
	for _, name := range slices.Concat(paths, hosts) {
		if !slices.Contains(compared, name) {
			c.problems.Fail(at+"require", "no condition compares a claim with {"+name+"}; write {\"claim\": \"org_slug\", \"equals\": \"{"+name+"}\"} or another claim, or {*} in paths and \"*\" in hosts")
		}
	}
}

// namesOf are the names in a list of patterns, each of which has to have all of
// them, once.
func namesOf[P any](c *compiler, patterns []P, field string, of func(*P) []place) (names []string) {
	for i := range patterns {
		for _, p := range of(&patterns[i]) {
			if !slices.Contains(names, p.name) {
				names = append(names, p.name)
			}
		}
	}
	for i := range patterns {
		for _, name := range names {
			n := 0
			for _, p := range of(&patterns[i]) {
				if p.name == name {
					n++
				}
			}
			switch {
			case n == 0:
				c.problems.Fail(problem.Element(field, i), "lacks {"+name+"}, which another pattern of this rule has; write it here too, or give this one a rule of its own")
			case n > 1:
				c.problems.Fail(problem.Element(field, i), "has {"+name+"} twice; give one of the two another name")
			}
		}
	}
	return names
}

func pathNames(p *pathPattern) []place { return p.exact.template.places }

func hostNames(p *hostPattern) []place {
	if p.template == nil {
		return nil
	}
	return p.template.places
}
