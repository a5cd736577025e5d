// Package check is the command that says what is wrong with configurations.
package check

import "github.com/spf13/cobra"

// Command checks configurations.
func Command() *cobra.Command {
	var effective bool
	var plugin string
	cmd := &cobra.Command{
		Use:   "check FILE...",
		Short: "Check configurations, as the filter will when it starts",
		Long: `Check reads configurations of the filter and prints what is wrong with them.

A file is a plain configuration, an Istio WasmPlugin or EnvoyFilter, an Envoy
Gateway EnvoyExtensionPolicy, or an Envoy bootstrap, as JSON or YAML; "-" is
the standard input. Nothing is fetched.

It exits with 0 if there are no errors (there may be warnings), with 1 if there
are, and with 2 if a file cannot be read.`,
		Example: `  sessiongate check config.yaml deploy/istio/ingress.yaml`,
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, files []string) error {
			c := checker{out: cmd.OutOrStdout(), findings: cmd.ErrOrStderr(), in: cmd.InOrStdin(), effective: effective, plugin: plugin}
			for _, file := range files {
				c.file(file)
			}
			if c.worst != 0 {
				return c.worst
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&effective, "effective", false, "print the configuration with every default filled in, as JSON")
	cmd.Flags().StringVar(&plugin, "plugin", "", "look only at plugins of this `name` (for files with several Wasm filters)")
	return cmd
}
