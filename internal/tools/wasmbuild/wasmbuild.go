// Package wasmbuild builds modules for the proxy: Go's compiler with a mod file
// of its own, and what is done to its output afterwards. The same sources and
// the same Go give the same bytes, in any folder and on any machine.
package wasmbuild

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/sessiongate/sessiongate/internal/tools/wasmfile"
)

// standIns are folders with modules that take the place of others in modules for
// the proxy. They stand here and not in go.mod, because "go install" takes no
// module that replaces others.
var standIns = map[string]string{"github.com/tidwall/pretty": "./internal/tools/pretty"}

// Module builds a package, named relative to the folder of go.mod, takes out
// what the filter does not use, and makes the rest faster and smaller. It fails
// where the compiler does not write jumps as expected.
func Module(ctx context.Context, root, pkg string) ([]byte, error) {
	compiled, err := Compile(ctx, root, pkg)
	if err != nil {
		return nil, err
	}
	trimmed, err := wasmfile.Trim(compiled, wasmfile.Unused)
	if err != nil {
		return nil, err
	}
	return straighten(trimmed)
}

// Compile builds a package as the compiler makes it.
func Compile(ctx context.Context, root, pkg string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "sessiongate-build-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	modFile, err := ModFile(ctx, root, dir)
	if err != nil {
		return nil, err
	}
	out := filepath.Join(dir, "module.wasm")
	if _, err := run(ctx, root, "go", "build", "-modfile="+modFile, "-buildmode=c-shared", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", out, pkg); err != nil {
		return nil, err
	}
	return os.ReadFile(out)
}

// List is go list for modules for the proxy.
func List(ctx context.Context, root string, args ...string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "sessiongate-build-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	modFile, err := ModFile(ctx, root, dir)
	if err != nil {
		return nil, err
	}
	return run(ctx, root, append([]string{"go", "list", "-modfile=" + modFile}, args...)...)
}

// ModFile writes the mod file of modules for the proxy into a folder: go.mod
// with the stand-ins.
func ModFile(ctx context.Context, root, dir string) (path string, err error) {
	path = filepath.Join(dir, "module.mod")
	for from, to := range map[string]string{"go.mod": path, "go.sum": filepath.Join(dir, "module.sum")} {
		text, err := os.ReadFile(filepath.Join(root, from))
		if err != nil {
			return "", err
		}
		if err := os.WriteFile(to, text, 0o644); err != nil {
			return "", err
		}
	}
	for module, folder := range standIns {
		if _, err := run(ctx, root, "go", "mod", "edit", "-replace="+module+"="+folder, path); err != nil {
			return "", err
		}
	}
	return path, nil
}

func run(ctx context.Context, dir string, command ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm")
	out, err := cmd.Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return nil, fmt.Errorf("%v: %w\n%s", command, err, failed.Stderr)
	}
	return out, err
}
