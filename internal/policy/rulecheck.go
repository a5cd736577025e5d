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
	tokens    session.TokenKinds
	audiences []string // nil: not checked
	require   []requirement
	stepUp    *stepUp // nil: nothing is asked
}

// ruleCheck compiles what a rule asks of tokens of these providers; nil if that
// is nothing. Rules that ask for nothing but a kind share one.
func (c *compiler) ruleCheck(rule *Rule, of *compiledRule, providers []*session.Provider) *ruleCheck {
	check := &ruleCheck{policy: c.policy, rule: of, tokens: rule.Tokens.OrSessions(), audiences: rule.Audiences, stepUp: newStepUp(rule)}
	for _, r := range rule.Require {
		check.require = append(check.require, newRequirement(r))
	}
	if check.audiences != nil || check.require != nil || check.stepUp != nil {
		return check
	}
	if acceptedBy(providers)&^check.tokens == 0 {
		return nil
	}
	if c.kinds[check.tokens] == nil {
		c.kinds[check.tokens] = check
	}
	return c.kinds[check.tokens]
}

// readsClaims reports whether requests are judged by the claims of tokens that were
// verified before, or told of them other than by headers.
func (p *Policy) readsClaims() bool {
	return p.FilterState || p.Assertion != nil ||
		slices.ContainsFunc(p.Rules, func(r Rule) bool { return r.Audiences != nil || r.Require != nil || newStepUp(&r) != nil })
}

// Check implements session.RuleCheck. First comes what refuses the token, then
// what refuses a user who is signed in; at last what they can mend by signing in
// again, so that nobody does that for nothing.
func (c *ruleCheck) Check(r *request.Request, p *session.Provider, v *session.Verified, now time.Time) (why reason.Reason, signedIn bool) {
	if !c.tokens.Has(v.Kind) {
		return reason.TokenTypeMismatch, false
	}
	if c.audiences != nil && p.VouchesForAudience(v) && !c.meant(v.Claims.Audience) {
		return reason.TokenAudienceMismatch, false
	}
	for i := range c.require {
		q := &c.require[i]
		if q.name == "" && !q.match.Holds(v, p) || q.name != "" && !c.isNamed(r, q, p, v) {
			return reason.ClaimsMismatch, true
		}
	}
	if c.stepUp != nil {
		return c.stepUp.check(p, v, now), true
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
	c.Rule, c.Judged = nil, false
	if rule.check != nil {
		c.Rule = rule.check
	}
	state := rule.group.State(r, c)
	if state.Kind == session.Handshake && (r.IsGRPC() || r.IsUpgrade()) {
		// Nobody who speaks another protocol follows a redirect.
		return session.State{Reason: state.Reason, Provider: state.Provider, TokenSeen: state.TokenSeen}
	}
	return state
}
