package backends

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the examples' files into docs/backend.md")

// blocks are the places of docs/backend.md that hold a file of the examples.
var blocks = regexp.MustCompile(`(?s)(<!-- file (\S+) -->\n).*?(<!-- end -->)`)

// languages are the names of code blocks, by the ending of a file.
var languages = map[string]string{
	".go": "go", ".js": "js", ".ts": "ts", ".tsx": "tsx", ".py": "python", ".rb": "ruby", ".ru": "ruby", ".java": "java",
}

// TestDocs holds docs/backend.md to the files of the examples.
func TestDocs(t *testing.T) {
	path := filepath.Join(root, "docs", "backend.md")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string]bool{}
	made := blocks.ReplaceAllFunc(text, func(block []byte) []byte {
		parts := blocks.FindSubmatch(block)
		name := string(parts[2])
		file, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		shown[name] = true
		return []byte(string(parts[1]) + "```" + languages[filepath.Ext(name)] + "\n" + string(file) + "```\n" + string(parts[3]))
	})
	if *update {
		if err := os.WriteFile(path, made, 0o644); err != nil {
			t.Fatal(err)
		}
	} else if !bytes.Equal(made, text) {
		t.Error("docs/backend.md is not what the examples are: go test ./e2e/backends -run TestDocs -update")
	}
	for _, e := range examples {
		for _, helper := range e.helpers {
			if name := e.name + "/" + helper; !shown[name] && !copies[name] {
				t.Errorf("docs/backend.md does not show %s", name)
			}
		}
	}
}

// copies are files that two examples share; the documentation shows the first.
var copies = map[string]bool{"django/identity.py": true, "rails/app/models/identity.rb": true}

// TestHelpers: what a reader copies is short, and takes nothing but the
// framework.
func TestHelpers(t *testing.T) {
	read := func(name string) string {
		text, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	for _, e := range examples {
		for _, helper := range e.helpers {
			if lines := strings.Count(read(e.name+"/"+helper), "\n"); lines > 40 {
				t.Errorf("%s/%s has %d lines, more than 40", e.name, helper, lines)
			}
		}
	}
	for first, second := range map[string]string{
		"fastapi/identity.py": "django/identity.py",
		"rack/identity.rb":    "rails/app/models/identity.rb",
		"nextjs/lib/audit.ts": "gatsby/src/lib/audit.ts",
	} {
		if read(first) != read(second) {
			t.Errorf("%s and %s differ", first, second)
		}
	}
}

// TestFolders: every folder of examples is run, and BACKENDS names no other.
func TestFolders(t *testing.T) {
	known := map[string]bool{}
	for _, e := range slices.Concat(examples, asserted) {
		known[e.name] = true
	}
	for _, s := range sdks {
		known[s.name] = true
	}
	for _, name := range names() {
		if name != "all" && !known[name] {
			t.Errorf("BACKENDS names %q, which is not an example", name)
		}
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if entry.IsDir() && !known[entry.Name()] {
			t.Errorf("no test runs examples/backends/%s", entry.Name())
		}
	}
}
