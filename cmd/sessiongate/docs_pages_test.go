package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// The tests named TestDocs* hold every Markdown file of the repository: its
// links, the files and names in backticks, and each block of code. What a block
// is, docs_blocks_test.go says.

// docPage is a Markdown file.
type docPage struct {
	name   string // from the root of the repository
	text   string
	prose  []docLine // what is not code
	blocks []docBlock
}

// docLine is a line of a page, from one.
type docLine struct {
	n    int
	text string
}

// docBlock is a block of code, fenced or indented. An empty line ends an
// indented one: commands and configurations often stand together.
type docBlock struct {
	page, language, text string
	line                 int    // of the first line of the text
	note                 string // the comment right before: "check finds: trials"
}

// at is where a block stands.
func (b docBlock) at() string { return fmt.Sprintf("%s:%d", b.page, b.line) }

// docPages are all Markdown files.
func docPages(t *testing.T) []docPage {
	t.Helper()
	pages, err := readPages()
	if err != nil || len(pages) < 40 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	return pages
}

var readPages = sync.OnceValues(func() (pages []docPage, err error) {
	names, err := walkRepository()
	for _, name := range names {
		if filepath.Ext(name) != ".md" {
			continue
		}
		text, err := os.ReadFile(filepath.Join(repository, name))
		if err != nil {
			return nil, err
		}
		page := docPage{name: name, text: string(text)}
		page.split()
		pages = append(pages, page)
	}
	return pages, err
})

// repositoryFiles are all files, with slashes, from the root; those that are
// built or installed are not among them.
func repositoryFiles(t *testing.T) []string {
	t.Helper()
	names, err := walkRepository()
	if err != nil {
		t.Fatal(err)
	}
	return names
}

var walkRepository = sync.OnceValues(func() (names []string, err error) {
	err = filepath.WalkDir(repository, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		switch {
		case entry.IsDir() && (name == "build" || name == "node_modules" || name == ".git" || name == ".tools" || name == ".venv"):
			return filepath.SkipDir
		case !entry.IsDir():
			name, _ = filepath.Rel(repository, path)
			names = append(names, filepath.ToSlash(name))
		}
		return nil
	})
	return names, err
})

var (
	comment  = regexp.MustCompile(`^<!-- (.*) -->$`)
	listItem = regexp.MustCompile(`^ *(?:[-*]|\d+\.) +`)
)

// split takes the page apart.
func (p *docPage) split() {
	var (
		fence   string    // what ends the block, and its indent
		indent  int       // of the block
		current *docBlock // the block, if there is one
		list    int       // where the text of the list's last item begins
		blank   = true    // the line before is empty
		note    string
	)
	for i, line := range strings.Split(p.text, "\n") {
		trimmed := strings.TrimSpace(line)
		deep := len(line) - len(strings.TrimLeft(line, " "))
		begin := func(language string, first, by int) {
			p.blocks = append(p.blocks, docBlock{page: p.name, language: language, line: first, note: note})
			current, indent, note = &p.blocks[len(p.blocks)-1], by, ""
		}
		switch {
		case fence != "":
			if trimmed == fence {
				fence, current = "", nil
				break
			}
			current.text += line[min(indent, deep):] + "\n"
			continue
		case strings.HasPrefix(trimmed, "```"):
			begin(strings.TrimLeft(trimmed, "`"), i+2, deep)
			fence = strings.Repeat("`", len(trimmed)-len(strings.TrimLeft(trimmed, "`")))
		case trimmed == "":
			current = nil
		case current != nil && deep >= indent:
			current.text += line[indent:] + "\n"
		case blank && deep >= list+4:
			begin("", i+1, list+4)
			current.text = line[indent:] + "\n"
		default:
			if item := listItem.FindString(line); item != "" {
				list = len(item)
			} else if blank && deep < list {
				list = deep
			}
			current = nil
			if note = ""; comment.MatchString(trimmed) {
				note = comment.FindStringSubmatch(trimmed)[1]
			}
			p.prose = append(p.prose, docLine{i + 1, line})
		}
		blank = trimmed == ""
	}
}

var inBackticks = regexp.MustCompile("(?s)`([^`]+)`")

// quoted are the texts in backticks, with their lines. They may go on in the
// next line.
func (p *docPage) quoted() (all []docLine) {
	for i := 0; i < len(p.prose); i++ {
		paragraph, first := "", p.prose[i].n
		for ; i < len(p.prose); i++ {
			paragraph += p.prose[i].text + "\n"
			if i+1 == len(p.prose) || p.prose[i+1].n != p.prose[i].n+1 {
				break
			}
		}
		for _, m := range inBackticks.FindAllStringSubmatchIndex(paragraph, -1) {
			line := first + strings.Count(paragraph[:m[0]], "\n")
			all = append(all, docLine{line, strings.Join(strings.Fields(paragraph[m[2]:m[3]]), " ")})
		}
	}
	return all
}
