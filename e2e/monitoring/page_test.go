package monitoring

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// buildPage bundles the page, with packages installed in .tools, and gives the
// folder to serve.
func buildPage(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(root, ".tools", "dashboard")
	dashboard, err := filepath.Abs(filepath.Join(deployDir, "dashboard.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := copyPage(dir); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		// package.json names the peers too: npm is not to add other versions of them.
		{"install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--legacy-peer-deps"},
		{"run", "build"},
	} {
		cmd := exec.CommandContext(t.Context(), "npm", args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "DASHBOARD="+dashboard)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("npm %v: %v\n%s", args, err, out)
		}
	}
	return filepath.Join(dir, "dist")
}

// copyPage puts the page's sources into a folder, without what was built there
// before.
func copyPage(dir string) error {
	entries, err := os.ReadDir("page")
	if err != nil {
		return err
	}
	old := []string{"dist"}
	for _, entry := range entries {
		old = append(old, entry.Name())
	}
	for _, name := range old {
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return os.CopyFS(dir, os.DirFS("page"))
}
