package monitoring

import (
	"os/exec"
	"path/filepath"
	"testing"
)

// TestPromtool checks the alerts and runs their tests. Without service discovery,
// which no rule needs, promtool is built in half the time.
func TestPromtool(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "promtool")
	build := exec.CommandContext(t.Context(), "go", "build", "-tags", "remove_all_sd", "-o", binary, "github.com/prometheus/prometheus/cmd/promtool")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, args := range [][]string{
		{"check", "rules", "--lint-fatal", "alerts.yaml"},
		{"test", "rules", "alerts.test.yaml"},
	} {
		command := exec.CommandContext(t.Context(), binary, args...)
		command.Dir = deployDir
		if out, err := command.CombinedOutput(); err != nil {
			t.Errorf("promtool %v: %v\n%s", args, err, out)
		}
	}
}
