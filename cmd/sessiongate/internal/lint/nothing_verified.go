package lint

import "github.com/sessiongate/sessiongate/cmd/sessiongate/internal/reach"

// nothingVerified finds rules that skip every request, so that the filter takes
// identity headers away and does nothing else.
func nothingVerified(s *subject) {
	if s.reach == nil || len(s.rules()) == 0 || len(s.reach.Owned(reach.None)) > 0 {
		return
	}
	last := 0
	for i := range s.rules() {
		if len(s.reach.Owned(i)) == 0 {
			continue
		}
		if s.strength(i) != asksNothing {
			return
		}
		last = i
	}
	s.warn(s.in("rules", last, "auth"), "nothing-is-verified", "every request falls under \"skip\", so no token is ever verified; write \"paths\" for what is open, and leave the rest without a rule")
}
