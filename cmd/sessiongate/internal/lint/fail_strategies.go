package lint

import (
	"slices"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/configfile"
	"github.com/sessiongate/sessiongate/internal/problem"
)

// failStrategies finds a strategy that Istio and Envoy do not have. Istio's API
// server refuses it, or drops it where the resource is applied without
// validation.
func failStrategies(s *subject) {
	names, known := []string{"failStrategy"}, []string{"FAIL_CLOSE", "FAIL_OPEN", "FAIL_RELOAD"}
	switch s.Holder {
	case configfile.WasmPlugin:
	case configfile.EnvoyFilter:
		names, known = []string{"failure_policy", "failurePolicy"}, []string{"UNSPECIFIED", "FAIL_RELOAD", "FAIL_CLOSED", "FAIL_OPEN"}
	default:
		return
	}
	strategy := s.Settings.Get(names...)
	if !strategy.Exists() || slices.Contains(known, strategy.Text) {
		return
	}
	at := s.around(names[0] + "|" + names[len(names)-1])
	s.fail(at, "fail-strategies", problem.Quote(strategy.Text)+" is not a strategy; write FAIL_RELOAD")
}
