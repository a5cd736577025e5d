package main

import (
	"bytes"
	"flag"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/exit"
)

var update = flag.Bool("update", false, "write what is around the policies of examples/policies")

// repository is the root's absolute path: commands run in other folders.
var repository, _ = filepath.Abs(filepath.Join("..", ".."))

// pageCommands are the commands of a page in docs.
func pageCommands(t *testing.T, page string) (commands []string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(repository, "docs", page))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(strings.ReplaceAll(string(text), "\\\n", " ")) {
		if command, is := strings.CutPrefix(line, "    sessiongate "); is {
			commands = append(commands, strings.TrimSpace(command))
		}
	}
	return commands
}

// run runs a command line in a folder.
func run(t *testing.T, folder, line string) (status int, out string) {
	t.Helper()
	t.Chdir(folder)
	var all bytes.Buffer
	root := newRootCommand(io.Discard)
	root.SetArgs(strings.Fields(line))
	root.SetOut(&all)
	root.SetErr(&all)
	return exit.Code(root.Execute()), all.String()
}

// TestWalkThrough runs the page's commands: what init writes is what the
// examples were made of, check has nothing to say about the examples, and their
// tests pass, each of at least eight rows.
func TestWalkThrough(t *testing.T) {
	examples, made := filepath.Join(repository, "examples", "policies"), t.TempDir()
	rows, commands := 0, pageCommands(t, "walk-through.md")
	for _, command := range commands {
		switch name, _, _ := strings.Cut(command, " "); name {
		case "init":
			if status, out := run(t, made, command); status != 0 {
				t.Errorf("%s: exit status %d\n%s", command, status, out)
			}
		case "check", "test":
			status, out := run(t, repository, command)
			if status != 0 || strings.Contains(out, "warning") || strings.Contains(out, "note") {
				t.Errorf("%s: exit status %d\n%s", command, status, out)
			}
			for _, m := range regexp.MustCompile(`(?m)^(\S+): (\d+) rows, 0 failed$`).FindAllStringSubmatch(out, -1) {
				n, _ := strconv.Atoi(m[2])
				if rows += n; n < 8 {
					t.Errorf("%s has %d rows", m[1], n)
				}
			}
		case "explain": // needs a request and a network
		default:
			t.Errorf("the page has a command %q", name)
		}
	}
	if len(commands) < 15 || rows < 40 {
		t.Errorf("the page has %d commands and %d rows", len(commands), rows)
	}
	t.Logf("%d commands, %d rows", len(commands), rows)
	compareAround(t, made, examples)
}

// policyBegins is where the part of a file begins that people change.
var policyBegins = regexp.MustCompile(`(?m)^ *(pluginConfig:|config:|value: \|)$`)

// policyEnds is where it ends, in a bootstrap.
var policyEnds = regexp.MustCompile(`(?m)^          - name: envoy\.filters\.http\.router$`)

// parts are a file before the policy in it, the policy, and what follows. A file
// without a policy is all before it.
func parts(t *testing.T, path string) (before, policy, after string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	begin := policyBegins.FindAllIndex(text, -1)
	if len(begin) == 0 {
		return string(text), "", ""
	}
	first, last := begin[len(begin)-1][0], len(text)
	if end := policyEnds.FindIndex(text); end != nil {
		last = end[0]
	}
	return string(text[:first]), string(text[first:last]), string(text[last:])
}

// compareAround compares the examples with what init writes, but for policies
// and tests. With -update it writes what is around the policies.
func compareAround(t *testing.T, made, examples string) {
	t.Helper()
	err := filepath.WalkDir(made, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Base(filepath.Dir(path)) == "tests" {
			return err
		}
		name, _ := filepath.Rel(made, path)
		example := filepath.Join(examples, name)
		wantBefore, _, wantAfter := parts(t, path)
		before, policy, after := parts(t, example)
		switch {
		case before == wantBefore && after == wantAfter:
		case *update:
			return os.WriteFile(example, []byte(wantBefore+policy+wantAfter), 0o644)
		default:
			t.Errorf("%s is not what init writes around the policy; go test -run TestWalkThrough -update writes it", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
