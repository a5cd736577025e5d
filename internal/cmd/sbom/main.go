// Command sbom is a step of a release: it lists what the module is made of, as
// SPDX 2.3 in JSON, on its standard output. The list is that of the compiler for
// this target: what only tests or tools use is not in it.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
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

// module is a dependency, as the go command names it.
type module struct{ Path, Version string }

// modules are those with a package in the Wasm module, sorted.
func modules() ([]module, error) {
	list := exec.Command("go", "list", "-deps",
		"-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}{{end}}{{end}}", ".")
	list.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm")
	list.Stderr = os.Stderr
	text, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	found := map[module]bool{}
	for line := range strings.Lines(string(text)) {
		if path, version, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
			found[module{path, version}] = true
		}
	}
	found[module{"std", strings.TrimPrefix(runtime.Version(), "go")}] = true
	sorted := make([]module, 0, len(found))
	for m := range found {
		sorted = append(sorted, m)
	}
	slices.SortFunc(sorted, func(a, b module) int { return strings.Compare(a.Path, b.Path) })
	return sorted, nil
}
