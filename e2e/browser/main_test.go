package browser

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/testkit/module"
)

// Set once by TestMain. The paths are absolute.
var (
	root         string
	envoyPath    string
	modulePath   string // build/sessiongate.wasm, or $SESSIONGATE_WASM
	chromiumPath string
)

// TestMain skips everything where there is no browser, unless MISSING=fail.
func TestMain(m *testing.M) {
	if err := prepare(); err != nil {
		fmt.Fprintln(os.Stderr, "e2e/browser:", err)
		os.Exit(1)
	}
	if chromiumPath == "" {
		os.Exit(0)
	}
	status := m.Run()
	fmt.Print(ran.report())
	os.Exit(status)
}

func prepare() (err error) {
	if chromiumPath, err = findChromium(); err != nil {
		if os.Getenv("MISSING") == "fail" {
			return err
		}
		fmt.Println("report: skipped:", err)
		return nil
	}
	if root, err = filepath.Abs(filepath.Join("..", "..")); err != nil {
		return err
	}
	if modulePath, err = module.Path(root); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	envoyPath, err = envoy.Find(ctx, filepath.Join(root, ".tools"))
	return err
}
