package session

// condition is a Condition, ready for tokens.
type condition struct {
	claim    Claim
	not      bool
	patterns []Pattern
}

func newConditions(all []Condition) []condition {
	var out []condition
	for _, c := range all {
		values, not := c.Values, false
		if values == nil {
			values, not = c.NotValues, true
		}
		made := condition{claim: c.Claim, not: not}
		for _, value := range values {
			made.patterns = append(made.patterns, NewPattern(value))
		}
		out = append(out, made)
	}
	return out
}

// holds reports whether some element of the claim matches a pattern; with not,
// whether none does. A missing claim has no elements.
func (c *condition) holds(v *Verified, p *Provider) bool {
	matched := false
	EachElement(v, p, c.claim, func(element string) {
		for i := range c.patterns {
			matched = matched || c.patterns[i].Matches(element)
		}
	})
	return matched != c.not
}
