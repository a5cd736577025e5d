// Package reference is the commands that print the fields of the configuration.
package reference

import (
	"bytes"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/sessiongate/sessiongate/internal/config/describe"
)

// SchemaCommand prints the JSON Schema.
func SchemaCommand() *cobra.Command {
	var output string
	cmd := &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of the configuration",
		Long: `Schema prints the JSON Schema of the configuration, for editors that complete and
check YAML and JSON.`,
		Example: "  sessiongate schema --output sessiongate.schema.json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if output != "" {
				return os.WriteFile(output, describe.Schema(), 0o644)
			}
			_, err := cmd.OutOrStdout().Write(describe.Schema())
			return err
		},
	}
	cmd.Flags().StringVarP(&output, "output", "o", "", "write it into this `file`")
	return cmd
}

// Command prints the reference in Markdown.
func Command() *cobra.Command {
	return &cobra.Command{
		Use:   "reference [FILE]",
		Short: "Print the reference of all fields, or write it into a Markdown file",
		Long: `Reference prints the reference of all fields in Markdown. With a file, it puts
the generated parts between the marks in that file instead.`,
		Example: "  sessiongate reference",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				_, err := fmt.Fprint(cmd.OutOrStdout(), describe.Fields())
				return err
			}
			before, err := os.ReadFile(args[0])
			if err != nil {
				return err
			}
			after, err := describe.Update(before)
			if err != nil {
				return fmt.Errorf("%s: %w", args[0], err)
			}
			if bytes.Equal(before, after) {
				return nil
			}
			return os.WriteFile(args[0], after, 0o644)
		},
	}
}
