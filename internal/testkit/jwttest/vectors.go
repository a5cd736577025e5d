package jwttest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// Vectors is the folder of published verification cases that VECTORS names; a
// relative one counts from the project's root, and so from the folder above
// the test's package. Without VECTORS the test is skipped: what was not done.
func Vectors(t *testing.T, what string) (folder string) {
	t.Helper()
	folder = os.Getenv("VECTORS")
	if folder == "" {
		t.Skip("VECTORS is not set: " + what)
	}
	if !filepath.IsAbs(folder) {
		folder = filepath.Join("..", folder)
	}
	return folder
}

// EachLine decodes a file of JSON lines of any length.
func EachLine[T any](t *testing.T, path string, do func(line *T)) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for lines := json.NewDecoder(file); lines.More(); {
		var line T
		if err := lines.Decode(&line); err != nil {
			t.Fatal(err)
		}
		do(&line)
	}
}
