package istio

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"istio.io/istio/pkg/wasm"
)

// TestAgentFetchesImage gives the pushed image to the agent's own fetcher.
func TestAgentFetchesImage(t *testing.T) {
	url, sha256 := pushImage(t, module)
	rows := map[string]struct {
		url, checksum string
		wantError     string
	}{
		"by tag":                        {url: url},
		"by tag, with its digest":       {url: url, checksum: sha256},
		"by digest":                     {url: strings.TrimSuffix(url, ":1.0.0") + "@sha256:" + sha256, checksum: sha256},
		"another digest than was asked": {url: url, checksum: strings.Repeat("0", 64), wantError: "does not match"},
		"a tag that is not there":       {url: strings.TrimSuffix(url, "1.0.0") + "9.9.9", wantError: "could not fetch manifest"},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			modules := wasm.NewLocalFileCache(t.TempDir(), wasm.Options{
				PurgeInterval:      wasm.DefaultPurgeInterval,
				ModuleExpiry:       wasm.DefaultModuleExpiry,
				HTTPRequestTimeout: wasm.DefaultHTTPRequestTimeout,
			})
			defer modules.Cleanup()
			path, err := modules.Get(row.url, wasm.GetOptions{Checksum: row.checksum, RequestTimeout: time.Minute})
			if row.wantError != "" {
				if err == nil || !strings.Contains(err.Error(), row.wantError) {
					t.Fatalf("error %v, want one with %q", err, row.wantError)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			fetched, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(fetched, module) {
				t.Errorf("fetched %d bytes that are not the module's %d", len(fetched), len(module))
			}
		})
	}
}
