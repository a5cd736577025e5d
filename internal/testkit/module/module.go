// Package module finds the built module for tests that run it.
package module

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// named is the module that the environment names, if any.
func named() string { return os.Getenv("SESSIONGATE_WASM") }

// Path is where the module is: $SESSIONGATE_WASM, else what make build left in a
// checkout. A module that is not there is an error.
func Path(root string) (string, error) {
	path, err := filepath.Abs(cmp.Or(named(), filepath.Join(root, "build", "sessiongate.wasm")))
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(path); err != nil {
		return "", fmt.Errorf("%w: run `make build` first", err)
	}
	return path, nil
}

var built struct {
	sync.Once
	path string
	err  error
}

// Built is Path, after the module was built once, unless the environment names
// one.
func Built(t *testing.T, root string) string {
	t.Helper()
	built.Do(func() {
		if named() == "" {
			if out, err := exec.Command("make", "-s", "-C", root, "build").CombinedOutput(); err != nil {
				built.err = fmt.Errorf("make build: %w\n%s", err, out)
				return
			}
		}
		built.path, built.err = Path(root)
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return built.path
}
