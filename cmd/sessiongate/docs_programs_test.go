package main

import (
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// readers read a program without running it, by the language of the block: the
// file that they are given stands last.
var readers = map[string][]string{
	"js":     {"node", "--check"},
	"html":   {"node", "--check"}, // the module in it
	"python": {"python3", "-c", "import ast, sys; ast.parse(open(sys.argv[1]).read())"},
	"ruby":   {"ruby", "-c"},
}

// comparedElsewhere are the pages whose files of examples are compared, and
// written, by e2e/backends and e2e/frontend_test.go.
var comparedElsewhere = map[string]bool{"docs/backend.md": true, "docs/frontend.md": true}

// TestDocsPrograms: each program is a file of the examples, which tests build
// and run and a comment before the block names ("file examples/..."), or a part
// that can be read.
func TestDocsPrograms(t *testing.T) {
	shown, read := 0, 0
	for _, block := range docBlocks(t, programs) {
		if file, is := strings.CutPrefix(block.note, "file "); is {
			if shown++; !comparedElsewhere[block.page] && readFile(t, file) != block.text {
				t.Errorf("%s: this is not %s", block.at(), file)
			}
			continue
		}
		read++
		switch block.language {
		case "go":
			if _, err := parser.ParseFile(token.NewFileSet(), block.at(), asFile(block.text), parser.SkipObjectResolution); err != nil {
				t.Errorf("%s: %v", block.at(), err)
			}
		default:
			readWith(t, block)
		}
	}
	if shown < 30 || read < 5 {
		t.Errorf("%d files and %d other programs", shown, read)
	}
	t.Logf("%d files and %d other programs", shown, read)
}

// asFile makes a Go file of declarations.
func asFile(text string) string {
	if regexp.MustCompile(`(?m)^package `).MatchString(text) {
		return text
	}
	return "package page\n" + text
}

func readWith(t *testing.T, block docBlock) {
	t.Helper()
	reader, known := readers[block.language]
	if !known {
		t.Errorf("%s: nothing here reads %s; show a file of the examples", block.at(), block.language)
		return
	}
	if _, err := exec.LookPath(reader[0]); err != nil {
		t.Logf("%s is not read: %v", block.at(), err)
		return
	}
	name, text := "program", block.text
	if block.language == "html" {
		_, module, _ := strings.Cut(text, `<script type="module">`)
		text, _, _ = strings.Cut(module, "</script>")
	}
	if reader[0] == "node" {
		name += ".mjs"
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), reader[0], append(reader[1:], path)...).CombinedOutput(); err != nil {
		t.Errorf("%s: %v\n%s", block.at(), err, out)
	}
}
