// Package wasmimage puts the module into a container image that Istio, Envoy
// Gateway and other readers of the "compat" variant of the Wasm image
// specification take: a manifest whose last layer is a tar, compressed with
// gzip, with the file plugin.wasm in it.
//
// # Guarantees
//
// The image depends on the module and the labels only: the same ones give the
// same digest on every machine and at any time. There is no base image.
//
// # Limits
//
// The image is not for running. Its platform is linux/amd64 because that is
// what readers pick; the module itself runs on any.
package wasmimage

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
	"time"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

// FileName is the name under which the module is looked for in the layer.
const FileName = "plugin.wasm"

// ErrNotWasm says that the bytes are not a module.
var ErrNotWasm = errors.New("not a Wasm module: it does not begin with the magic number")

// Platform is what an image says that it is for.
var Platform = v1.Platform{OS: "linux", Architecture: "amd64"}

// New makes the image of a module. Labels go into its configuration; the
// names that tools know begin with org.opencontainers.image.
func New(module []byte, labels map[string]string) (v1.Image, error) {
	if !bytes.HasPrefix(module, []byte("\x00asm")) {
		return nil, ErrNotWasm
	}
	archive, err := archive(module)
	if err != nil {
		return nil, err
	}
	layer, err := tarball.LayerFromOpener(
		func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(archive)), nil },
		tarball.WithMediaType(types.OCILayer))
	if err != nil {
		return nil, fmt.Errorf("the layer: %w", err)
	}
	image := mutate.MediaType(empty.Image, types.OCIManifestSchema1)
	image = mutate.ConfigMediaType(image, types.OCIConfigJSON)
	image, err = mutate.ConfigFile(image, &v1.ConfigFile{
		OS:           Platform.OS,
		Architecture: Platform.Architecture,
		RootFS:       v1.RootFS{Type: "layers"},
		Config:       v1.Config{Labels: labels},
	})
	if err != nil {
		return nil, fmt.Errorf("the configuration: %w", err)
	}
	return mutate.Append(image, mutate.Addendum{
		Layer:   layer,
		History: v1.History{CreatedBy: "COPY " + FileName + " /" + FileName},
	})
}

// archive is a tar with one file, of fixed owner, mode and time.
func archive(module []byte) ([]byte, error) {
	var buf bytes.Buffer
	w := tar.NewWriter(&buf)
	err := w.WriteHeader(&tar.Header{
		Typeflag: tar.TypeReg,
		Name:     FileName,
		Mode:     0o644,
		Size:     int64(len(module)),
		ModTime:  time.Unix(0, 0),
		Format:   tar.FormatUSTAR,
	})
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(module); err != nil {
		return nil, err
	}
	return buf.Bytes(), w.Close()
}
