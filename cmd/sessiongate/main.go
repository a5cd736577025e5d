// Sessiongate is for the people who run the filter: it checks configurations,
// explains decisions, prints the reference and runs the demo.
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"
)

func main() {
	err := newRootCommand().Execute()
	if reported := status(0); err != nil && !errors.As(err, &reported) {
		fmt.Fprintln(os.Stderr, "sessiongate:", err)
	}
	os.Exit(exitStatus(err))
}

func newRootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:           "sessiongate",
		Short:         "Session authentication at the proxy: check configurations and explain decisions",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.AddCommand(newCheckCommand(), newDemoCommand(), newExplainCommand(), newReferenceCommand(), newSchemaCommand())
	return root
}
