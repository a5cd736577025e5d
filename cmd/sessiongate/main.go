// Sessiongate is for the people who run the filter: it checks configurations,
// explains decisions, prints the reference and runs the demo.
package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/check"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/convert"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/exit"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/explain"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/policytest"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/redact"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/reference"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/rundemo"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/scaffold"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/version"
)

func main() {
	err := newRootCommand(os.Stdout).Execute()
	report(os.Stderr, err)
	os.Exit(exit.Code(err))
}

// report prints an error that the command has not printed itself.
func report(out io.Writer, err error) {
	if err != nil && !exit.Reported(err) {
		fmt.Fprintln(out, "sessiongate:", redact.Text(err.Error()))
	}
}

// newRootCommand makes the command with all below it. The scripts of completion
// go to out: cobra asks for it early.
func newRootCommand(out io.Writer) *cobra.Command {
	root := &cobra.Command{
		Use:   "sessiongate",
		Short: "Session authentication at the proxy: check configurations and explain decisions",
		Long: `Sessiongate is for the people who run the filter.

All commands exit with 0 if they found nothing wrong, with 1 if they found
something wrong, and with 2 if they could not read their input or their options.`,
		Example:       "  sessiongate check config.yaml",
		Version:       version.String(),
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.AddCommand(convert.Command(), scaffold.Command(), check.Command(), explain.Command(), policytest.Command(), reference.Command(), reference.SchemaCommand(), rundemo.Command(), version.Command())
	root.SetOut(out)
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	addExamples(root)
	return root
}

// addExamples gives the commands that cobra makes an example each.
func addExamples(root *cobra.Command) {
	examples := map[string]string{
		"help":       "  sessiongate help check",
		"completion": "  sessiongate completion bash > /etc/bash_completion.d/sessiongate",
		"bash":       "  sessiongate completion bash > /etc/bash_completion.d/sessiongate",
		"zsh":        `  sessiongate completion zsh > "${fpath[1]}/_sessiongate"`,
		"fish":       "  sessiongate completion fish > ~/.config/fish/completions/sessiongate.fish",
		"powershell": "  sessiongate completion powershell | Out-String | Invoke-Expression",
	}
	for _, command := range root.Commands() {
		if command.Example == "" {
			command.Example = examples[command.Name()]
		}
		for _, shell := range command.Commands() {
			if shell.Example == "" {
				shell.Example = examples[shell.Name()]
			}
		}
	}
}
