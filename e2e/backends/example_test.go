package backends

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// root is the top of the repository, and folder has the examples.
var (
	root   = filepath.Join("..", "..")
	folder = filepath.Join(root, "examples", "backends")
)

// example is a folder of examples/backends.
type example struct {
	name string
	// needs are commands that succeed where the toolchain is there, and advice
	// says where it comes from.
	needs  []string
	advice string
	// prefix stands before the paths of the table.
	prefix string
	// untested: it has no tests of its own.
	untested bool
	// page is the path of a document that greets the user, if there is one.
	page string
	// helpers are the files that a reader copies: at most 40 lines each.
	helpers []string
}

// java is where Spring's example has its classes.
const java = "src/main/java/com/example/backend/"

const node = "install Node.js 20.11 or later, with npm"

var (
	nodeAndNpm = []string{`node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || a === 20 && b > 10 ? 0 : 1)'`, "npm --version"}
	python     = []string{`python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))'`}
)

var examples = []example{
	{name: "go", needs: []string{"go version"}, advice: "install Go",
		helpers: []string{"identity/identity.go", "identity/middleware.go"}},
	{name: "express", needs: nodeAndNpm, advice: node,
		helpers: []string{"identity.js", "middleware.js"}},
	{name: "fastapi", needs: python, advice: "install Python 3.10 or later with its venv",
		helpers: []string{"identity.py", "dependencies.py"}},
	{name: "django", needs: python, advice: "install Python 3.10 or later with its venv",
		helpers: []string{"identity.py", "middleware.py"}},
	{name: "rack", needs: []string{"puma --version", `ruby -e 'gem "rack", "~> 2.2"'`},
		advice:  "apt-get install --no-install-recommends ruby-rack puma",
		helpers: []string{"identity.rb", "middleware.rb"}},
	{name: "rails", needs: []string{"puma --version", `ruby -e 'gem "rails", "~> 6.1.7"'`},
		advice:  "apt-get install --no-install-recommends ruby-rails puma",
		helpers: []string{"app/models/identity.rb", "app/controllers/concerns/identified.rb"}},
	{name: "spring", needs: []string{"mvn --version", "javac --release 17 --version"}, advice: "install a JDK 17 or later, and Maven",
		helpers: []string{java + "Identity.java", java + "RequireSession.java", java + "IdentityInterceptor.java"}},
	{name: "nextjs", needs: nodeAndNpm, advice: node, page: "/",
		helpers: []string{"lib/identity.ts", "lib/session.ts"}},
	{name: "gatsby", needs: nodeAndNpm, advice: node, prefix: "/api",
		helpers: []string{"src/lib/identity.ts", "src/lib/session.ts"}},
}

// chosen reports whether BACKENDS names an example; an empty one names none.
func chosen(name string) bool {
	return slices.Contains(names(), name) || slices.Contains(names(), "all")
}

func names() []string { return strings.Fields(os.Getenv("BACKENDS")) }

func (e example) named() string { return e.name }

// lacking says what an example needs that is not there, or "".
func (e example) lacking() string {
	for _, command := range e.needs {
		if err := exec.Command("sh", "-c", command).Run(); err != nil {
			return fmt.Sprintf("`%s` fails: %s", command, e.advice)
		}
	}
	return ""
}

// commands are the code blocks of an example's README: the one command that
// starts it, and the one that runs its own tests.
func (e example) commands(t *testing.T) (start, test string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, e.name, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	var commands []string
	for line := range strings.Lines(string(text)) {
		if command, isCode := strings.CutPrefix(line, "    "); isCode {
			commands = append(commands, strings.TrimSpace(command))
		}
	}
	switch {
	case len(commands) == 2:
		return commands[0], commands[1]
	case len(commands) == 1 && e.untested:
		return commands[0], ""
	}
	t.Fatalf("the README of %s does not have the commands to start it and to test it: %q", e.name, commands)
	return "", ""
}

// copied is a copy of an example below .tools, where what its command installed
// is still there from the last time. (Not below build: ./... would find the Go
// files that packages of npm bring.)
func (e example) copied(t *testing.T) string {
	t.Helper()
	ignored, err := os.ReadFile(filepath.Join(folder, ".gitignore"))
	if err != nil {
		t.Fatal(err)
	}
	generated := strings.Fields(string(ignored))
	target, err := filepath.Abs(filepath.Join(root, ".tools", "backends", e.name))
	if err != nil {
		t.Fatal(err)
	}
	old, err := os.ReadDir(target)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	for _, entry := range old {
		if !slices.Contains(generated, entry.Name()) {
			if err := os.RemoveAll(filepath.Join(target, entry.Name())); err != nil {
				t.Fatal(err)
			}
		}
	}
	source := filepath.Join(folder, e.name)
	err = filepath.WalkDir(source, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if slices.Contains(generated, entry.Name()) {
			if entry.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		below, err := filepath.Rel(source, path)
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return os.MkdirAll(filepath.Join(target, below), 0o755)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(target, below), text, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	return target
}
