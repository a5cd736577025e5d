package lint

// coveredRules finds rules that no request falls under, because those before
// take all that they match.
func coveredRules(s *subject) {
	if s.reach == nil {
		return
	}
	for i := range s.rules() {
		reached, by := s.reach.Reached(i)
		switch {
		case reached:
		case len(by) == 0:
			s.warn(s.in("rules", i), "covered-rules", s.nameOf(i)+" matches no request: its not... fields exclude all that it names; write fewer patterns into them, or remove the rule")
		case len(by) == 1:
			s.warn(s.in("rules", i), "covered-rules", s.nameOf(i)+" is never reached: "+s.namesOf(by)+" covers it; write it before that rule, or remove it")
		default:
			s.warn(s.in("rules", i), "covered-rules", s.nameOf(i)+" is never reached: "+s.namesOf(by)+" cover it together; write it before them, or remove it")
		}
	}
}
