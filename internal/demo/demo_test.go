package demo

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestOutsideOfTheRepository: what is missing is said before anything is
// fetched or started.
func TestOutsideOfTheRepository(t *testing.T) {
	t.Setenv("ENVOY", filepath.Join(t.TempDir(), "would-be-looked-for"))
	bootstrap := filepath.Join(t.TempDir(), "envoy.yaml")
	if err := os.WriteFile(bootstrap, []byte("static_resources: {}"), 0o600); err != nil {
		t.Fatal(err)
	}
	for want, o := range map[string]Options{
		"root of the repository": {Bootstrap: "nowhere.yaml"},
		"make build":             {Bootstrap: bootstrap, Module: "nowhere.wasm"},
	} {
		o.Log = io.Discard
		if d, err := Start(t.Context(), o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, %v; want %q", d, err, want)
		}
	}
}

func TestAccessLogWithoutAssets(t *testing.T) {
	var out strings.Builder
	log := withoutAssets(&out)
	for _, part := range []string{`{"path":"/he`, "llo\"}\n{\"path\":\"/demo/app.js\"}\n", `{"path":"/a"}` + "\n", "partial"} {
		if n, err := log.Write([]byte(part)); n != len(part) || err != nil {
			t.Errorf("%d, %v", n, err)
		}
	}
	if want := "{\"path\":\"/hello\"}\n{\"path\":\"/a\"}\n"; out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
}
