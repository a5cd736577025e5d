package policy

import (
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/internal/problem"
)

// placeholders checks that every name in the patterns of a rule is compared with
// a claim, and that what is compared is there in every way to match the rule:
// else a request could fall under the rule and have no such value.
func (c *compiler) placeholders(rule *Rule, out *compiledRule, at string) {
	if len(out.paths) < len(rule.Paths) || len(out.hosts) < len(rule.Hosts) {
		return // some pattern is wrong, and has been reported
	}
	paths, hosts := c.names(out.paths, rule.Paths, at+"paths"), c.names(out.hosts, rule.Hosts, at+"hosts")
	c.nameless(out.notPaths, rule.NotPaths, at+"notPaths")
	c.nameless(out.notHosts, rule.NotHosts, at+"notHosts")
	for _, name := range paths {
		if slices.Contains(hosts, name) {
			c.problems.Fail(at+"hosts", "{"+name+"} stands in paths too; give one of the two another name")
		}
	}
	names := slices.Concat(paths, hosts)
	for i := range rule.Require {
		equals, field := rule.Require[i].Equals, problem.Element(at+"require", i)+".equals"
		switch name := nameIn(equals); {
		case equals == "":
		case name == "":
			c.problems.Fail(field, "not a name in braces, such as \"{tenant}\"; for a fixed text write \"values\"")
		case !slices.Contains(names, name):
			c.problems.Fail(field, "{"+name+"} stands in no path and no host of this rule; write it there, as in \"/t/{"+name+"}/{**}\"")
		}
	}
	for _, name := range names {
		if !slices.ContainsFunc(rule.Require, func(r Requirement) bool { return nameIn(r.Equals) == name }) {
			c.problems.Fail(at+"require", "no condition compares a claim with {"+name+"}; write {\"claim\": \"org_slug\", \"equals\": \"{"+name+"}\"} or another claim, or {*} in paths and \"*\" in hosts")
		}
	}
}

// names are the names in a list of patterns, each of which has to have all of
// them, once.
func (c *compiler) names(patterns []pattern, texts []string, field string) (names []string) {
	for i := range patterns {
		for _, name := range patterns[i].exact.names() {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	for i, text := range texts {
		for _, name := range names {
			switch strings.Count(text, "{"+name+"}") {
			case 0:
				c.problems.Fail(problem.Element(field, i), "lacks {"+name+"}, which another pattern of this rule has; write it here too, or give this one a rule of its own")
			case 1:
			default:
				c.problems.Fail(problem.Element(field, i), "has {"+name+"} twice; give one of the two another name")
			}
		}
	}
	return names
}

// nameless finds names in patterns that nothing can be compared with, unless some
// pattern is wrong, which has been reported.
func (c *compiler) nameless(patterns []pattern, texts []string, field string) {
	if len(patterns) < len(texts) {
		return
	}
	for i := range patterns {
		if patterns[i].exact.names() != nil {
			c.problems.Fail(problem.Element(field, i), "has a name in braces, which works in paths and hosts only; in paths write {*} for one segment")
		}
	}
}
