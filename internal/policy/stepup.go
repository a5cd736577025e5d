package policy

import (
	"strconv"
	"time"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwt"
)

// stepUp is what a rule asks about how lately its users have signed in.
type stepUp struct {
	reverification session.Reverification
	ages           []age
	maxAge         string // in seconds: the shortest of what is asked
}

// age is how long ago the date of a claim may be.
type age struct {
	claim session.Claim
	max   time.Duration
}

// newStepUp compiles what a rule asks; nil if that is nothing.
func newStepUp(rule *Rule) *stepUp {
	s := &stepUp{reverification: rule.Reverification}
	shortest := time.Duration(rule.Reverification.AfterMinutes) * time.Minute
	for i := range rule.Require {
		if max := rule.Require[i].MaxAge; max > 0 {
			s.ages = append(s.ages, age{rule.Require[i].Claim, max})
			if shortest == 0 || max < shortest {
				shortest = max
			}
		}
	}
	if shortest == 0 {
		return nil
	}
	s.maxAge = strconv.FormatInt(int64(shortest/time.Second), 10)
	return s
}

// check names what keeps a session from being lately signed in: StepUpRequired
// if that was too long ago, ClaimsMismatch if its token does not say.
func (s *stepUp) check(p *session.Provider, v *session.Verified, now time.Time) reason.Reason {
	why := reason.None
	for i := range s.ages {
		a := &s.ages[i]
		date := jwt.DateOf(jwt.Member(v.Payload, a.claim.Names...))
		switch {
		case !date.Valid || date.Time().After(now.Add(p.Expect.ClockSkew)):
			return reason.ClaimsMismatch
		case date.Time().Before(now.Add(-a.max).Add(-p.Expect.ClockSkew)):
			why = reason.StepUpRequired
		}
	}
	if why != reason.None || s.reverification.AfterMinutes == 0 {
		return why
	}
	// The compiler has seen to it that the provider has one.
	switch met, known := p.Preset.Reverifier.Met(v.Identity, s.reverification); {
	case !known:
		return reason.ClaimsMismatch
	case !met:
		return reason.StepUpRequired
	}
	return reason.None
}

// The answers to those who have to sign in again: that of RFC 9470, and that
// which a vendor's code in the page knows.
var (
	stepUpNeeded = answerKind{401, "Unauthorized", 16, LabelDenied, insufficientAuthentication, ""}
	reverify     = answerKind{403, "Forbidden", 7, LabelDenied, insufficientAuthentication, ""}
)

// insufficientAuthentication is the error code of RFC 9470 section 3.
const insufficientAuthentication = "insufficient_user_authentication"

// answer is the answer to a request whose user has to sign in again, and cannot
// be shown a page for that.
func (s *stepUp) answer(a answer, p *session.Provider) answer {
	a.maxAge = s.maxAge
	if s.reverification.AfterMinutes > 0 {
		a.kind, a.body = &reverify, p.Preset.Reverifier.Body(s.reverification)
	}
	return a
}
