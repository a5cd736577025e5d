package policy

import (
	"cmp"
	"slices"
	"time"

	"github.com/sessiongate/sessiongate/internal/assertion"
	"github.com/sessiongate/sessiongate/internal/session"
)

// PublishKeys gives the document at the assertion's jwksPath its content, which
// only the VM's environment has. To be called before the first request.
func (p *Policy) PublishKeys(keySet string) {
	for i := range p.documents {
		if doc := &p.documents[i]; p.Assertion != nil && doc.path == p.Assertion.JWKSPath {
			doc.body = keySet
		}
	}
}

// audienceOf is the audience of a request's assertion: that of the rules which
// look at the request. It is one audience unless agreed is false.
func audienceOf(rules []*compiledRule) (audience string, agreed bool) {
	audience = rules[0].audience
	differs := func(rule *compiledRule) bool { return rule.audience != audience }
	return audience, !slices.ContainsFunc(rules, differs)
}

// asserted is the identity of a session with a signed assertion for an audience;
// nil if there can be none, which is answered with 500.
func (p *Policy) asserted(c *session.Checker, state *session.State, audience string) *session.Asserted {
	asserted := state.Verified.AssertedFor(audience, c.Now)
	if asserted == nil {
		if asserted = p.makeAssertion(c, state, audience); asserted != nil {
			c.KeepAsserted(state.Provider, state.Verified, *asserted)
		}
	}
	return asserted
}

// makeAssertion makes an assertion, with the identity headers of the same token
// before it; nil if that is not possible.
func (p *Policy) makeAssertion(c *session.Checker, state *session.State, audience string) *session.Asserted {
	if c.Assertions == nil {
		return nil
	}
	v, provider := state.Verified, state.Provider
	id := v.Identity
	latest := time.Time{}
	if expiry := v.Claims.Expiry; expiry.Present {
		latest = expiry.Time().Add(provider.Expect.ClockSkew + assertion.Grace)
	}
	made, err := c.Assertions.Make(&assertion.Claims{
		Audience: audience, Provider: provider.Name, ID: cmp.Or(id.UserID, id.MachineID), SessionID: id.SessionID, Kind: provider.KindOf(v),
		OrgID: id.OrgID, OrgRole: id.OrgRole, OrgSlug: id.OrgSlug, OrgPermissions: id.OrgPermissions,
		Actor: id.Actor, Name: id.Name, Email: id.Email,
	}, c.Now, latest)
	if err != nil {
		return nil
	}
	headers := append(slices.Clip(v.Headers), [2]string{p.Assertion.Header, made.Text})
	return &session.Asserted{Audience: audience, Headers: headers, Since: made.Since, Until: made.Until}
}
