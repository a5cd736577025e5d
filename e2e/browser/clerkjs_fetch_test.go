package browser

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha512"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// script is a published version of ClerkJS.
type script struct {
	version, file, sha512 string
}

// scripts are the current major version and the one before.
var scripts = []script{
	{"6.40.0", "package/dist/clerk.browser.js", "2MnZ/ygvuCmeuqfXQmsxfQaLN/SSJvQbtT2cLXbgr5VKr3KmZFZBVvX977fG3eZ6pprl4J9pO+I2bbe6BvColg=="},
	{"5.128.0", "package/dist/clerk.headless.browser.js", "aw8USKnrZVPOqJfp1eKpbaQL+jUYkXJn/v3XdBslfT4jXEUIqkyITmlgY8bA9GqVF7xGcr+m/HJTpgvGbtIvXA=="},
}

// fetch is the script's text. The package is kept in .tools.
func (s script) fetch(ctx context.Context) ([]byte, error) {
	dir := filepath.Join(root, ".tools", "clerk-js")
	path := filepath.Join(dir, "clerk-clerk-js-"+s.version+".tgz")
	if _, err := os.Stat(path); err != nil {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return nil, err
		}
		cmd := exec.CommandContext(ctx, "npm", "pack", "--silent", "@clerk/clerk-js@"+s.version)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("npm pack @clerk/clerk-js@%s: %w\n%s", s.version, err, out)
		}
	}
	packed, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if sum := sha512.Sum512(packed); base64.StdEncoding.EncodeToString(sum[:]) != s.sha512 {
		return nil, fmt.Errorf("%s is not what was published as %s", path, s.version)
	}
	return unpack(packed, s.file)
}

// unpack is one file of a .tgz.
func unpack(packed []byte, name string) ([]byte, error) {
	unzipped, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	files := tar.NewReader(unzipped)
	for {
		header, err := files.Next()
		if errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("%s is not in the package", name)
		}
		if err != nil {
			return nil, err
		}
		if header.Name == name {
			return io.ReadAll(files)
		}
	}
}

// missing skips a test, or fails it if MISSING=fail.
func missing(t *testing.T, err error) {
	t.Helper()
	if os.Getenv("MISSING") == "fail" {
		t.Fatal(err)
	}
	fmt.Println("report: skipped:", err)
	t.Skip(err)
}
