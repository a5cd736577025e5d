package main

import (
	"io"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/commandtest"
)

func TestUsage(t *testing.T) {
	for _, args := range [][]string{{"check"}, {"check", "--nope", "a"}, {"explain", "a"}, {"nope"}} {
		if status, _, _ := commandtest.Run(t, newRootCommand(io.Discard), nil, args...); status != 2 {
			t.Errorf("%v: exit status %d", args, status)
		}
	}
}

// TestHelp: each command says in a sentence or more what it does, and gives an
// example that names it with flags that it has.
func TestHelp(t *testing.T) {
	for _, command := range all(newRootCommand(io.Discard)) {
		t.Run(command.CommandPath(), func(t *testing.T) {
			if command.Short == "" || command.Long == "" || command.Example == "" {
				t.Fatal("no short text, no long one, or no example")
			}
			path := strings.Fields(command.CommandPath())[1:]
			status, help, _ := commandtest.Run(t, newRootCommand(io.Discard), nil, append(path, "--help")...)
			if status != 0 || !strings.Contains(help, command.Example) {
				t.Errorf("exit status %d, help without the example:\n%s", status, help)
			}
			checkExample(t, command)
		})
	}
}

// all are a command and those below it.
func all(command *cobra.Command) []*cobra.Command {
	found := []*cobra.Command{command}
	for _, c := range command.Commands() {
		found = append(found, all(c)...)
	}
	return found
}

func checkExample(t *testing.T, command *cobra.Command) {
	t.Helper()
	text := strings.ReplaceAll(command.Example, "\\\n", " ")
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if !strings.HasPrefix(line, command.CommandPath()+" ") && line != command.CommandPath() {
			t.Errorf("the example %q does not begin with %q", line, command.CommandPath())
		}
		named, _, err := command.Root().Find(strings.Fields(line)[1:])
		if err != nil {
			t.Fatal(err)
		}
		for word := range strings.FieldsSeq(line) {
			name, _, _ := strings.Cut(word, "=")
			if flag, is := strings.CutPrefix(name, "--"); is && named.Flag(flag) == nil {
				t.Errorf("the example has --%s, the command has not", flag)
			}
		}
	}
}

func TestCompletion(t *testing.T) {
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		var script strings.Builder
		status, _, _ := commandtest.Run(t, newRootCommand(&script), nil, "completion", shell)
		if status != 0 || !strings.Contains(script.String(), "sessiongate") {
			t.Errorf("%s: exit status %d, %d bytes", shell, status, script.Len())
		}
	}
	_, words, _ := commandtest.Run(t, newRootCommand(io.Discard), nil, "__complete", "ex")
	if !strings.HasPrefix(words, "explain\t") {
		t.Errorf("ex is completed to %q", words)
	}
}
