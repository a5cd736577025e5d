package main

import (
	"strings"
	"testing"
)

// TestQuickstarts runs the commands of docs/quickstarts.md, in order, in an empty
// folder: init writes the files, check has nothing to say about them, and their
// tests pass.
func TestQuickstarts(t *testing.T) {
	made, commands := t.TempDir(), pageCommands(t, "quickstarts.md")
	for _, command := range commands {
		status, out := run(t, made, command)
		if status != 0 || strings.Contains(out, "warning") {
			t.Errorf("%s: exit status %d\n%s", command, status, out)
		}
	}
	if len(commands) != 15 {
		t.Errorf("the page has %d commands", len(commands))
	}
}
