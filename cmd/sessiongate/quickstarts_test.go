package main

import (
	"strings"
	"testing"
)

// TestQuickstarts runs the commands of docs/quickstarts.md, in order, in an empty
// folder: init writes the files, check has nothing to say about them, and their
// tests pass.
func TestQuickstarts(t *testing.T) { runPage(t, "quickstarts.md", 15) }

// TestLocalDevelopment does the same with docs/local-development.md.
func TestLocalDevelopment(t *testing.T) { runPage(t, "local-development.md", 3) }

// runPage runs the commands of a page that need neither a request nor a network.
func runPage(t *testing.T, page string, want int) {
	t.Helper()
	made, ran := t.TempDir(), 0
	for _, command := range pageCommands(t, page) {
		if strings.HasPrefix(command, "explain ") {
			continue
		}
		ran++
		if status, out := run(t, made, command); status != 0 || strings.Contains(out, "warning") {
			t.Errorf("%s: exit status %d\n%s", command, status, out)
		}
	}
	if ran != want {
		t.Errorf("the page has %d commands", ran)
	}
}
