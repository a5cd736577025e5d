package policy

import (
	"slices"

	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/session"
)

// callers checks that the kinds of tokens that rules and providers take fit
// together. Rules that skip name no kinds: see meaningless.
func (c *compiler) callers() {
	entered := session.KindsOf(session.SessionToken)
	for at, rule := range c.policy.eachRule {
		entered |= rule.Tokens
		for _, kind := range (rule.Tokens &^ acceptedBy(c.policy.providersOf(rule))).List() {
			c.problems.Fail(at+".tokens", "no provider of this rule accepts \""+kind.String()+"\"; write it into the provider's \"tokens\" too, or take it out here")
		}
		if rule.Tokens.Has(session.OAuthToken) {
			c.applications(rule, at)
		}
		if rule.Tokens.Has(session.M2MToken) {
			c.machines(rule, at)
		}
	}
	for i, p := range c.policy.Providers {
		for _, kind := range (p.Accepts() &^ entered).List() {
			c.problems.Warn(problem.Element("providers", i)+".tokens", "no rule lets \""+kind.String()+"\" in, so that the filter refuses such tokens everywhere; write \"tokens\" into the rules that should let them in")
		}
	}
}

// acceptedBy are the kinds of tokens that any of these providers takes.
func acceptedBy(providers []*session.Provider) (accepted session.TokenKinds) {
	for _, p := range providers {
		accepted |= p.Accepts()
	}
	return accepted
}

// applications finds rules that any application may enter that some user has let
// in, whatever it was let in for.
func (c *compiler) applications(rule *Rule, at string) {
	if rule.Audiences != nil || requiresScope(rule) {
		return
	}
	for _, p := range c.policy.providersOf(rule) {
		if p.TakesAnyApplication() {
			c.problems.Fail(at+".tokens", "\"oauth\" lets in every application that a user has authorized; write \"audiences\" or a \"require\" on \"scope\" here, or \"audiences\" or \"clients\" into provider "+problem.Quote(p.Name))
		}
	}
}

// requiresScope reports whether a rule requires certain scopes, none of which is
// any.
func requiresScope(rule *Rule) bool {
	return slices.ContainsFunc(rule.Require, func(r Requirement) bool {
		return r.Claim.IsScope() && len(r.Values) > 0 && !slices.Contains(r.Values, "*")
	})
}

// machines warns of conditions on scopes that machines give themselves.
func (c *compiler) machines(rule *Rule, at string) {
	onScope := slices.IndexFunc(rule.Require, func(r Requirement) bool { return r.Claim.IsScope() })
	written := slices.ContainsFunc(c.policy.providersOf(rule), func(p *session.Provider) bool {
		return p.Accepts().Has(session.M2MToken) && p.MachinesWriteScopes()
	})
	if onScope >= 0 && written {
		c.problems.Warn(problem.Element(at+".require", onScope), "the owner of a machine writes the scopes of its M2M tokens, so any machine can meet this condition; rely on \"machines\" of the provider")
	}
}
