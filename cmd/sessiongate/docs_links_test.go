package main

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

var (
	link       = regexp.MustCompile(`\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)`)
	htmlLink   = regexp.MustCompile(`(?:href|src|srcset)="([^"]+)"`)
	definition = regexp.MustCompile(`^\[[^\]]+\]: (\S+)`)
	pageInText = regexp.MustCompile(`\b(?:(?:docs|examples|deploy|internal)/[\w/.-]*\w|README|SECURITY|RATIONALE|CONTRIBUTING)\.md(?:#[\w-]+)?`)
)

const ownPages = "https://github.com/sessiongate/sessiongate/blob/main/"

// TestDocsLinks: every link leads to a file that is there, and to a heading in
// it. Links to other sites are not followed.
func TestDocsLinks(t *testing.T) {
	headings, links := anchorsOf(t), 0
	for _, page := range docPages(t) {
		for _, line := range page.prose {
			text := inBackticks.ReplaceAllString(line.text, "")
			for _, m := range append(append(link.FindAllStringSubmatch(text, -1), htmlLink.FindAllStringSubmatch(text, -1)...), definition.FindAllStringSubmatch(text, -1)...) {
				target, own := strings.CutPrefix(m[1], ownPages)
				if !own && (strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:")) {
					continue
				}
				if links++; !own {
					target = relativeTo(page.name, target)
				}
				if wrong := headings.wrong(target); wrong != "" {
					t.Errorf("%s:%d: %s: %s", page.name, line.n, m[1], wrong)
				}
			}
		}
	}
	if links < 200 {
		t.Errorf("%d links", links)
	}
	t.Logf("%d links", links)
}

// TestDocsLinksOfProgram: the pages that messages, templates, comments, alerts
// and the dashboard name are there, with their headings.
func TestDocsLinksOfProgram(t *testing.T) {
	headings, links := anchorsOf(t), 0
	for _, name := range repositoryFiles(t) {
		switch filepath.Ext(name) {
		case ".go", ".yaml", ".tmpl", ".json", ".mk", ".html", ".js", ".ts", ".py", ".rb", ".java":
		default:
			continue
		}
		if strings.Contains(name, "testdata/") || strings.HasPrefix(name, "cmd/sessiongate/docs_") {
			continue
		}
		text, err := os.ReadFile(filepath.Join(repository, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, target := range pageInText.FindAllString(string(text), -1) {
			links++
			if wrong := headings.wrong(target); wrong != "" {
				t.Errorf("%s: %s: %s", name, target, wrong)
			}
		}
	}
	if links < 50 {
		t.Errorf("%d links", links)
	}
	t.Logf("%d links", links)
}

func relativeTo(page, target string) string {
	if strings.HasPrefix(target, "#") {
		return page + target
	}
	return path.Join(path.Dir(page), target)
}

// anchors are the headings of pages, as GitHub names them, by page.
type anchors map[string]map[string]bool

func anchorsOf(t *testing.T) anchors {
	t.Helper()
	all := anchors{}
	for _, page := range docPages(t) {
		all[page.name] = map[string]bool{}
		for _, line := range page.prose {
			if heading := regexp.MustCompile(`^#{1,6} +(.*?)[ #]*$`).FindStringSubmatch(line.text); heading != nil {
				name := anchor(heading[1])
				for n := 1; all[page.name][name]; n++ {
					name = anchor(heading[1]) + "-" + strconv.Itoa(n)
				}
				all[page.name][name] = true
			}
			for _, m := range regexp.MustCompile(`<a (?:name|id)="([^"]+)"`).FindAllStringSubmatch(line.text, -1) {
				all[page.name][m[1]] = true
			}
		}
	}
	return all
}

// anchor is what GitHub makes of a heading: lower case, hyphens for spaces, and
// no punctuation.
func anchor(heading string) string {
	heading = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`).ReplaceAllString(heading, "$1")
	return strings.Map(func(c rune) rune {
		switch {
		case c == ' ':
			return '-'
		case c == '-' || c == '_' || unicode.IsLetter(c) || unicode.IsDigit(c):
			return unicode.ToLower(c)
		}
		return -1
	}, heading)
}

// wrong says what is wrong with a link from the root of the repository.
func (a anchors) wrong(target string) string {
	file, heading, hasHeading := strings.Cut(target, "#")
	if _, err := os.Stat(filepath.Join(repository, file)); err != nil {
		return "there is no such file"
	}
	if hasHeading && strings.HasSuffix(file, ".md") && !a[file][heading] {
		return "the page has no such heading"
	}
	return ""
}

func TestAnchor(t *testing.T) {
	for heading, want := range map[string]string{
		"Two commands":                  "two-commands",
		"`check`: what it finds, & why": "check-what-it-finds--why",
		"5. [Keys](keys.md) of __x":     "5-keys-of-__x",
		"Überall":                       "überall",
	} {
		if got := anchor(heading); got != want {
			t.Errorf("%q: %q, want %q", heading, got, want)
		}
	}
}
