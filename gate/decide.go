package gate

import (
	"github.com/sessiongate/sessiongate/reason"
	"github.com/sessiongate/sessiongate/request"
	"github.com/sessiongate/sessiongate/session"
)

// Decide decides about one request. If it says Wait, the request waits for the
// keys of Demand and is decided about again with c.Waited, when the outcome is
// never Wait.
func (p *Policy) Decide(r *request.Request, c *session.Checker) Decision {
	d := Decision{Enforced: true}
	d.Edits = p.strip.headers(r, d.Edits)

	readings, bad := r.Readings()
	if bad != reason.None {
		return p.refuse(r, d, &p.fallback, session.State{Reason: bad, Provider: p.fallback.first})
	}
	var space [4]*compiledRule
	rules := p.pick(r, readings, space[:0])
	if skipped(rules) {
		d.Label = LabelSkipped
		return d
	}
	if p.BypassCORSPreflight && r.IsPreflight() {
		for _, name := range request.MethodOverrideHeaders {
			if _, present := r.Header(name); present {
				d.Edits = append(d.Edits, Edit{Op: Remove, Name: name})
			}
		}
		return p.pass(r, d, rules, session.State{Reason: reason.CORSPreflight, Provider: rules[0].first})
	}
	return p.judge(r, c, d, rules)
}

func skipped(rules []*compiledRule) bool {
	for _, rule := range rules {
		if rule.auth != Skip {
			return false
		}
	}
	return true
}

// judge has the request pass the rules one after the other. Usually there is
// one; there are more if servers could read its path in several ways. The
// first that does not let it through makes the answer.
func (p *Policy) judge(r *request.Request, c *session.Checker, d Decision, rules []*compiledRule) Decision {
	var state session.State
	first := true
	for _, rule := range rules {
		if rule.auth == Skip {
			continue
		}
		now := rule.group.State(r, c)
		if now.Kind == session.NeedsKeys || now.Reason == reason.KeysUnavailable {
			d.Demand = now.Provider
		}
		why, passes := p.passes(r, rule, &now)
		if !passes {
			if rule.onFailure != LogOnly {
				return p.refuse(r, d, rule, now)
			}
			d = p.note(r, d, rule, now, why)
		}
		if first || now.Kind != session.SignedIn {
			state = now
		} else if state.Kind == session.SignedIn && state.Verified != now.Verified {
			// Two readings of one path, and two users: nobody is signed in.
			state = session.State{Reason: reason.TokenInvalidIssuer, Provider: now.Provider, TokenSeen: true}
			if rule.auth == Required && rule.onFailure != LogOnly {
				return p.refuse(r, d, rule, state)
			}
		}
		first = false
	}
	return p.pass(r, d, rules, state)
}

// passes tells whether a rule lets a request in that state through, and if
// not, why; state.Reason is made to say so, too.
func (p *Policy) passes(r *request.Request, rule *compiledRule, state *session.State) (reason.Reason, bool) {
	switch state.Kind {
	case session.SignedIn:
		if !p.originAllowed(r, state) {
			return reason.OriginNotAllowed, false
		}
		for i := range rule.require {
			if !rule.require[i].holds(state.Verified, state.Provider) {
				return reason.ClaimsMismatch, false
			}
		}
		return reason.None, true
	case session.Handshake, session.NeedsKeys:
		return state.Reason, false
	}
	switch state.Reason {
	case reason.AuthorizationAmbiguous, reason.KeysUnavailable:
		return state.Reason, false
	}
	return state.Reason, rule.auth == Optional
}

// originAllowed: a cookie is sent by the browser whoever made the page, so
// where the allowed origins are known, nobody else's page may write with it.
func (p *Policy) originAllowed(r *request.Request, state *session.State) bool {
	if p.AllowedOrigins == nil || state.Source.Kind != session.FromCookie {
		return true
	}
	if (r.Method == "GET" || r.Method == "HEAD") && !r.IsUpgrade() {
		return true
	}
	for _, origin := range r.Values("origin") {
		if !contains(p.AllowedOrigins, origin) {
			return false
		}
	}
	return true
}

// note counts what a rule under "log" would have answered, and lets pass.
func (p *Policy) note(r *request.Request, d Decision, rule *compiledRule, state session.State, why reason.Reason) Decision {
	if d.Enforced {
		d.Enforced = false
		d.Reason = why
		d.Label = p.answerFor(r, rule, &state, why).label
		d.Provider = state.Provider
	}
	return d
}

// pass forwards a request in the state it is in.
func (p *Policy) pass(r *request.Request, d Decision, rules []*compiledRule, state session.State) Decision {
	logged := !d.Enforced
	if state.Kind == session.Handshake || state.Kind == session.NeedsKeys {
		state.Kind, state.SetCookies = session.SignedOut, nil
	}
	if !logged {
		d.Reason, d.Provider = state.Reason, state.Provider
		d.Label = LabelSignedOut
		if state.Kind == session.SignedIn {
			d.Label = LabelSignedIn
		}
	}
	d.SetCookies = state.SetCookies
	if !onlyLogs(rules) {
		d.Edits = p.tokens(r, d.Edits, &state)
	}
	d.Edits = p.tokenToHeader(r, d.Edits, &state, onlyLogs(rules))
	return p.identify(d, &state)
}

// onlyLogs tells whether all rules that look at a request only log, so that
// nothing is taken away from it.
func onlyLogs(rules []*compiledRule) bool {
	for _, rule := range rules {
		if rule.auth != Skip && rule.onFailure != LogOnly {
			return false
		}
	}
	return true
}

// refuse answers a request that a rule does not let through, or has it wait.
func (p *Policy) refuse(r *request.Request, d Decision, rule *compiledRule, state session.State) Decision {
	why := state.Reason
	if state.Kind == session.SignedIn {
		why, _ = p.passes(r, rule, &state)
	}
	if rule.onFailure == LogOnly {
		d = p.note(r, d, rule, state, why)
		return p.pass(r, d, []*compiledRule{rule}, state)
	}
	d.Reason, d.Provider = why, state.Provider
	if state.Kind == session.NeedsKeys {
		d.Outcome, d.Label = Wait, LabelUnavailable
		return d
	}
	answer := p.answerFor(r, rule, &state, why)
	d.Outcome, d.Label = Respond, answer.label
	d.Answer = p.render(r, answer, &state)
	d.SetCookies = state.SetCookies
	return p.identify(d, &state)
}

// Failed is the decision after a panic: 500, never forwarded.
func (p *Policy) Failed(r *request.Request) Decision {
	d := Decision{Outcome: Respond, Label: LabelFailed, Reason: reason.InternalError, Enforced: true}
	d.Answer = p.render(r, answer{kind: &failed, why: reason.InternalError}, &session.State{})
	return d
}
