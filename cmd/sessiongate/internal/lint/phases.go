package lint

import (
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/configfile"
	"github.com/sessiongate/sessiongate/internal/problem"
)

// phases finds a WasmPlugin that runs behind Istio's own authorization, which
// then reads identity headers as the client wrote them.
func phases(s *subject) {
	if s.Holder != configfile.WasmPlugin {
		return
	}
	const write = "; write phase: AUTHN"
	switch phase := s.Settings.Get("phase"); {
	case !phase.Exists(), phase.Text == "UNSPECIFIED_PHASE":
		s.warn(s.around("phase"), "phases", "without a phase the filter runs behind Istio's AuthorizationPolicy, which then reads identity headers as the client wrote them"+write)
	case phase.Text == "STATS":
		s.warn(s.around("phase"), "phases", "in phase STATS the filter runs behind Istio's AuthorizationPolicy, which then reads identity headers as the client wrote them"+write)
	case phase.Text != "AUTHN" && phase.Text != "AUTHZ":
		s.fail(s.around("phase"), "phases", problem.Quote(phase.Text)+" is not a phase"+write)
	}
}
