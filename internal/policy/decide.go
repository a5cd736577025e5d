package policy

import (
	"slices"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
)

// Decide decides about one request. If it says Wait, the request waits for the
// keys of Demand and is decided about again with c.Waited, when the outcome is
// never Wait.
func (p *Policy) Decide(r *request.Request, c *session.Checker) (d Decision) {
	c.Next()
	r.For(p.sources)
	if answer := p.document(r); answer != nil {
		return Decision{Outcome: Respond, Label: LabelServed, Enforced: true, Rule: NoRule, Edits: stripped(r), Answer: *answer}
	}
	var space [4]*compiledRule
	rules, bad := p.pick(r, space[:0])
	v := verdict{rule: NoRule}
	if bad != reason.None {
		rules = append(space[:0], &p.fallback)
		v.unmatched(p, r, c, bad)
	} else {
		v.rule = rules[0].name
		rules = slices.DeleteFunc(rules, (*compiledRule).skips)
		v.matched(p, r, c, rules)
	}
	switch {
	case v.refused != nil:
		d = p.refuse(r, v.refused)
	case len(rules) == 0:
		d = Decision{Label: LabelSkipped, Enforced: true, Rule: v.rule}
	default:
		d = p.forward(r, c, rules, &v)
	}
	d.Edits, d.Demand = p.edits(r, rules, &v), v.demand
	return d
}

// forward forwards a request in the state it is in. Where rules only log, nothing
// is added to the answer.
func (p *Policy) forward(r *request.Request, c *session.Checker, rules []*compiledRule, v *verdict) (d Decision) {
	state := &v.state
	signedIn := state.Kind == session.SignedIn
	d.Enforced, d.Reason, d.Provider, d.Rule, d.Label = true, state.Reason, state.Provider, v.rule, LabelSignedOut
	if signedIn {
		d.Label = LabelSignedIn
	}
	if f := v.logged; f != nil {
		d.Enforced, d.Reason, d.Provider, d.Rule, d.Label = false, f.why, f.state.Provider, f.rule.name, p.answerFor(r, f).kind.label
	}
	if state.Kind != session.Handshake && !onlyLogs(rules) { // a handshake goes nowhere here
		d.SetCookies = state.Exchanged().SetCookies
	}
	d.Identity, d.PayloadHeader = p.identity(state, d.Reason)
	d.FilterState = p.filterState(&d, state)
	if !signedIn || p.Assertion == nil {
		return d
	}
	if audience, agreed := audienceOf(rules); agreed {
		asserted := p.asserted(c, state, audience)
		if asserted == nil {
			failed := p.Failed(r)
			failed.Provider = state.Provider
			return failed
		}
		d.AssertionHeader = p.Assertion.Header
		if d.Reason == reason.None {
			d.Identity = asserted.Headers
		} else {
			d.Identity = append(slices.Clip(d.Identity), asserted.Headers[len(asserted.Headers)-1])
		}
	}
	return d
}

// refuse answers a request that a rule does not let through, or has it wait.
func (p *Policy) refuse(r *request.Request, f *failure) (d Decision) {
	d.Enforced, d.Reason, d.Provider, d.Rule = true, f.why, f.state.Provider, f.rule.name
	if f.state.Kind == session.NeedsKeys {
		d.Outcome, d.Label = Wait, LabelUnavailable
		return d
	}
	answer := p.answerFor(r, f)
	d.Outcome, d.Label = Respond, answer.kind.label
	d.Answer = p.render(r, &answer, &f.state)
	d.SetCookies = f.state.Exchanged().SetCookies
	d.Identity, d.PayloadHeader = p.identity(&f.state, f.why)
	d.FilterState = p.filterState(&d, &f.state)
	return d
}

// Failed is the decision after a panic: 500, never forwarded.
func (p *Policy) Failed(r *request.Request) Decision {
	d := BareFailure()
	d.Answer = p.render(r, &answer{kind: &failed, rule: d.Rule, why: d.Reason}, &session.State{})
	return d
}

// BareFailure is what is left of Failed where that panics, too.
func BareFailure() Decision {
	return Decision{
		Outcome: Respond, Label: LabelFailed, Reason: reason.InternalError, Enforced: true, Rule: NoRule,
		Answer: Answer{Status: failed.status, GRPCStatus: -1, Details: details(NoRule, reason.InternalError)},
	}
}
