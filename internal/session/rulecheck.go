package session

import (
	"time"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
)

// RuleCheck is what a rule asks of a token that its provider has verified. It is
// asked on every request, also about tokens from the cache.
type RuleCheck interface {
	// Check names why the rule does not take the token of a request; None: it does.
	// signedIn reports whether the request counts as signed-in all the same: the
	// rule then refuses the user (403), and otherwise the token (401).
	Check(r *request.Request, p *Provider, v *Verified, now time.Time) (why reason.Reason, signedIn bool)
}

// judge asks the rule about a token that was verified, once for each state.
func (v *Visit) judge(s *State) {
	if s.judged || s.Kind != SignedIn {
		return
	}
	s.judged, v.Checker.Judged = true, true
	if v.Checker.Rule == nil {
		return
	}
	why, signedIn := v.Checker.Rule.Check(v.Request, s.Provider, s.Verified, v.Checker.Now)
	s.Refused = why
	if why != reason.None && !signedIn {
		s.Kind, s.Reason, s.Verified = SignedOut, why, nil
	}
}
