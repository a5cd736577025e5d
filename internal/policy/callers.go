package policy

import (
	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/session"
)

// callers checks that the kinds of tokens that rules and providers take fit
// together.
func (c *compiler) callers() {
	var entered session.TokenKinds
	for at, rule := range c.policy.eachRule {
		if rule.Auth == Skip {
			continue
		}
		entered |= rule.Tokens
		for _, kind := range rule.Tokens.List() {
			if !anyAccepts(c.policy.providersOf(rule), kind) {
				c.problems.Fail(at+".tokens", "no provider of this rule accepts \""+kind.String()+"\"; write it into the provider's \"tokens\" too, or take it out here")
			}
		}
		if rule.Tokens.Has(session.OAuthToken) {
			c.applications(rule, at)
		}
		if rule.Tokens.Has(session.M2MToken) {
			c.machines(rule, at)
		}
	}
	for i, p := range c.policy.Providers {
		for _, kind := range p.Accepts().List() {
			if kind != session.SessionToken && !entered.Has(kind) {
				c.problems.Warn(problem.Element("providers", i)+".tokens", "no rule lets \""+kind.String()+"\" in, so that the filter refuses such tokens everywhere; write \"tokens\" into the rules that should let them in")
			}
		}
	}
}

func anyAccepts(providers []*session.Provider, kind session.TokenKind) bool {
	for _, p := range providers {
		if p.Accepts().Has(kind) {
			return true
		}
	}
	return false
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

// requiresScope reports whether a rule requires certain scopes.
func requiresScope(rule *Rule) bool {
	for i := range rule.Require {
		if r := &rule.Require[i]; r.Claim.IsScope() && narrows(r.Values) {
			return true
		}
	}
	return false
}

// narrows reports whether there are values, none of which is any.
func narrows(values []string) bool {
	for _, value := range values {
		if value == "*" {
			return false
		}
	}
	return len(values) > 0
}

// machines warns of conditions on scopes that machines give themselves.
func (c *compiler) machines(rule *Rule, at string) {
	for i := range rule.Require {
		if !rule.Require[i].Claim.IsScope() {
			continue
		}
		for _, p := range c.policy.providersOf(rule) {
			if p.Accepts().Has(session.M2MToken) && p.MachinesWriteScopes() {
				c.problems.Warn(problem.Element(at+".require", i), "the owner of a machine writes the scopes of its M2M tokens, so any machine can meet this condition; rely on \"machines\" of the provider")
				return
			}
		}
	}
}
