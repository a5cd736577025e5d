package check

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/commandtest"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/lint"
	"github.com/sessiongate/sessiongate/internal/config"
)

const repository = "../../../../"

var heading = regexp.MustCompile("(?m)^#+ (.*)$")

// TestSections: what findings say to read is there, and every section about a
// mistake is one that a finding leads to.
func TestSections(t *testing.T) {
	var source strings.Builder
	files, err := filepath.Glob("../lint/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, file := range append(files, "check.go") {
		source.WriteString(read(t, file))
	}
	for name := range anchors(t, "docs/check.md") {
		switch name {
		case "what-sessiongate-check-finds", "rules", "providers", "istio", "envoy", "files":
			continue
		}
		if !strings.Contains(source.String(), `"`+name+`"`) && !strings.Contains(source.String(), `#`+name+`"`) {
			t.Errorf("no finding leads to section %s of docs/check.md", name)
		}
	}
	for _, see := range sections(source.String()) {
		page, anchor, _ := strings.Cut(see, "#")
		if !anchors(t, page)[anchor] {
			t.Errorf("there is no section %s", see)
		}
	}
	for _, rows := range table {
		for _, row := range rows {
			for _, find := range row.finds {
				page, anchor, elsewhere := strings.Cut(find.see, "#")
				if !elsewhere {
					page, anchor = "check.md", page
				}
				if !anchors(t, "docs/"+page)[anchor] {
					t.Errorf("row %q: there is no section %s", row.name, find.see)
				}
			}
		}
	}
	for _, table := range config.Tables() {
		page, anchor, _ := strings.Cut(lint.SectionOf(table.Name+".x"), "#")
		if !anchors(t, page)[anchor] {
			t.Errorf("%s: there is no section %s", table.Name, anchor)
		}
	}
}

// sections are those that a source names in full.
func sections(source string) []string {
	return regexp.MustCompile(`docs/[a-z]+\.md#[a-z-]+`).FindAllString(source, -1)
}

// anchors are the sections of a page, as GitHub names them.
func anchors(t *testing.T, page string) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	for _, m := range heading.FindAllStringSubmatch(read(t, repository+page), -1) {
		name := strings.ToLower(m[1])
		name = regexp.MustCompile(`[^a-z0-9 _-]`).ReplaceAllString(name, "")
		names[strings.ReplaceAll(name, " ", "-")] = true
	}
	return names
}

// TestFilesAreClean: nothing in what people copy is complained of.
func TestFilesAreClean(t *testing.T) {
	root, err := filepath.Abs(repository)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"envoy.yaml", "deploy", "examples"} {
		status, out, findings := commandtest.Run(t, Command(), nil, "--strict", filepath.Join(root, name))
		if status != 0 || strings.Contains(findings, ": warning: ") {
			t.Errorf("%s: exit status %d\n%s%s", name, status, out, findings)
		}
	}
}

// TestDocsExample: check prints what its page says that it prints.
func TestDocsExample(t *testing.T) {
	_, after, _ := strings.Cut(read(t, repository+"docs/check.md"), "```yaml\n")
	file, after, _ := strings.Cut(after, "```\n")
	_, after, _ = strings.Cut(after, "it prints\n\n")
	printed, _, _ := strings.Cut(after, "\n\n")
	_, out, findings := commandtest.Run(t, Command(), map[string]string{"policy.yaml": file}, "policy.yaml")
	if want := strings.ReplaceAll("\n"+printed+"\n", "\n    ", "\n")[1:]; findings+out != want {
		t.Errorf("it prints\n%s%s\nand not\n%s", findings, out, want)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
