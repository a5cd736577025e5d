package policy

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/session"
)

// requirement is a condition on a claim, ready for requests.
type requirement struct {
	claim   session.Claim
	not     bool
	pattern []valuePattern
}

func newRequirement(r Requirement) requirement {
	values, not := r.Values, false
	if values == nil {
		values, not = r.NotValues, true
	}
	out := requirement{claim: r.Claim, not: not}
	for _, v := range values {
		out.pattern = append(out.pattern, newValuePattern(v))
	}
	return out
}

// holds: with values, some element of the claim matches some value; with
// notValues, no element matches any. A missing claim has no elements.
func (q *requirement) holds(v *session.Verified, p *session.Provider) bool {
	matched := false
	eachElement(v, p, q.claim, func(element string) {
		for i := range q.pattern {
			if q.pattern[i].matches(element) {
				matched = true
			}
		}
	})
	return matched != q.not
}

// valuePattern is a value of a requirement: exact, "prefix*", "*suffix", "*".
type valuePattern struct {
	text           string
	prefix, suffix bool
}

func newValuePattern(s string) valuePattern {
	switch {
	case s == "*":
		return valuePattern{prefix: true}
	case strings.HasSuffix(s, "*"):
		return valuePattern{text: s[:len(s)-1], prefix: true}
	case strings.HasPrefix(s, "*"):
		return valuePattern{text: s[1:], suffix: true}
	}
	return valuePattern{text: s}
}

func (p *valuePattern) matches(s string) bool {
	switch {
	case p.prefix:
		return strings.HasPrefix(s, p.text)
	case p.suffix:
		return strings.HasSuffix(s, p.text)
	}
	return s == p.text
}
