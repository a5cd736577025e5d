package browser

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/loopback"
)

// withScript serves the vendor's script beside its Frontend API, to any page.
func withScript(text []byte, api http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /script.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		w.Header().Set("Access-Control-Allow-Origin", "*")
		_, _ = w.Write(text)
	})
	mux.Handle("/", api)
	return mux
}

// buildFrontend builds a copy of the example in .tools, and gives its folder.
// Its packages are installed again only when package.json has changed.
func buildFrontend(ctx context.Context) (string, error) {
	if _, err := exec.LookPath("npm"); err != nil {
		return "", fmt.Errorf("there is no npm to build examples/frontend: %w", err)
	}
	dir := filepath.Join(root, ".tools", "frontend")
	wanted, err := os.ReadFile(filepath.Join(root, "examples", "frontend", "package.json"))
	if err != nil {
		return "", err
	}
	installed, _ := os.ReadFile(filepath.Join(dir, "node_modules", "package.json.installed"))
	keep := string(installed) == string(wanted)
	entries, _ := os.ReadDir(dir)
	for _, entry := range entries {
		if entry.Name() != "node_modules" || !keep {
			if err := os.RemoveAll(filepath.Join(dir, entry.Name())); err != nil {
				return "", err
			}
		}
	}
	if err := copyFrontend(dir); err != nil {
		return "", err
	}
	if !keep {
		if err := npm(ctx, dir, "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"); err != nil {
			return "", err
		}
		if err := os.WriteFile(filepath.Join(dir, "node_modules", "package.json.installed"), wanted, 0o600); err != nil {
			return "", err
		}
	}
	return dir, npm(ctx, dir, "run", "build")
}

// copyFrontend copies the example, without what was installed or built there.
func copyFrontend(dir string) error {
	from := filepath.Join(root, "examples", "frontend")
	return filepath.WalkDir(from, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.Name() == "node_modules" || entry.Name() == "dist" {
			return filepath.SkipDir
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return os.MkdirAll(filepath.Join(dir, name), 0o755)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(dir, name), text, 0o600)
	})
}

func npm(ctx context.Context, dir string, args ...string) error {
	cmd := exec.CommandContext(ctx, "npm", args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("npm %s: %w\n%s", strings.Join(args, " "), err, out)
	}
	return nil
}

// startFrontend starts the example's backend for a vendor.
func startFrontend(t *testing.T, dir string, v reactVendor) (addr string) {
	t.Helper()
	addr, err := loopback.FreeAddress()
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(addr)
	cmd := exec.Command("node", "server.js")
	cmd.Dir = dir
	out := &envoy.Log{}
	cmd.Stdout, cmd.Stderr = out, out
	cmd.Env = append(os.Environ(), "PORT="+port, "VENDOR="+v.name, "PUBLISHABLE_KEY="+v.publishableKey,
		"SCRIPT=https://"+v.frontend+"/script.js", "API=https://"+v.api, "PAGES=https://"+v.app)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	for deadline := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		if conn, err := net.Dial("tcp", addr); err == nil {
			_ = conn.Close()
			return addr
		}
		if time.Now().After(deadline) {
			t.Fatalf("the example's backend does not start:\n%s", out)
		}
	}
}
