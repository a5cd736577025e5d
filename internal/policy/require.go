package policy

import "github.com/sessiongate/sessiongate/internal/session"

// requirement is a condition on a claim, ready for requests.
type requirement struct {
	claim   session.Claim
	not     bool
	pattern []session.Pattern
}

func newRequirement(r Requirement) requirement {
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
