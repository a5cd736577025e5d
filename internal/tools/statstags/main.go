// Command statstags writes the list of package statstags into the files that
// hold it. Its argument is the root of the repository.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/sessiongate/sessiongate/internal/statstags"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: statstags ROOT")
		os.Exit(2)
	}
	for _, name := range statstags.Files() {
		if err := update(filepath.Join(os.Args[1], name)); err != nil {
			fmt.Fprintln(os.Stderr, "statstags:", err)
			os.Exit(1)
		}
	}
}

func update(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	updated, err := statstags.Update(string(text))
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return os.WriteFile(path, []byte(updated), 0o644) //nolint:gosec // files of the repository
}
