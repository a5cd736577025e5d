package session

import (
	"time"

	"github.com/sessiongate/sessiongate/internal/reason"
)

// RuleCheck is what a rule asks of a token that its provider has verified. It is
// asked on every request, also about tokens from the cache.
type RuleCheck interface {
	// Check names why the rule does not take the token; None: it does. signedIn
	// reports whether the request counts as signed-in all the same: the rule then
	// refuses the user (403), and otherwise the token (401).
	Check(p *Provider, v *Verified, now time.Time) (why reason.Reason, signedIn bool)
}

// judge asks the rule about a token that was verified, once for each state.
func (v *Visit) judge(s *State) {
	if s.judged || s.Kind != SignedIn {
		return
	}
	s.judged = true
	if v.Checker.Rule == nil {
		return
	}
	why, signedIn := v.Checker.Rule.Check(s.Provider, s.Verified, v.Checker.Now)
	s.Refused = why
	if why != reason.None && !signedIn {
		s.Kind, s.Reason, s.Verified, s.Renewed = SignedOut, why, nil, false
	}
}
