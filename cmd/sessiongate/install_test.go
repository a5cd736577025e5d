package main

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/module"
	"golang.org/x/mod/zip"
)

// TestInstall installs the command by its version, as users do, from a module
// proxy in a folder: the work tree as a release, and what was downloaded for
// the tests. Nothing comes from the network.
func TestInstall(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the command once more")
	}
	version := module.Version{Path: "github.com/sessiongate/sessiongate", Version: "v0.0.1"}
	proxy := t.TempDir()
	release(t, filepath.Join(proxy, "github.com", "sessiongate", "sessiongate", "@v"), version)
	cache := strings.TrimSpace(output(t, "go", "env", "GOMODCACHE"))
	bin := t.TempDir()

	install := exec.Command("go", "install", version.Path+"/cmd/sessiongate@"+version.Version)
	install.Dir = t.TempDir()
	install.Env = append(os.Environ(), "GOBIN="+bin, "GOFLAGS=", "GOSUMDB=off", "GOWORK=off",
		"GOMODCACHE="+modCache(t), "GOPROXY=file://"+proxy+",file://"+filepath.Join(cache, "cache", "download")+",off")
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("go install: %v\n%s", err, out)
	}
	if out := output(t, filepath.Join(bin, "sessiongate"), "check", "--help"); !strings.Contains(out, "Check reads configurations") {
		t.Errorf("check --help: %s", out)
	}
}

// modCache is an empty module cache. Go makes what is in it read-only.
func modCache(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	t.Cleanup(func() {
		clean := exec.Command("go", "clean", "-modcache")
		clean.Env = append(os.Environ(), "GOMODCACHE="+dir)
		_ = clean.Run()
	})
	return dir
}

// release writes what a module proxy holds of one version of the work tree.
func release(t *testing.T, dir string, version module.Version) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	root := filepath.Join("..", "..")
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	file := func(suffix string, text []byte) {
		if err := os.WriteFile(filepath.Join(dir, version.Version+suffix), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	file(".info", []byte(`{"Version":"`+version.Version+`"}`))
	file(".mod", mod)
	if err := os.WriteFile(filepath.Join(dir, "list"), []byte(version.Version+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	archive, err := os.Create(filepath.Join(dir, version.Version+".zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	if err := zip.Create(archive, version, tracked(t, root)); err != nil {
		t.Fatal(err)
	}
}

// tracked are the files that git knows, but for those of modules of their own.
func tracked(t *testing.T, root string) []zip.File {
	t.Helper()
	var files []zip.File
	for name := range strings.SplitSeq(strings.TrimRight(output(t, "git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"), "\x00"), "\x00") {
		if _, err := os.Lstat(filepath.Join(root, name)); err == nil && !ofOtherModule(root, name) {
			files = append(files, file{root, name})
		}
	}
	return files
}

func ofOtherModule(root, name string) bool {
	for dir := filepath.Dir(name); dir != "."; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(root, dir, "go.mod")); err == nil {
			return true
		}
	}
	return false
}

// file is a zip.File of the work tree.
type file struct{ root, name string }

func (f file) Path() string                 { return f.name }
func (f file) Lstat() (os.FileInfo, error)  { return os.Lstat(filepath.Join(f.root, f.name)) }
func (f file) Open() (io.ReadCloser, error) { return os.Open(filepath.Join(f.root, f.name)) }

func output(t *testing.T, command ...string) string {
	t.Helper()
	out, err := exec.Command(command[0], command[1:]...).Output()
	if err != nil {
		t.Fatalf("%v: %v", command, err)
	}
	return string(out)
}
