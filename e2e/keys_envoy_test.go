package e2e

import (
	"slices"
	"testing"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
)

// TestKeys runs the tests about one provider's keys in one Envoy with four
// workers, all at once.
func TestKeys(t *testing.T) {
	t.Parallel()
	tests := slices.Concat(outageTests(), unknownKeyTests(), fetchTests(), waitingTests(), loadTests())
	runKeyTests(t, tests, envoy.Options{Concurrency: 4, LogLevel: "warning", Components: "wasm:info"})
}
