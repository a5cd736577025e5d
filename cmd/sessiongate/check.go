package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"github.com/sessiongate/sessiongate/internal/config"
	"github.com/sessiongate/sessiongate/internal/config/describe"
)

func newCheckCommand() *cobra.Command {
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
		Args: cobra.MinimumNArgs(1),
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

// checker prints findings, and results, and keeps the worst exit status.
type checker struct {
	out, findings io.Writer
	in            io.Reader
	effective     bool
	plugin        string
	worst         status
}

func (c *checker) file(name string) {
	data, err := readFile(name, c.in)
	if err != nil {
		c.finding(statusUnread, name, "error", err.Error())
		return
	}
	all, err := findConfigurations(data, c.plugin)
	if err == nil && len(all) == 0 {
		err = errNoConfiguration
	}
	if err != nil {
		c.finding(statusUnread, name, "error", err.Error())
		return
	}
	for _, f := range all {
		where := name
		if f.Where != "" {
			where += " (" + f.Where + ")"
		}
		c.configuration(where, f)
	}
}

func (c *checker) configuration(where string, f found) {
	result, err := config.Load(f.JSON)
	if err != nil {
		for _, problem := range f.problems(err) {
			c.finding(statusInvalid, where, "error", problem)
		}
		return
	}
	for _, warning := range result.Warnings {
		c.finding(0, where, "warning", f.line(warning))
	}
	for i, p := range result.Policy.Providers {
		if f.Clusters != nil && p.Remote != nil && !f.Clusters[p.Remote.Cluster] {
			c.finding(0, where, "warning", fmt.Sprintf("providers[%d].jwksCluster: the bootstrap has no cluster %q, so no keys will come; add it, or name one of its clusters", i, p.Remote.Cluster))
		}
	}
	if rule, weaker := result.Policy.WeakerThanNext(); weaker && f.PortsMatter {
		c.finding(0, where, "warning", fmt.Sprintf("rules[%d].hosts: the rule asks for less than those after it, and is for a host with any port, where Envoy's virtual hosts tell ports apart; write ignore_port_in_host_matching: true in route_config, or strip_any_host_port: true in the connection manager", rule))
	}
	if c.effective {
		_, _ = c.out.Write(describe.Effective(result))
		return
	}
	fmt.Fprintf(c.out, "%s: ok\n", where)
}

func (c *checker) finding(s status, where, level, message string) {
	fmt.Fprintf(c.findings, "%s: %s: %s\n", where, level, message)
	c.worst = max(c.worst, s)
}

// problems are the lines of an error of config.Load.
func (f found) problems(err error) []string {
	var invalid config.Invalid
	if !errors.As(err, &invalid) {
		return []string{err.Error()}
	}
	var lines []string
	for _, p := range invalid {
		lines = append(lines, f.line(p))
	}
	return lines
}

// readFile reads a file, or the standard input for "-".
func readFile(name string, in io.Reader) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(in)
	}
	return os.ReadFile(name)
}

func sortedKeys(m map[string]any) []string { return slices.Sorted(maps.Keys(m)) }
