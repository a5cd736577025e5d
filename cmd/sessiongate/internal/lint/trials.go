package lint

// trials finds "onFailure": "log", with which nothing is refused.
func trials(s *subject) {
	if s.root.Get("onFailure").Str() == "log" {
		s.warn(s.in("onFailure"), "trials", "\"log\" lets every request pass, signed in or not, with unverified tokens; write \"auto\" when the trial is over")
	}
	for i, rule := range s.rules() {
		if rule.Get("onFailure").Str() == "log" {
			s.warn(s.in("rules", i, "onFailure"), "trials", "\"log\" lets every request to "+s.about(i)+" pass, signed in or not, with unverified tokens; write \"auto\" when the trial is over")
		}
	}
}
