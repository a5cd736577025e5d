package session

import "github.com/sessiongate/sessiongate/jwt"

// instance is what a vendor makes of one provider: the places that it reads
// besides those of the configuration, and what they mean. plainInstance has all
// of it; a vendor embeds that and writes what differs.
type instance interface {
	// places are what the instance reads of every request.
	places() places
	// cookieState names the state that the cookies of a request amount to.
	cookieState(visit) State
	// returned may settle that state, where a browser has come back from the
	// vendor and no provider's cookies sign it in.
	returned(visit, State) State
	// headerState may turn the failure of a token that came in a header or
	// parameter into something else.
	headerState(visit, State) State
}

// places are names of cookies and parameters that the vendor chooses.
type places struct {
	tokenCookies, tokenParams []string // may hold tokens
	cookies, params           []string // are read for something else
}

// plainInstance reads the cookies that the configuration names, and nothing
// else.
type plainInstance struct{}

func (plainInstance) places() places { return places{} }

// cookieState judges the provider's cookies in order: the first signed-in
// counts, else the first of the highest rank.
func (plainInstance) cookieState(v visit) State {
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

// returned: nobody comes back.
func (plainInstance) returned(_ visit, own State) State { return own }

// headerState: a failure is a failure.
func (plainInstance) headerState(_ visit, own State) State { return own }
