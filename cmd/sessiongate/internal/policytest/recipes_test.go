package policytest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/commandtest"
)

// TestRecipes: the tests beside the recipes hold.
func TestRecipes(t *testing.T) {
	paths, err := filepath.Glob("../../../../examples/recipes/*")
	if err != nil || len(paths) == 0 {
		t.Fatal("there are no recipes")
	}
	files, tests := map[string]string{}, []string{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(path)
		files[name] = string(text)
		if strings.HasSuffix(name, ".test.yaml") {
			tests = append(tests, name)
		}
	}
	for _, name := range tests {
		t.Run(name, func(t *testing.T) {
			if status, out, findings := commandtest.Run(t, Command(), files, name); status != 0 || findings != "" {
				t.Errorf("exit status %d\n%s%s", status, out, findings)
			}
		})
	}
}
