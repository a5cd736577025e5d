// Package check is the command that says what is wrong with configurations.
package check

import "github.com/spf13/cobra"

// Command checks configurations.
func Command() *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use:   "check FILE...",
		Short: "Say what is wrong with configurations and the resources around them",
		Long: `Check reads configurations of the filter. It prints the problems of each, and of
the resources around it in its file, with what to write and the section of the
docs that says why. It fetches nothing.

A file is a plain configuration, an Istio WasmPlugin or EnvoyFilter, an Envoy
Gateway EnvoyExtensionPolicy, or an Envoy bootstrap, as JSON or YAML. A folder
stands for all such files in it, "-" for the standard input. Check reads all files
that are named together as one whole: a resource may be in any of them.

It exits with 0 if there are no errors (there may be warnings), with 1 if there
are, with --strict also if there are warnings, and with 2 if a file cannot be
opened or no configuration is found.`,
		Example: `  sessiongate check deploy/
  sessiongate check --strict --format github wasmplugin.yaml serviceentry.yaml
  sessiongate check --format json - < rendered.yaml`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, names []string) error {
			if _, known := printers[o.format]; !known {
				return errFormat
			}
			if o.effective && o.format != "text" {
				return errEffective
			}
			c := checker{options: o, out: cmd.OutOrStdout(), err: cmd.ErrOrStderr(), in: cmd.InOrStdin()}
			if status := c.check(names); status != 0 {
				return status
			}
			return nil
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&o.strict, "strict", false, "fail if there are warnings too")
	flags.StringVar(&o.format, "format", "text", "the output: text, json, or github for annotations of a workflow")
	flags.BoolVar(&o.effective, "effective", false, "print the configuration with every default filled in, as JSON")
	flags.StringVar(&o.plugin, "plugin", "", "look only at plugins of this `name` (for files with several Wasm filters)")
	return cmd
}

// options are the command's flags.
type options struct {
	strict, effective bool
	format, plugin    string
}
