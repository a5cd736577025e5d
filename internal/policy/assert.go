package policy

import (
	"cmp"
	"slices"
	"time"

	"github.com/sessiongate/sessiongate/internal/assertion"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
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
	for _, rule := range rules {
		switch {
		case rule.auth == Skip:
		case audience == "":
			audience = rule.audience
		case audience != rule.audience:
			return "", false
		}
	}
	return audience, true
}

// misaddressed refuses a request whose assertion would be for one audience or
// another, depending on how its path is read. Where all rules only log, it is
// counted, and goes on without an assertion.
func (p *Policy) misaddressed(r *request.Request, d *Decision, rules []*compiledRule) (refused bool) {
	if p.Assertion == nil {
		return false
	}
	if _, agreed := audienceOf(rules); agreed {
		return false
	}
	var logs *compiledRule
	for _, rule := range rules {
		switch {
		case rule.auth == Skip:
		case rule.onFailure != LogOnly:
			p.refuse(r, d, failure{rule, &session.State{Provider: rule.first}, reason.PathInvalid})
			return true
		case logs == nil:
			logs = rule
		}
	}
	p.recordOnly(r, d, failure{logs, &session.State{Provider: logs.first}, reason.PathInvalid})
	return false
}

// assert adds a signed assertion to a request that is forwarded as signed-in. A
// request that cannot get one is answered with 500.
func (p *Policy) assert(r *request.Request, c *session.Checker, d *Decision, to addressee) {
	audience, agreed := audienceOf(to.rules)
	if !agreed {
		return // the rules only log
	}
	asserted := to.state.Verified.AssertedFor(audience, c.Now)
	if asserted == nil {
		if asserted = p.makeAssertion(c, to.state, audience); asserted == nil {
			edits := d.Edits
			*d = p.Failed(r)
			d.Edits, d.Provider = edits, to.state.Provider
			return
		}
		c.KeepAsserted(to.state.Provider, to.state.Verified, *asserted)
	}
	d.AssertionHeader = p.Assertion.Header
	if d.Reason == reason.None {
		d.Identity = asserted.Headers
		return
	}
	d.Identity = append(slices.Clip(d.Identity), asserted.Headers[len(asserted.Headers)-1])
}

// addressee is whom an assertion is about, and the rules that say for whom it is.
type addressee struct {
	rules []*compiledRule
	state *session.State
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
