package policy

import (
	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/session"
)

// requirement is a condition on a claim, ready for requests.
type requirement struct {
	claim session.Claim
	match session.Matcher
	name  string // of what the claim has to be equal to; empty: match counts
}

func newRequirement(r Requirement) requirement {
	if r.Equals != "" {
		return requirement{claim: r.Claim, name: nameIn(r.Equals)}
	}
	// With MaxAge it has no values, and holds: see stepUp.
	return requirement{claim: r.Claim, match: session.NewMatcher(session.Condition{Claim: r.Claim, Values: r.Values, NotValues: r.NotValues})}
}

// isElement reports whether some element of the claim is the text, byte for byte.
func (q *requirement) isElement(text string, v *session.Verified, p *session.Provider) bool {
	found := false
	session.EachElement(v, p, q.claim, func(element string) { found = found || element == text })
	return found
}

// wrongValues finds values that a vendor's claim never has.
func (c *compiler) wrongValues() {
	for at, rule := range c.policy.eachRule {
		for j := range rule.Require {
			for _, provider := range c.policy.providersOf(rule) {
				if c.wrongValuesOf(&rule.Require[j], provider.Preset, problem.Element(at+".require", j)) {
					break
				}
			}
		}
	}
}

func (c *compiler) wrongValuesOf(r *Requirement, preset *session.Preset, at string) (found bool) {
	if preset.WrongValue == nil || len(r.Claim.Names) != 1 {
		return false
	}
	for _, list := range []struct {
		field  string
		values []string
	}{{".values", r.Values}, {".notValues", r.NotValues}} {
		for i, value := range list.values {
			if wrong := preset.WrongValue(r.Claim.Names[0], value); wrong != "" {
				c.problems.Fail(problem.Element(at+list.field, i), "\""+value+"\" "+wrong)
				found = true
			}
		}
	}
	return found
}
