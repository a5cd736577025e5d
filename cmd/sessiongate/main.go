// Sessiongate is for the people who run the filter: it checks configurations,
// explains decisions, prints the reference and runs the demo.
package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/check"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/exit"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/explain"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/reference"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/rundemo"
)

func main() {
	err := newRootCommand().Execute()
	if err != nil && !exit.Reported(err) {
		fmt.Fprintln(os.Stderr, "sessiongate:", err)
	}
	os.Exit(exit.Code(err))
}

func newRootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:           "sessiongate",
		Short:         "Session authentication at the proxy: check configurations and explain decisions",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.AddCommand(check.Command(), explain.Command(), reference.Command(), reference.SchemaCommand(), rundemo.Command())
	return root
}
