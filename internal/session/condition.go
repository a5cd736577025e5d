package session

import "slices"

// Matcher is a Condition, ready for tokens.
type Matcher struct {
	claim    Claim
	not      bool
	patterns []Pattern
}

// NewMatcher makes a condition ready.
func NewMatcher(c Condition) Matcher {
	m := Matcher{claim: c.Claim, not: c.Values == nil}
	for _, value := range slices.Concat(c.Values, c.NotValues) { // one of which is set
		m.patterns = append(m.patterns, NewPattern(value))
	}
	return m
}

// Holds reports, with values, whether some element of the claim matches some
// value; with notValues, whether no element matches any. A missing claim has no
// elements. Of a claim that is not the issuer's word nothing holds; and notValues
// does not hold of an object, about which nobody can say that it is none of them.
func (m *Matcher) Holds(v *Verified, p *Provider) bool {
	if !p.Vouches(v, m.claim) {
		return false
	}
	matched := false
	nested := EachElement(v, p, m.claim, func(element string) { matched = matched || m.matches(element) })
	return m.verdict(matched, nested)
}

// holdsOf is Holds for a token of which nothing is verified.
func (m *Matcher) holdsOf(c Claims) bool {
	matched := false
	nested := m.claim.eachElement(c.Get(m.claim.Names...), func(element string) { matched = matched || m.matches(element) })
	return m.verdict(matched, nested)
}

func (m *Matcher) verdict(matched, nested bool) bool {
	if m.not {
		return !matched && !nested
	}
	return matched
}

func (m *Matcher) matches(element string) bool {
	return slices.ContainsFunc(m.patterns, func(p Pattern) bool { return p.Matches(element) })
}
