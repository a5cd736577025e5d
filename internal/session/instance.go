package session

import "github.com/sessiongate/sessiongate/jwt"

// Instance is what a vendor makes of one provider: the places that it reads
// besides those of the configuration, and what they mean. Plain has all of
// it; a vendor may embed that and write what differs.
type Instance interface {
	// Places are what the instance reads of every request.
	Places() Places
	// FromCookies names the state that the cookies of a request amount to.
	FromCookies(Visit) State
	// Returned may settle that state, where a browser has come back from the
	// vendor and no provider's cookies sign it in.
	Returned(Visit, State) State
	// FromHeader may turn the failure of a token that came in a header or
	// parameter into something else.
	FromHeader(Visit, State) State
}

// Places are names of cookies and parameters that the vendor chooses.
type Places struct {
	TokenCookies, TokenParams []string // may hold tokens
	Cookies, Params           []string // are read for something else
}

// Plain reads the cookies that the configuration names, and nothing else.
type Plain struct{}

// Places: there are none.
func (Plain) Places() Places { return Places{} }

// FromCookies judges the provider's cookies in order: the first signed-in that
// the rule takes counts, else the first of the highest rank.
func (Plain) FromCookies(v Visit) State {
	best := v.SignedOut(v.Provider.Preset.Nothing, false)
	for _, name := range v.Provider.Cookies {
		token, _ := v.Request.Cookie(name)
		if token == "" {
			continue
		}
		state := v.Verify(jwt.Token(token), Source{FromCookie, name})
		v.judge(&state)
		if state.rank() > best.rank() {
			best = state
		}
		if best.rank() == rankSignedIn {
			break
		}
	}
	return best
}

// Returned: nobody comes back.
func (Plain) Returned(_ Visit, own State) State { return own }

// FromHeader: a failure is a failure.
func (Plain) FromHeader(_ Visit, own State) State { return own }
