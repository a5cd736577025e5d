package gate

import (
	"strings"

	"github.com/tidwall/gjson"

	"github.com/sessiongate/sessiongate/jwt"
	"github.com/sessiongate/sessiongate/session"
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

// eachElement calls f for each element of a claim as text: the claim itself if
// it is a string, number or boolean; the parts of a list; the words of a scope.
// Objects, and lists in lists, have no elements.
func eachElement(v *session.Verified, p *session.Provider, claim session.Claim, f func(string)) {
	if p.Vendor.Organisations && len(claim.Names) == 1 {
		switch id := &v.Identity; claim.Names[0] {
		case "org_id":
			oneElement(id.OrgID, f)
			return
		case "org_role":
			oneElement(id.OrgRole, f)
			return
		case "org_slug":
			oneElement(id.OrgSlug, f)
			return
		case "org_permissions":
			for _, permission := range id.OrgPermissions {
				f(permission)
			}
			return
		}
	}
	value := jwt.Member(v.Parsed.Payload, claim.Names...)
	switch {
	case value.IsArray():
		for _, item := range value.Array() {
			if text, ok := scalar(item); ok {
				f(text)
			}
		}
	case value.Type == gjson.String && isWordList(claim):
		for _, word := range strings.Fields(value.String()) {
			f(word)
		}
	default:
		if text, ok := scalar(value); ok {
			f(text)
		}
	}
}

func oneElement(s string, f func(string)) {
	if s != "" {
		f(s)
	}
}

// scalar is a string, number or boolean as text.
func scalar(v gjson.Result) (text string, ok bool) {
	switch v.Type {
	case gjson.String:
		return v.String(), true
	case gjson.Number, gjson.True, gjson.False:
		return v.Raw, true
	}
	return "", false
}

// isWordList: the claims that RFC 8693 and others write as one string with
// spaces between the elements.
func isWordList(claim session.Claim) bool {
	switch claim.Names[len(claim.Names)-1] {
	case "scope", "scp", "permission":
		return true
	}
	return false
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
