package session

import (
	"slices"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
)

// fromCookies asks every provider in order what its cookies amount to: the
// first signed-in that the rule takes counts. Only if there is none, those that
// have somebody come back from a handshake are asked again: nobody who is signed
// in becomes somebody else by a token that was planted for another provider.
func (g *Group) fromCookies(r *request.Request, c *Checker) State {
	states := make([]State, 0, 4)
	best := 0
	for i, p := range g.providers {
		states = append(states, g.askCookies(Visit{p, r, c, &g.options}))
		if states[i].rank() > states[best].rank() {
			best = i
		}
		if states[best].rank() == rankSignedIn {
			return states[best]
		}
	}
	if states[best].Kind == NeedsKeys {
		return states[best]
	}
	return g.returned(r, c, states)
}

// askCookies names the state of one provider's cookies, with the rule's word.
func (g *Group) askCookies(v Visit) (state State) {
	state = v.Provider.instance.FromCookies(v)
	v.judge(&state)
	return state
}

// returned settles the states of those who come back. What a handshake brought
// for one provider reaches the browser also if another one's state counts. Where
// the rule refuses a token that was verified, its bearer does not become somebody
// else by a handshake.
func (g *Group) returned(r *request.Request, c *Checker, states []State) State {
	best := 0
	for i, p := range g.providers {
		if v := (Visit{p, r, c, &g.options}); states[i].Refused == reason.None {
			states[i] = p.instance.Returned(v, states[i])
			v.judge(&states[i])
		}
		if states[i].rank() > states[best].rank() {
			best = i
		}
	}
	state := states[best]
	if state.Kind == NeedsKeys {
		return state
	}
	for i := range states {
		if other := states[i].Exchanged(); i != best && other.Returned {
			all := state.Exchanged()
			all.SetCookies, all.Returned = slices.Concat(all.SetCookies, other.SetCookies), true
			state.Exchange = &all
		}
	}
	return state
}

// The ranks of states, of which the highest counts.
const (
	rankNothing     = iota
	rankForeign     // a token of an unknown issuer
	rankFailed      // a token of the provider's own
	rankRefused     // ... that was verified, and is not good enough for the rule
	rankUnavailable // a token that cannot be judged: 503 rather than 401
	rankReturned    // signed out by a handshake
	rankHandshake   // to be redirected
	rankNeedsKeys
	rankSignedIn
)

func (s *State) rank() int {
	switch {
	case s.Refused != reason.None:
		return rankRefused
	case s.Kind == SignedIn:
		return rankSignedIn
	case s.Kind == NeedsKeys:
		return rankNeedsKeys
	case s.Kind == Handshake:
		return rankHandshake
	case s.Exchange != nil && s.Exchange.Returned:
		return rankReturned
	case s.Reason == reason.KeysUnavailable:
		return rankUnavailable
	case s.TokenSeen && !s.Foreign:
		return rankFailed
	case s.TokenSeen:
		return rankForeign
	}
	return rankNothing
}
