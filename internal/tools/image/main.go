// Command wasmimage is a step of the build: it makes a container image of the
// module, writes it as an OCI layout, and pushes it if it is told where.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/sessiongate/sessiongate/internal/tools/wasmimage"
)

const usage = `usage: wasmimage [-push HOST/NAME:TAG] -version VERSION MODULE.wasm DIRECTORY

Writes the image of a module to DIRECTORY, as an OCI layout, and its digest
beside it, to DIRECTORY.digest: the value of a WasmPlugin's sha256.
`

func main() {
	flags := flag.NewFlagSet("wasmimage", flag.ExitOnError)
	flags.Usage = func() { fmt.Fprint(os.Stderr, usage) }
	version := flags.String("version", "", "the version that the image is labelled with")
	push := flags.String("push", "", "the reference to push to")
	_ = flags.Parse(os.Args[1:])
	if flags.NArg() != 2 || *version == "" {
		flags.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, flags.Arg(0), flags.Arg(1), *version, *push); err != nil {
		fmt.Fprintln(os.Stderr, "wasmimage:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, modulePath, dir, version, push string) error {
	module, err := os.ReadFile(modulePath)
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%w: run `make build` first", err)
	}
	if err != nil {
		return err
	}
	image, err := wasmimage.New(module, wasmimage.Labels(version))
	if err != nil {
		return fmt.Errorf("%s: %w", modulePath, err)
	}
	if err := wasmimage.WriteLayout(dir, image); err != nil {
		return err
	}
	digest, err := image.Digest()
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Clean(dir)+".digest", []byte(digest.Hex+"\n"), 0o644); err != nil {
		return err
	}
	fmt.Printf("%s: version %s\nsha256: %s\n", dir, version, digest.Hex)
	if push == "" {
		return nil
	}
	pushed, err := wasmimage.Push(ctx, push, image)
	if err != nil {
		return fmt.Errorf("push to %s: %w", push, err)
	}
	fmt.Printf("pushed %s\n", pushed)
	return nil
}
