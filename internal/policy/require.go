package policy

import "github.com/sessiongate/sessiongate/internal/session"

// requirement is a condition on a claim, ready for requests.
type requirement struct {
	claim   session.Claim
	not     bool
	pattern []session.Pattern
	name    string // of what the claim has to be equal to; empty: pattern counts
}

func newRequirement(r Requirement) requirement {
	if r.Equals != "" {
		return requirement{claim: r.Claim, name: nameIn(r.Equals)}
	}
	values, not := r.Values, false
	if values == nil {
		values, not = r.NotValues, true
	}
	out := requirement{claim: r.Claim, not: not}
	for _, v := range values {
		out.pattern = append(out.pattern, session.NewPattern(v))
	}
	return out
}

// holds: with values, some element of the claim matches some value; with
// notValues, no element matches any. A missing claim has no elements.
func (q *requirement) holds(v *session.Verified, p *session.Provider) bool {
	matched := false
	session.EachElement(v, p, q.claim, func(element string) {
		for i := range q.pattern {
			if q.pattern[i].Matches(element) {
				matched = true
			}
		}
	})
	return matched != q.not
}

// isElement reports whether some element of the claim is the text, byte for byte.
func (q *requirement) isElement(text string, v *session.Verified, p *session.Provider) bool {
	found := false
	session.EachElement(v, p, q.claim, func(element string) { found = found || element == text })
	return found
}
