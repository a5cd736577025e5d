// Package check is the command that says what is wrong with configurations.
package check

import "github.com/spf13/cobra"

// Command checks configurations.
func Command() *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use:   "check FILE...",
		Short: "Say what is wrong with configurations and with what stands around them",
		Long: `Check reads configurations of the filter and prints what is wrong with them,
with what stands around them in their files, what to write, and where the docs
say why. Nothing is fetched.

A file is a plain configuration, an Istio WasmPlugin or EnvoyFilter, an Envoy
Gateway EnvoyExtensionPolicy, or an Envoy bootstrap, as JSON or YAML. A folder
stands for all such files in it, "-" for the standard input. Files that are named
together are looked at together: what one lacks may stand in another.

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
	flags.StringVar(&o.format, "format", "text", "what is printed: text, json, or github for annotations of a workflow")
	flags.BoolVar(&o.effective, "effective", false, "print the configuration with every default filled in, as JSON")
	flags.StringVar(&o.plugin, "plugin", "", "look only at plugins of this `name` (for files with several Wasm filters)")
	return cmd
}

// options are the command's flags.
type options struct {
	strict, effective bool
	format, plugin    string
}
