package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDocsIstioPolicy: the tests of the policy in docs/istio.md pass.
func TestDocsIstioPolicy(t *testing.T) {
	folder := t.TempDir()
	files := map[string]string{
		"providers:\n":                  filepath.Join(folder, "sessiongate.yaml"),
		"policy: ../sessiongate.yaml\n": filepath.Join(folder, "tests", "sessiongate.yaml"),
	}
	if err := os.Mkdir(filepath.Join(folder, "tests"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, block := range docBlocks(t, configurations) {
		for begin, file := range files {
			if block.page != "docs/istio.md" || !strings.HasPrefix(block.text, begin) {
				continue
			}
			if err := os.WriteFile(file, []byte(block.text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	status, out := runWords([]string{"sessiongate", "test", filepath.Join(folder, "tests", "sessiongate.yaml")})
	if status != 0 || !strings.Contains(out, "7 rows, 0 failed") {
		t.Errorf("exit status %d\n%s", status, out)
	}
}
