package wasmimage_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"log"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/registry"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/layout"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/types"
	"github.com/google/go-containerregistry/pkg/v1/validate"

	"github.com/sessiongate/sessiongate/internal/tools/wasmimage"
)

// module is the smallest module that there is: magic number and version.
var module = []byte("\x00asm\x01\x00\x00\x00")

var labels = map[string]string{
	"org.opencontainers.image.source":   "https://example.com/source",
	"org.opencontainers.image.version":  "1.2.3",
	"org.opencontainers.image.licenses": "Apache-2.0",
}

func newImage(t *testing.T) v1.Image {
	t.Helper()
	image, err := wasmimage.New(module, labels)
	if err != nil {
		t.Fatal(err)
	}
	return image
}

func TestNewIsWhatReadersTake(t *testing.T) {
	image := newImage(t)
	if media, err := image.MediaType(); err != nil || media != types.OCIManifestSchema1 {
		t.Errorf("media type %q, %v", media, err)
	}
	config, err := image.ConfigFile()
	if err != nil {
		t.Fatal(err)
	}
	if config.OS != "linux" || config.Architecture != "amd64" {
		t.Errorf("platform %s/%s", config.OS, config.Architecture)
	}
	for name, want := range labels {
		if got := config.Config.Labels[name]; got != want {
			t.Errorf("label %s: %q, want %q", name, got, want)
		}
	}
	layers, err := image.Layers()
	if err != nil || len(layers) != 1 {
		t.Fatalf("%d layers, %v", len(layers), err)
	}
	if media, err := layers[0].MediaType(); err != nil || media != types.OCILayer {
		t.Errorf("media type of the layer %q, %v", media, err)
	}
	compressed, err := layers[0].Compressed()
	if err != nil {
		t.Fatal(err)
	}
	defer compressed.Close()
	plain, err := gzip.NewReader(compressed)
	if err != nil {
		t.Fatal(err)
	}
	files := tar.NewReader(plain)
	header, err := files.Next()
	if err != nil || header.Name != "plugin.wasm" {
		t.Fatalf("first file %+v, %v", header, err)
	}
	if got, err := io.ReadAll(files); err != nil || !bytes.Equal(got, module) {
		t.Errorf("plugin.wasm holds %q, %v", got, err)
	}
	if _, err := files.Next(); err != io.EOF {
		t.Errorf("after the only file: %v", err)
	}
}

func TestNewGivesTheSameDigest(t *testing.T) {
	first, err := newImage(t).Digest()
	if err != nil {
		t.Fatal(err)
	}
	// Written down: a digest that changes with the machine, the day or a
	// newer library is not reproducible.
	const want = "sha256:fac3634e64306453c7ad590c5c206eb06e7afd04c156065d869afe5ae2d3aeb6"
	if first.String() != want {
		t.Errorf("digest %s, want %s", first, want)
	}
}

func TestNewRefusesWhatIsNotAModule(t *testing.T) {
	for name, content := range map[string][]byte{"empty": nil, "text": []byte("(module)")} {
		t.Run(name, func(t *testing.T) {
			if _, err := wasmimage.New(content, nil); !errors.Is(err, wasmimage.ErrNotWasm) {
				t.Errorf("error %v", err)
			}
		})
	}
}

func TestWriteLayout(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "image")
	for range 2 { // the second time over the first
		if err := wasmimage.WriteLayout(dir, newImage(t)); err != nil {
			t.Fatal(err)
		}
	}
	index, err := layout.ImageIndexFromPath(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := validate.Index(index); err != nil {
		t.Error(err)
	}
	manifest, err := index.IndexManifest()
	if err != nil || len(manifest.Manifests) != 1 {
		t.Fatalf("index %+v, %v", manifest, err)
	}
	if want, _ := newImage(t).Digest(); manifest.Manifests[0].Digest != want {
		t.Errorf("digest %s, want %s", manifest.Manifests[0].Digest, want)
	}
}

func TestPush(t *testing.T) {
	server := httptest.NewServer(registry.New(registry.Logger(log.New(io.Discard, "", 0))))
	defer server.Close()
	host := strings.TrimPrefix(server.URL, "http://")

	pushed, err := wasmimage.Push(t.Context(), host+"/team/sessiongate:1.2.3", newImage(t))
	if err != nil {
		t.Fatal(err)
	}
	if want, _ := newImage(t).Digest(); pushed.DigestStr() != want.String() {
		t.Errorf("pushed %s, want %s", pushed, want)
	}
	for _, reference := range []string{host + "/team/sessiongate:1.2.3", pushed.String()} {
		ref, err := name.ParseReference(reference)
		if err != nil {
			t.Fatal(err)
		}
		image, err := remote.Image(ref)
		if err != nil {
			t.Fatal(err)
		}
		if err := validate.Image(image); err != nil {
			t.Errorf("%s: %v", reference, err)
		}
	}
}

func TestPushRefuses(t *testing.T) {
	rows := map[string]struct{ reference, want string }{
		"a digest":             {"localhost:1/a@sha256:" + strings.Repeat("0", 64), "write a tag"},
		"what is no reference": {"UPPER/case", "could not parse"},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			_, err := wasmimage.Push(t.Context(), row.reference, newImage(t))
			if err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("error %v, want one with %q", err, row.want)
			}
		})
	}
}
