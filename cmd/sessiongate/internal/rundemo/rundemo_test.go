package rundemo

import (
	"strings"
	"testing"
)

// TestDemoBackend: what cannot be a backend is refused before anything starts.
func TestDemoBackend(t *testing.T) {
	for args, want := range map[string]string{
		"--backend localhost:3000":        "write 127.0.0.1:3000",
		"--backend 127.0.0.1":             "write 127.0.0.1:3000",
		"--backend 127.0.0.1:3000 --once": "leave out --backend",
	} {
		demo := Command()
		demo.SetArgs(strings.Fields(args))
		if err := demo.Execute(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", args, err, want)
		}
	}
}
