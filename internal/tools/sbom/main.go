// Command sbom is a step of a release: it lists what the module is made of, as
// SPDX 2.3 in JSON, on its standard output. The list is that of the compiler for
// this target: what only tests or tools use is not in it.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"runtime"
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/internal/tools/wasmbuild"
)

func main() {
	version := flag.String("version", "", "the version that is released")
	flag.Parse()
	if err := run(os.Stdout, *version); err != nil {
		fmt.Fprintln(os.Stderr, "sbom:", err)
		os.Exit(1)
	}
}

func run(out io.Writer, version string) error {
	if version == "" {
		return errors.New("-version is missing")
	}
	modules, err := modules()
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(newDocument(version, modules))
}

// module is a dependency, as it is built: what takes another's place by a replace
// line is itself.
type module struct {
	Path, Version string
	// Folder of this repository that the module is, and the module whose place
	// it takes; Path and Version are then empty.
	Folder, Replaces string
}

// modules are those with a package in the Wasm module, sorted.
func modules() ([]module, error) {
	text, err := wasmbuild.List(context.Background(), ".", "-deps",
		"-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}{{with .Replace}} {{.Path}} {{.Version}}{{end}}{{end}}{{end}}", ".")
	if err != nil {
		return nil, err
	}
	found := map[module]bool{{Path: "std", Version: strings.TrimPrefix(runtime.Version(), "go")}: true}
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line == "" { // a package of the standard library, or our own
			continue
		}
		m, err := readModule(line)
		if err != nil {
			return nil, err
		}
		found[m] = true
	}
	return slices.SortedFunc(maps.Keys(found), func(a, b module) int {
		return strings.Compare(a.Path+a.Folder, b.Path+b.Folder)
	}), nil
}

// readModule reads a path and a version, and after them, where another one takes
// the place of the module, a folder, or the path and version of another module.
func readModule(line string) (module, error) {
	switch f := strings.Fields(line); len(f) {
	case 2:
		return module{Path: f[0], Version: f[1]}, nil
	case 3:
		if folder, ok := strings.CutPrefix(f[2], "./"); ok {
			return module{Folder: folder, Replaces: f[0] + " " + f[1]}, nil
		}
	case 4:
		return module{Path: f[2], Version: f[3]}, nil
	}
	return module{}, fmt.Errorf("go list: not a module of a registry or of this repository: %q", line)
}
