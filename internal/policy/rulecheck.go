package policy

import (
	"time"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
)

// ruleCheck is what a rule asks of a token that its provider has verified.
type ruleCheck struct {
	require []requirement
}

// newRuleCheck compiles what a rule asks; nil if that is nothing.
func newRuleCheck(rule *Rule) *ruleCheck {
	if rule.Require == nil {
		return nil
	}
	c := &ruleCheck{}
	for _, r := range rule.Require {
		c.require = append(c.require, newRequirement(r))
	}
	return c
}

// Check implements session.RuleCheck. First comes what refuses the token, then
// what refuses a user who is signed in.
func (c *ruleCheck) Check(p *session.Provider, v *session.Verified, _ time.Time) (why reason.Reason, signedIn bool) {
	for i := range c.require {
		if !c.require[i].holds(v, p) {
			return reason.ClaimsMismatch, true
		}
	}
	return reason.None, true
}

// state asks the rule's providers about a request.
func (rule *compiledRule) state(r *request.Request, c *session.Checker) session.State {
	c.Rule = nil
	if rule.check != nil {
		c.Rule = rule.check
	}
	return rule.group.State(r, c)
}
