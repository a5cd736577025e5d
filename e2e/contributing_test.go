package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// mentioned is a file or a folder in backticks, and perhaps a name in it.
var mentioned = regexp.MustCompile("`([\\w./*-]+)`(?: \\(`(\\w+)`\\))?")

// TestContributing: the files and names that CONTRIBUTING.md leads to are there.
func TestContributing(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "CONTRIBUTING.md"))
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, m := range mentioned.FindAllStringSubmatch(string(text), -1) {
		path, name := m[1], m[2]
		if strings.HasPrefix(path, ".") || !strings.Contains(path, "/") || path == "encoding/json" || path == "net/http" || path == "crypto/x509" {
			continue
		}
		files, err := filepath.Glob(filepath.Join(root, path))
		if err != nil || len(files) == 0 {
			t.Errorf("there is no %s", path)
			continue
		}
		found++
		if name == "" {
			continue
		}
		code, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		if !regexp.MustCompile(`(?m)^(func (\([^)]*\) )?|var |type |\t)` + name + `\b`).Match(code) {
			t.Errorf("%s has no %s", path, name)
		}
	}
	if found < 20 {
		t.Errorf("only %d files and folders are named", found)
	}
}
