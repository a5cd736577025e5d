package istio

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"istio.io/istio/pilot/pkg/features"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	built "github.com/sessiongate/sessiongate/internal/testkit/module"
)

// Set once by TestMain. The paths are absolute, for tests change directory.
var (
	envoyPath string
	module    []byte // build/sessiongate.wasm, or $SESSIONGATE_WASM
	deployDir string
)

func TestMain(m *testing.M) {
	if err := prepare(); err != nil {
		fmt.Fprintln(os.Stderr, "e2e/istio:", err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func prepare() (err error) {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		return err
	}
	deployDir = filepath.Join(root, "deploy", "istio")
	path, err := built.Path(root)
	if err != nil {
		return err
	}
	if module, err = os.ReadFile(path); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	if envoyPath, err = envoy.Find(ctx, filepath.Join(root, ".tools")); err != nil {
		return err
	}
	// Two HTTP filters that only Istio's build of Envoy has.
	features.MetadataExchange = false
	features.ALPNFilter = false
	return nil
}
