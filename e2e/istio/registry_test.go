package istio

import (
	"io"
	"log"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-containerregistry/pkg/registry"

	"github.com/sessiongate/sessiongate/internal/tools/wasmimage"
)

// pushImage puts an image of a module into a registry of its own, as make push
// does, and returns what belongs into the url and sha256 of a WasmPlugin.
func pushImage(t *testing.T, module []byte) (url, sha256 string) {
	t.Helper()
	server := httptest.NewServer(registry.New(registry.Logger(log.New(io.Discard, "", 0))))
	t.Cleanup(server.Close)
	image, err := wasmimage.New(module, wasmimage.Labels("1.0.0"))
	if err != nil {
		t.Fatal(err)
	}
	reference := strings.TrimPrefix(server.URL, "http://") + "/sessiongate:1.0.0"
	pushed, err := wasmimage.Push(t.Context(), reference, image)
	if err != nil {
		t.Fatal(err)
	}
	return "oci://" + reference, strings.TrimPrefix(pushed.DigestStr(), "sha256:")
}
