// Package commandtest runs commands in tests.
package commandtest

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/exit"
)

// Run runs a command with arguments, and returns its exit status and what it
// printed. It writes the files into a folder of their own, which becomes the
// working directory: args name them by their bare names. The file "-" is the
// standard input.
func Run(t testing.TB, command *cobra.Command, files map[string]string, args ...string) (status int, out, findings string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	var stdout, stderr bytes.Buffer
	command.SilenceUsage, command.SilenceErrors = true, true
	command.SetArgs(args)
	command.SetOut(&stdout)
	command.SetErr(&stderr)
	command.SetIn(strings.NewReader(files["-"]))
	err := command.Execute()
	return exit.Code(err), stdout.String(), stderr.String()
}
