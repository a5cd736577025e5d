// Command wasmbuild builds a module for the proxy:
//
//	wasmbuild [-plain] OUT.wasm PACKAGE
//
// It exports only what the filter uses, and its jumps are direct. With -plain it
// is left as the compiler makes it.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"github.com/sessiongate/sessiongate/internal/tools/wasmbuild"
)

func main() {
	plain := flag.Bool("plain", false, "leave the module as the compiler makes it")
	flag.Parse()
	if flag.NArg() != 2 {
		fmt.Fprintln(os.Stderr, "usage: wasmbuild [-plain] OUT.wasm PACKAGE")
		os.Exit(2)
	}
	if err := build(flag.Arg(0), flag.Arg(1), *plain); err != nil {
		fmt.Fprintln(os.Stderr, "wasmbuild:", err)
		os.Exit(1)
	}
}

func build(out, pkg string, plain bool) error {
	made := wasmbuild.Module
	if plain {
		made = wasmbuild.Compile
	}
	module, err := made(context.Background(), ".", pkg)
	if err != nil {
		return err
	}
	fmt.Printf("%s: %.2f MB\n", out, float64(len(module))/1e6)
	return os.WriteFile(out, module, 0o644)
}
