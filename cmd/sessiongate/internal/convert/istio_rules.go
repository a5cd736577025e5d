package convert

import (
	"slices"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
)

// rulesOf are the filter's rules for Istio's. Where Istio's overlap, the filter's
// ask for what all of them ask: the first that matches decides alone.
func (d *draft) rulesOf(a *access) {
	rules := a.allowances
	if !a.allows {
		rules = a.denials
	}
	placed := make([]bool, len(a.denials)) // denials that have a rule of their own by now
	for i, r := range rules {
		if !a.allows {
			if placed[i] {
				continue
			}
			placed[i] = true
		}
		for j, denial := range a.denials {
			switch {
			case placed[j] || !mayOverlap(r.match, denial.match):
			case within(denial.match, r.match) && !within(r.match, denial.match):
				placed[j] = true
				if slices.ContainsFunc(d.rules, func(earlier rule) bool { return within(denial.match, earlier.match) }) {
					continue // which asks for what this denial needs, and decides
				}
				d.rules = append(d.rules, rule{match: denial.match, need: a.denied(r.need, denial.match), notes: denial.notes})
			default:
				r.need = r.also(denial.need)
			}
		}
		if a.allows && slices.ContainsFunc(rules[i+1:], func(other rule) bool { return mayOverlap(r.match, other.match) }) {
			d.remark(&r.notes, tree.Place{}, false, "Istio lets a request pass that meets this rule or a later one; here the first rule that matches decides")
		}
		d.rules = append(d.rules, r)
	}
	last := rule{}
	if a.allows {
		last.never = true
		last.notes = []note{{text: "This rule refuses requests that no policy allows."}}
	} else {
		last.notes = []note{{text: "Requests that no policy denies need no session. Istio refuses bad tokens here; this rule removes them."}}
	}
	if !coversAll(d.rules) {
		d.rules = append(d.rules, last)
	}
}

// denied adds to a need what the denials ask of requests that match m.
func (a *access) denied(n need, m match) need {
	for _, denial := range a.denials {
		if mayOverlap(m, denial.match) {
			n = n.also(denial.need)
		}
	}
	return n
}

// within reports whether every request that matches a matches b too. It says no
// where it cannot tell.
func within(a, b match) bool {
	return covered(a.hosts, b.hosts) && covered(a.paths, b.paths) && covered(a.methods, b.methods) &&
		apart(a.hosts, a.notHosts, b.notHosts) && apart(a.paths, a.notPaths, b.notPaths) && apart(a.methods, a.notMethods, b.notMethods)
}

// covered reports whether each of some patterns lies within one of others; nil
// is everything.
func covered(patterns, others []string) bool {
	if others == nil {
		return true
	}
	return patterns != nil && !slices.ContainsFunc(patterns, func(p string) bool {
		return !slices.ContainsFunc(others, func(other string) bool { return p == other || other == "*" || lies(p, other) })
	})
}

// apart reports whether none of some patterns, which have exceptions, shares
// anything with the exceptions of another rule.
func apart(patterns, exceptions, others []string) bool {
	if others == nil {
		return true
	}
	if patterns == nil {
		return slices.Equal(exceptions, others)
	}
	return disjoint(patterns, others, mayShare)
}

// lies reports whether a pattern lies within another one, which ends in its only
// operator.
func lies(p, other string) bool {
	start, open := beginning(other)
	if !open || other != start+"*" {
		return false
	}
	own, _ := beginning(p)
	return len(own) >= len(start) && own[:len(start)] == start
}
