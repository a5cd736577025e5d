package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// migration is a page about moving from another filter, whose commands have been
// run in a folder.
type migration struct {
	folder string
	// later are the commands that read what a running proxy writes.
	later []string
}

var (
	// namesFile is a paragraph that names the file in the block that follows.
	namesFile = regexp.MustCompile("^`([a-z0-9-]+\\.(?:yaml|json|sh|cfg))(?: [A-Z ]+)?` ")
	// failsOnPurpose is what a page says after a command that exits with 1.
	failsOnPurpose = regexp.MustCompile(`exit status is 1|exits with 1`)
	// needsCluster are commands that no test can run on one machine.
	needsCluster = regexp.MustCompile(`^(kubectl|istioctl) `)
)

// runMigration follows a page to the letter: it writes the files that the page
// shows and runs its commands in a shell. A file that a command has made, and
// what a command prints, must be what the page shows.
func runMigration(t *testing.T, page string) migration {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "docs", page))
	if err != nil {
		t.Fatal(err)
	}
	m := migration{folder: t.TempDir()}
	m.installTools(t)
	blocks := pageBlocks(string(text))
	printed := ""
	for i, b := range blocks {
		switch name := namesFile.FindStringSubmatch(b.before); {
		case b.language == "command" && needsCluster.MatchString(b.text):
		case b.language == "command" && strings.Contains(b.text, "access.log"):
			m.later = append(m.later, b.text)
		case b.language == "command":
			after := ""
			if i+1 < len(blocks) {
				after = blocks[i+1].passage
			}
			printed = m.run(t, b.text, failsOnPurpose.MatchString(after))
		case name != nil:
			m.file(t, name[1], b.text)
		case b.language == "text" && printed != b.text:
			t.Errorf("the page shows\n%s\nbut this is printed\n%s", b.text, printed)
		}
	}
	return m
}

// installTools puts what the page asks for into the folder.
func (m migration) installTools(t *testing.T) {
	t.Helper()
	bin := filepath.Join(m.folder, "bin")
	if err := os.Mkdir(bin, 0o755); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("go", "build", "-o", filepath.Join(bin, "sessiongate"), modulePath+"/cmd/sessiongate").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for from, to := range map[string]string{findEnvoy(t): filepath.Join(bin, "envoy"), module(t): filepath.Join(m.folder, "sessiongate.wasm")} {
		if err := os.Symlink(from, to); err != nil {
			t.Fatal(err)
		}
	}
}

// run runs commands in the folder, and returns what they print.
func (m migration) run(t *testing.T, commands string, fails bool) string {
	t.Helper()
	shell := exec.Command("sh", "-e", "-c", commands)
	shell.Dir = m.folder
	shell.Env = append(os.Environ(), "PATH="+filepath.Join(m.folder, "bin")+string(os.PathListSeparator)+os.Getenv("PATH"))
	out, err := shell.CombinedOutput()
	if (err != nil) != fails {
		t.Errorf("%s\n%v\n%s", commands, err, out)
	}
	return string(out)
}

// file writes a file, or compares one that is there.
func (m migration) file(t *testing.T, name, want string) {
	t.Helper()
	path := filepath.Join(m.folder, name)
	if got, err := os.ReadFile(path); err == nil {
		if string(got) != want {
			t.Errorf("the page shows %s as\n%s\nbut it is\n%s", name, want, got)
		}
		return
	}
	writeFile(t, path, []byte(want))
}

// read is a file of the folder.
func (m migration) read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(m.folder, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// pageBlock is a block of code of a page. Indented blocks are commands.
type pageBlock struct {
	language string // of the fence; "command"
	before   string // the paragraph before the block
	passage  string // everything since the block before
	text     string
}

// pageBlocks are all blocks of a page.
func pageBlocks(page string) (blocks []pageBlock) {
	var block *pageBlock
	fenced, passage := false, ""
	begin := func(language string) {
		paragraphs := strings.Split(strings.TrimSpace(passage), "\n\n")
		block = &pageBlock{language: language, before: paragraphs[len(paragraphs)-1], passage: passage}
	}
	end := func() { blocks, block, passage = append(blocks, *block), nil, "" }
	for line := range strings.Lines(page) {
		fence, isFence := strings.CutPrefix(line, "```")
		command, isCommand := strings.CutPrefix(line, "    ")
		switch {
		case isFence && !fenced:
			begin(strings.TrimSpace(fence))
			fenced = true
		case isFence:
			end()
			fenced = false
		case fenced:
			block.text += line
		case isCommand:
			if block == nil {
				begin("command")
			}
			block.text += command
		case block != nil:
			end()
			passage += line
		case strings.HasPrefix(line, "<!--"):
		default:
			passage += line
		}
	}
	return blocks
}
