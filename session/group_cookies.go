package session

import (
	"github.com/sessiongate/sessiongate/jwt"
	"github.com/sessiongate/sessiongate/reason"
	"github.com/sessiongate/sessiongate/request"
)

// fromCookies asks every provider in order what its cookies amount to; the
// first signed-in counts, else the first of the highest rank. What a handshake
// brought for one of them reaches the browser also if another one counts.
func (g *Group) fromCookies(r *request.Request, c *Checker) State {
	var best State
	var brought []string
	for i, p := range g.providers {
		v := visit{p, r, c, &g.options}
		state := v.cookieState()
		switch {
		case i == 0:
			best = state
		case state.rank() > best.rank():
			brought = append(brought, best.brought()...)
			best = state
		default:
			brought = append(brought, state.brought()...)
		}
		if best.Kind == SignedIn {
			break
		}
	}
	if len(brought) > 0 && best.Kind != NeedsKeys {
		best.SetCookies = append(append([]string(nil), best.SetCookies...), brought...)
		best.Returned = true
	}
	return best
}

// The ranks of states, of which the highest counts.
const (
	rankNothing     = iota
	rankForeign     // a token of an unknown issuer
	rankFailed      // a token of the provider's own
	rankUnavailable // ... that cannot be judged: 503 rather than 401
	rankHandshake   // to the Frontend API, or back from it
	rankNeedsKeys
	rankSignedIn
)

func (s *State) rank() int {
	switch {
	case s.Kind == SignedIn:
		return rankSignedIn
	case s.Kind == NeedsKeys:
		return rankNeedsKeys
	case s.Kind == Handshake || s.Returned:
		return rankHandshake
	case s.Reason == reason.KeysUnavailable:
		return rankUnavailable
	case s.TokenSeen && !s.Foreign:
		return rankFailed
	case s.TokenSeen:
		return rankForeign
	}
	return rankNothing
}

// brought are the Set-Cookie lines that came out of a handshake.
func (s *State) brought() []string {
	if !s.Returned {
		return nil
	}
	return s.SetCookies
}

// cookieState names the state that the provider's cookies amount to.
func (v *visit) cookieState() State {
	if v.provider.Vendor.cookieState != nil && v.provider.clerk != nil {
		return v.provider.Vendor.cookieState(*v)
	}
	return v.plainCookies()
}

// plainCookies judges the provider's cookies in order: the first signed-in
// counts, else the first of the highest rank.
func (v *visit) plainCookies() State {
	best := v.signedOut(v.provider.Vendor.nothing, false)
	for _, name := range v.provider.Cookies {
		token, _ := v.request.Cookie(name)
		if token == "" {
			continue
		}
		state := v.verify(jwt.Token(token), Source{FromCookie, name})
		if state.rank() > best.rank() {
			best = state
		}
		if best.Kind == SignedIn {
			break
		}
	}
	return best
}
