package lint

import "github.com/sessiongate/sessiongate/cmd/sessiongate/internal/configfile"

// failOpen finds settings with which requests pass when the filter fails: then
// whoever makes it fail is let in.
func failOpen(s *subject) {
	const message = "lets every request pass when the filter fails or cannot be loaded, with the identity headers that the client wrote; write "
	switch s.Holder {
	case configfile.WasmPlugin:
		if s.Settings.Get("failStrategy").Str() == "FAIL_OPEN" {
			s.fail(s.around("failStrategy"), "failing-open", "FAIL_OPEN "+message+"FAIL_RELOAD")
		}
	case configfile.ExtensionPolicy:
		if s.Settings.Get("failOpen").IsTrue() {
			s.fail(s.around("failOpen"), "failing-open", "true "+message+"false")
		}
	case configfile.EnvoyFilter:
		if s.Settings.Get("fail_open", "failOpen").IsTrue() {
			s.fail(s.around("fail_open|failOpen"), "failing-open", "true "+message+"failure_policy: FAIL_RELOAD instead")
		}
		if policy := s.Settings.Get("failure_policy", "failurePolicy"); policy.Str() == "FAIL_OPEN" {
			s.fail(s.around("failure_policy|failurePolicy"), "failing-open", "FAIL_OPEN "+message+"FAIL_RELOAD")
		}
	}
}
