package session

import (
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/jwt"
)

// visit is one request, looked at by one provider.
type visit struct {
	provider *Provider
	request  *request.Request
	checker  *Checker
	options  *Options
}

func (v *visit) signedOut(r reason.Reason, seen bool) State {
	return State{Kind: SignedOut, Reason: r, Provider: v.provider, TokenSeen: seen}
}

// needsKeys is the state of a request whose token cannot be judged for want of
// keys; wait reports whether they may come soon.
func (v *visit) needsKeys(wait bool) State {
	kind := SignedOut
	if wait && !v.checker.Waited {
		kind = NeedsKeys
	}
	return State{Kind: kind, Reason: reason.KeysUnavailable, Provider: v.provider, TokenSeen: true}
}

// verify has a session token read and verified, and names the state.
func (v *visit) verify(token jwt.Token, source Source) (state State) {
	var t reading
	v.checker.read(v.provider, token, v.options.MaxTokenBytes, &t)
	v.settle(&t, source, &state)
	return state
}

// settle names the state of a session token that was read. States are written
// where they are to be, on the way that most requests take: they are large.
func (v *visit) settle(t *reading, source Source, state *State) {
	p := v.provider
	verified, wait, why := v.checker.verify(p, t)
	state.Provider, state.Source, state.TokenSeen, state.Foreign = p, source, true, !p.owns(t.parsed)
	switch {
	case wait && !v.checker.Waited:
		state.Kind, state.Reason = NeedsKeys, reason.KeysUnavailable
	case why != reason.None:
		state.Reason = why
		if p.Vendor.reasonOf != nil {
			state.Reason = p.Vendor.reasonOf(why)
		}
	case verified.pending && p.TreatPendingAsSignedOut:
		state.Reason = reason.SessionPending
	default:
		state.Kind, state.Verified = SignedIn, verified
	}
}
