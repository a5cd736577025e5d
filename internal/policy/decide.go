package policy

import (
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
)

// Decide decides about one request. If it says Wait, the request waits for the
// keys of Demand and is decided about again with c.Waited, when the outcome is
// never Wait.
func (p *Policy) Decide(r *request.Request, c *session.Checker) (d Decision) {
	d.Enforced = true
	c.Next()
	r.For(p.sources)
	d.Edits = stripped(r)
	if p.documents != nil && p.document(r, &d) {
		return d
	}

	var space [4]*compiledRule
	rules, bad := p.pick(r, space[:0])
	if bad != reason.None {
		p.unmatched(r, c, &d, bad)
		return d
	}
	d.Rule = rules[0].name
	if p.foreign != nil {
		r.Foreign = p.foreign.In(r, c)
	}
	switch {
	case skipped(rules):
		d.Label = LabelSkipped
		if !p.triedOut {
			p.takeGuard(r, &d)
		}
	case p.BypassCORSPreflight && r.IsPreflight():
		p.preflight(r, &d, rules)
	default:
		p.judge(r, c, &d, rules)
	}
	return d
}

func skipped(rules []*compiledRule) bool {
	for _, rule := range rules {
		if rule.auth != Skip {
			return false
		}
	}
	return true
}

// onlyLogs reports whether all rules that look at a request only log, so that
// nothing is taken away from it.
func onlyLogs(rules []*compiledRule) bool {
	for _, rule := range rules {
		if rule.auth != Skip && rule.onFailure != LogOnly {
			return false
		}
	}
	return true
}

// unmatched is for a request of which nobody can say which rules it falls under,
// because its host, its method or its path is not valid. It passes only where
// every rule is merely tried out.
func (p *Policy) unmatched(r *request.Request, c *session.Checker, d *Decision, bad reason.Reason) {
	if !p.triedOut {
		p.refuse(r, d, failure{&p.fallback, &session.State{Provider: p.fallback.first}, bad})
		return
	}
	p.recordOnly(r, d, failure{&p.fallback, &session.State{}, bad})
	p.judge(r, c, d, []*compiledRule{&p.fallback})
}

// preflight lets a CORS preflight pass, which browsers send without
// credentials. It must not become another method on the way.
func (p *Policy) preflight(r *request.Request, d *Decision, rules []*compiledRule) {
	if !onlyLogs(rules) {
		for i := range r.Headers {
			if name := r.Headers[i][0]; request.IsMethodOverride(name) {
				d.Edits = removeOnce(d.Edits, name)
			}
		}
	}
	p.pass(r, d, rules, &session.State{Reason: reason.CORSPreflight})
}

// judge has the request pass the rules one after the other. Usually there is
// one; there are more if servers could read its path in several ways. The
// first that does not let it through makes the answer. It is signed-in only if
// it is the same session for all of them.
func (p *Policy) judge(r *request.Request, c *session.Checker, d *Decision, rules []*compiledRule) {
	var asked *compiledRule     // for which the state was named
	var states [2]session.State // that of the first rules, and that of others
	var now *session.State
	agreed, disputed := &states[0], false
	if p.misaddressed(r, d, rules) {
		return
	}
	for _, rule := range rules {
		if rule.auth == Skip {
			continue
		}
		if r.TooManyCookies() && p.crowded(r, d, rule) {
			return
		}
		if asked == nil || rule.group != asked.group || rule.check != asked.check && c.Judged {
			if now = &states[1]; asked == nil {
				now = agreed
			}
			asked = rule
			*now = rule.state(r, c)
			if now.Reason == reason.KeysUnavailable {
				d.Demand = now.Provider
			}
			if now.Kind == session.Handshake && (r.IsGRPC() || r.IsUpgrade()) {
				// Nobody who speaks another protocol follows a redirect.
				*now = session.State{Reason: now.Reason, Provider: now.Provider, TokenSeen: now.TokenSeen}
			}
		}
		if why, passes := p.passes(r, rule, now); !passes {
			if rule.onFailure != LogOnly {
				p.refuse(r, d, failure{rule, now, why})
				return
			}
			p.recordOnly(r, d, failure{rule, now, why})
		}
		if now != agreed && !sameSession(agreed, now) {
			disputed = true
		}
	}
	if !disputed {
		p.pass(r, d, rules, agreed)
		if p.Assertion != nil && agreed.Kind == session.SignedIn {
			p.assert(r, c, d, addressee{rules, agreed})
		}
		return
	}
	r.Foreign = nil
	nobody := session.State{Reason: reason.TokenInvalidIssuer, Provider: now.Provider, TokenSeen: true}
	if brought := agreed.Exchanged(); brought.SetCookies != nil {
		nobody.Exchange = &session.Exchange{SetCookies: brought.SetCookies, Returned: brought.Returned}
	}
	for _, rule := range rules {
		if rule.auth != Required {
			continue
		}
		if rule.onFailure != LogOnly {
			p.refuse(r, d, failure{rule, &nobody, nobody.Reason})
			return
		}
		p.recordOnly(r, d, failure{rule, &nobody, nobody.Reason})
	}
	p.pass(r, d, rules, &nobody)
}

// crowded refuses a request with more cookies than are looked at. Where a rule
// only logs, they count as none.
func (p *Policy) crowded(r *request.Request, d *Decision, rule *compiledRule) (refused bool) {
	state := session.State{Provider: rule.first}
	if rule.onFailure == LogOnly {
		p.recordOnly(r, d, failure{rule, &state, reason.CookiesTooMany})
		return false
	}
	p.refuse(r, d, failure{rule, &state, reason.CookiesTooMany})
	return true
}

// failure is why a rule does not let a request through that is in some state.
type failure struct {
	rule  *compiledRule
	state *session.State
	why   reason.Reason
}

// recordOnly counts what a rule under "log" would have answered; of several
// rules the first.
func (p *Policy) recordOnly(r *request.Request, d *Decision, f failure) {
	if !d.Enforced {
		return
	}
	d.Enforced, d.Reason, d.Provider, d.Rule = false, f.why, f.state.Provider, f.rule.name
	d.Label = p.answerFor(r, f).label
}

// pass forwards a request in the state it is in. Where rules only log, nothing
// is taken from it, and nothing added to the answer.
func (p *Policy) pass(r *request.Request, d *Decision, rules []*compiledRule, state *session.State) {
	signedIn := state.Kind == session.SignedIn
	if d.Enforced {
		d.Reason, d.Provider = state.Reason, state.Provider
		d.Label = LabelSignedOut
		if signedIn {
			d.Label = LabelSignedIn
		}
	}
	keep := p.kept(state)
	if !onlyLogs(rules) {
		if state.Kind != session.Handshake { // that one goes nowhere
			d.SetCookies = state.Exchanged().SetCookies
		}
		p.takeTokens(r, d, keep, state)
		p.takeLookalikes(r, d, keep)
		plainConnection(r, d)
	}
	if signedIn && state.Provider.TokenToHeader != "" && state.Verified.Kind == session.SessionToken {
		p.tokenToHeader(r, d, state)
	}
	p.identify(d, state)
}

// refuse answers a request that a rule does not let through, or has it wait.
func (p *Policy) refuse(r *request.Request, d *Decision, f failure) {
	d.Enforced, d.Reason, d.Provider, d.Rule = true, f.why, f.state.Provider, f.rule.name
	if f.state.Kind == session.NeedsKeys {
		d.Outcome, d.Label = Wait, LabelUnavailable
		return
	}
	answer := p.answerFor(r, f)
	d.Outcome, d.Label = Respond, answer.label
	d.Answer = p.render(r, &answer, f.state)
	d.Answer.Details = details(f.rule.name, f.why)
	d.SetCookies = f.state.Exchanged().SetCookies
	p.identify(d, f.state)
}

// Failed is the decision after a panic: 500, never forwarded.
func (p *Policy) Failed(r *request.Request) Decision {
	a := answer{kind: &failed, label: LabelFailed, why: reason.InternalError}
	d := BareFailure()
	d.Answer = p.render(r, &a, &session.State{})
	d.Answer.Details = details(d.Rule, d.Reason)
	return d
}

// BareFailure is what is left of Failed where that panics, too.
func BareFailure() Decision {
	return Decision{
		Outcome: Respond, Label: LabelFailed, Reason: reason.InternalError, Enforced: true, Rule: NoRule,
		Answer: Answer{Status: failed.status, GRPCStatus: -1, Details: details(NoRule, reason.InternalError)},
	}
}
