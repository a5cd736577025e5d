package main

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/configfile"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/lint"
	"github.com/sessiongate/sessiongate/internal/demo/envoy"
)

// TestDocsConfigurations: what "check --strict" says of each configuration, with
// the frame around it that docs_frames_test.go has for its kind, is nothing. A
// block that shows a mistake has a comment before it that names the sections of
// docs that the findings lead to, and those are what check finds:
//
//	<!-- check finds: covered-rules -->
//
// A comment "from FILE" says that the block is a part of that file, which has
// tests of its own.
func TestDocsConfigurations(t *testing.T) {
	checked := 0
	for _, block := range docBlocks(t, configurations) {
		if file, is := strings.CutPrefix(block.note, "from "); is {
			if !contains(readFile(t, file), block.text) {
				t.Errorf("%s: %s does not hold this", block.at(), file)
			}
			continue
		}
		framed, err := complete(t, block)
		if err != nil {
			t.Errorf("%s: %v", block.at(), err)
			continue
		}
		if framed.check == nil {
			continue
		}
		checked++
		sections, printed := findings(t, framed.check)
		want, _ := strings.CutPrefix(block.note, "check finds: ")
		if want == block.note {
			want = ""
		}
		if got := strings.Join(sections, ", "); got != want {
			t.Errorf("%s: check finds %q, want %q\n%s", block.at(), got, want, printed)
		}
	}
	if checked < 45 {
		t.Errorf("%d configurations were checked", checked)
	}
	t.Logf("%d configurations were checked", checked)
}

// contains reports whether lines stand in a text one after the other, in
// whatever column, with comments between them or not.
func contains(text, lines string) bool {
	trimmed := func(s string) string {
		var all []string
		for line := range strings.Lines(s) {
			if line = strings.TrimSpace(line); !strings.HasPrefix(line, "#") {
				all = append(all, strings.TrimRight(line, ","))
			}
		}
		return "\n" + strings.Trim(strings.Join(all, "\n"), "\n") + "\n"
	}
	return strings.Contains(trimmed(text), trimmed(lines))
}

// findings are the warnings and errors about files, by the sections that they
// lead to, each once.
func findings(t *testing.T, files []string) (sections []string, printed string) {
	t.Helper()
	var all []lint.File
	for _, text := range files {
		file, wrong := configfile.Parse([]byte(text), "")
		if wrong != nil {
			return []string{"unreadable"}, wrong.Message
		}
		all = append(all, lint.File{File: file})
	}
	for _, f := range lint.Files(all) {
		if f.Level == lint.Note {
			continue
		}
		printed += f.Level.String() + ": " + f.Path + ": " + f.Message + "\n"
		_, section, _ := strings.Cut(f.See, "#")
		if !slices.Contains(sections, section) {
			sections = append(sections, section)
		}
	}
	slices.Sort(sections)
	return sections, printed
}

// TestDocsInlineConfigurations: fields with values in backticks, within
// sentences, are not refused.
func TestDocsInlineConfigurations(t *testing.T) {
	checked := 0
	for _, page := range docPages(t) {
		for _, quoted := range page.quoted() {
			if page.name == "CHANGELOG.md" || !regexp.MustCompile(`^\{?"[a-zA-Z]+": ?\S`).MatchString(quoted.text) || strings.Contains(quoted.text, "…") {
				continue
			}
			framed, err := complete(t, docBlock{text: quoted.text})
			if err != nil || framed.check == nil {
				continue // a member of an answer, or a claim
			}
			checked++
			if _, printed := findings(t, framed.check); strings.Contains(printed, "error: ") {
				t.Errorf("%s:%d: %s\n%s", page.name, quoted.n, quoted.text, printed)
			}
		}
	}
	if checked < 15 {
		t.Errorf("%d configurations", checked)
	}
	t.Logf("%d configurations", checked)
}

// TestDocsEnvoy: Envoy takes each of its own configurations.
func TestDocsEnvoy(t *testing.T) {
	if testing.Short() {
		t.Skip("starts Envoy for each block")
	}
	path, err := envoy.Find(t.Context(), filepath.Join(repository, ".tools"))
	if err != nil {
		t.Skip(err)
	}
	validated := 0
	for _, block := range docBlocks(t, configurations) {
		if strings.HasPrefix(block.note, "from ") {
			continue
		}
		framed, err := complete(t, block)
		if err != nil || framed.bootstrap == nil {
			continue
		}
		validated++
		validate := exec.CommandContext(t.Context(), path, "--mode", "validate", "--log-level", "warn", "--config-yaml", encoded(t, framed.bootstrap.withoutModule()))
		if out, err := validate.CombinedOutput(); err != nil || strings.Contains(string(out), "deprecated") {
			t.Errorf("%s: %v\n%s", block.at(), err, out)
		}
	}
	if validated < 12 {
		t.Errorf("Envoy read %d blocks", validated)
	}
	t.Logf("Envoy read %d blocks", validated)
}
