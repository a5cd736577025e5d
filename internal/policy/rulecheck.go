package policy

import (
	"slices"
	"time"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
)

// ruleCheck is what a rule asks of a token that its provider has verified.
type ruleCheck struct {
	policy    *Policy
	rule      *compiledRule
	audiences []string // nil: not checked
	require   []requirement
}

// newRuleCheck compiles what a rule asks; nil if that is nothing.
func newRuleCheck(p *Policy, rule *Rule, of *compiledRule) *ruleCheck {
	if rule.Audiences == nil && rule.Require == nil {
		return nil
	}
	c := &ruleCheck{policy: p, rule: of, audiences: rule.Audiences}
	for _, r := range rule.Require {
		c.require = append(c.require, newRequirement(r))
	}
	return c
}

// Check implements session.RuleCheck. First comes what refuses the token, then
// what refuses a user who is signed in.
func (c *ruleCheck) Check(r *request.Request, p *session.Provider, v *session.Verified, _ time.Time) (why reason.Reason, signedIn bool) {
	if c.audiences != nil && !c.meant(v.Parsed.Claims.Audience) {
		return reason.TokenAudienceMismatch, false
	}
	for i := range c.require {
		q := &c.require[i]
		if q.name == "" && !q.holds(v, p) || q.name != "" && !c.isNamed(r, q, p, v) {
			return reason.ClaimsMismatch, true
		}
	}
	return reason.None, true
}

// meant reports whether a token is for one of the rule's audiences.
func (c *ruleCheck) meant(tokens []string) bool {
	return slices.ContainsFunc(tokens, func(audience string) bool { return slices.Contains(c.audiences, audience) })
}

// isNamed reports whether a claim has what the request has in the place of the
// condition's name.
func (c *ruleCheck) isNamed(r *request.Request, q *requirement, p *session.Provider, v *session.Verified) bool {
	value, ok := c.policy.named(r, c.rule, q.name)
	return ok && q.isElement(value, v, p)
}

// state asks the rule's providers about a request.
func (rule *compiledRule) state(r *request.Request, c *session.Checker) session.State {
	c.Rule = nil
	if rule.check != nil {
		c.Rule = rule.check
	}
	return rule.group.State(r, c)
}
