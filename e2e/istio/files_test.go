package istio

import (
	"os"
	"path/filepath"
	"testing"

	"istio.io/istio/pilot/pkg/config/kube/crd"
)

// TestFilesAreValid checks every file of deploy/istio as Istio's admission does.
func TestFilesAreValid(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(deployDir, "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			objects, unknown, err := crd.ParseInputs(string(text))
			if err != nil || len(unknown) > 0 || len(objects) == 0 {
				t.Errorf("%d objects, unknown kinds %v, %v", len(objects), unknown, err)
			}
		})
	}
}
