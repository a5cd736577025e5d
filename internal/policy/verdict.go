package policy

import (
	"slices"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
)

// verdict is what the rules say about a request. Its decision is written from it.
type verdict struct {
	rule    string        // the name of that of the path as sent
	state   session.State // in which it goes on; with CORSPreflight it has no credentials
	refused *failure      // why it does not go on, or waits for keys; nil if it goes on
	logged  *failure      // what the first rule under "log" would have answered; nil if none would
	demand  *session.Provider
}

// failure is why a rule does not let a request through that is in some state.
type failure struct {
	rule  *compiledRule
	state session.State
	why   reason.Reason
}

// stops notes that a rule does not let the request through, and reports whether
// that is the end of it. Rules that only log end nothing; of several, the first
// counts.
func (v *verdict) stops(f failure) bool {
	if f.rule.onFailure != LogOnly {
		v.refused = &f
		return true
	}
	if v.logged == nil {
		v.logged = &f
	}
	return false
}

// matched is for a request that falls under these rules, without those that skip
// it.
func (v *verdict) matched(p *Policy, r *request.Request, c *session.Checker, rules []*compiledRule) {
	if p.foreign != nil {
		r.Foreign = p.foreign.In(r, c)
	}
	switch {
	case len(rules) == 0:
	case p.BypassCORSPreflight && r.IsPreflight():
		v.state.Reason = reason.CORSPreflight
	default:
		v.judge(p, r, c, rules)
	}
}

// unmatched is for a request of which nobody can say which rules it falls under,
// because its host, its method or its path is not valid. It goes on only where
// every rule is merely tried out.
func (v *verdict) unmatched(p *Policy, r *request.Request, c *session.Checker, bad reason.Reason) {
	if !p.triedOut {
		v.refused = &failure{&p.fallback, session.State{Provider: p.fallback.first}, bad}
		return
	}
	v.logged = &failure{&p.fallback, session.State{}, bad}
	v.judge(p, r, c, []*compiledRule{&p.fallback})
}

// judge has the request pass the rules one after the other. Usually there is
// one; there are more if servers could read its path in several ways. The
// first that does not let it through refuses it. It is signed-in only if it is
// the same session for all of them.
func (v *verdict) judge(p *Policy, r *request.Request, c *session.Checker, rules []*compiledRule) {
	if p.Assertion != nil && v.misaddressed(rules) {
		return
	}
	var asked *compiledRule // the last whose providers named a state
	var now session.State
	disputed := false
	for _, rule := range rules {
		if r.TooManyCookies() && v.stops(failure{rule, session.State{Provider: rule.first}, reason.CookiesTooMany}) {
			return
		}
		if asked == nil || rule.group != asked.group || rule.check != asked.check && c.Judged {
			now = rule.state(r, c)
			if now.Reason == reason.KeysUnavailable {
				v.demand = now.Provider
			}
			if asked == nil {
				v.state = now
			}
			asked = rule
		}
		if why, passes := p.passes(r, rule, &now); !passes && v.stops(failure{rule, now, why}) {
			return
		}
		disputed = disputed || !sameSession(&v.state, &now)
	}
	if disputed {
		r.Foreign = nil
		v.disputed(rules, now.Provider)
	}
}

// disputed is for a request that is somebody else by another reading: it is
// nobody's, and only rules that want no session let it through.
func (v *verdict) disputed(rules []*compiledRule, provider *session.Provider) {
	brought := v.state.Exchanged()
	v.state = session.State{
		Reason: reason.TokenInvalidIssuer, Provider: provider, TokenSeen: true,
		Exchange: &session.Exchange{SetCookies: brought.SetCookies, Returned: brought.Returned},
	}
	for _, rule := range rules {
		if rule.auth == Required && v.stops(failure{rule, v.state, v.state.Reason}) {
			return
		}
	}
}

// misaddressed refuses a request whose assertion would be for one audience or
// another, depending on how its path is read.
func (v *verdict) misaddressed(rules []*compiledRule) (refused bool) {
	if _, agreed := audienceOf(rules); agreed {
		return false
	}
	for _, rule := range rules {
		if v.stops(failure{rule, session.State{Provider: rule.first}, reason.PathInvalid}) {
			return true
		}
	}
	return false
}

func (rule *compiledRule) skips() bool { return rule.auth == Skip }

// onlyLogs reports whether all rules that look at a request only log, so that
// nothing is taken away from it.
func onlyLogs(rules []*compiledRule) bool {
	return !slices.ContainsFunc(rules, func(rule *compiledRule) bool { return rule.onFailure != LogOnly })
}
