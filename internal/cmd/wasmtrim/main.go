// Command wasmtrim is a step of the build: it writes a module without the
// callbacks that the filter does not use and without custom sections.
package main

import (
	"fmt"
	"os"

	"github.com/sessiongate/sessiongate/internal/wasmfile"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: wasmtrim IN.wasm OUT.wasm")
		os.Exit(2)
	}
	if err := trim(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "wasmtrim:", err)
		os.Exit(1)
	}
}

func trim(in, out string) error {
	module, err := os.ReadFile(in)
	if err != nil {
		return err
	}
	trimmed, err := wasmfile.Trim(module, wasmfile.Unused)
	if err != nil {
		return fmt.Errorf("%s: %w", in, err)
	}
	fmt.Printf("%s: %.2f MB, trimmed to %.2f MB\n", out, float64(len(module))/1e6, float64(len(trimmed))/1e6)
	return os.WriteFile(out, trimmed, 0o644)
}
