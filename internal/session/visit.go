package session

import (
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/jwt"
)

// Visit is one request, looked at by one provider.
type Visit struct {
	Provider *Provider
	Request  *request.Request
	Checker  *Checker
	Options  *Options
}

// SignedOut is the state of a request that is not signed in; seen reports whether
// it has a token.
func (v *Visit) SignedOut(r reason.Reason, seen bool) State {
	return State{Kind: SignedOut, Reason: r, Provider: v.Provider, TokenSeen: seen}
}

// NeedsKeys is the state of a request whose token cannot be judged for want of
// keys; wait reports whether they may come soon.
func (v *Visit) NeedsKeys(wait bool) State {
	kind := SignedOut
	if wait && !v.Checker.Waited {
		kind = NeedsKeys
	}
	return State{Kind: kind, Reason: reason.KeysUnavailable, Provider: v.Provider, TokenSeen: true}
}

// Read takes a token of this provider apart, or finds it in the cache.
func (v *Visit) Read(token jwt.Token) Reading {
	if t := v.Checker.find(v.Provider, token, v.Options); t.cached != nil {
		return t
	}
	return v.Checker.parse(v.Provider, token, v.Options)
}

// Verify has a session token read and verified, and names the state.
func (v *Visit) Verify(token jwt.Token, source Source) State {
	t := v.Read(token)
	return v.Settle(&t, source)
}

// Settle names the state of a session token that was read.
func (v *Visit) Settle(t *Reading, source Source) (state State) {
	p := v.Provider
	var verified *Verified
	var wait bool
	kind, why := v.Checker.kindOf(p, t, p.callers.acceptedFrom(source))
	if why == reason.None {
		verified, wait, why = v.Checker.verify(p, t, kind, v.Options)
	}
	state.Provider, state.Source, state.TokenSeen, state.Foreign = p, source, true, !p.Owns(t.Claims)
	switch {
	case wait && !v.Checker.Waited:
		state.Kind, state.Reason = NeedsKeys, reason.KeysUnavailable
	case why != reason.None:
		state.Reason = why
		if p.Preset.ReasonOf != nil && kind == SessionToken {
			state.Reason = p.Preset.ReasonOf(why)
		}
	case verified.pending && p.TreatPendingAsSignedOut:
		state.Reason = reason.SessionPending
	default:
		state.Kind, state.Verified = SignedIn, verified
	}
	return state
}
