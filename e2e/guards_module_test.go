package e2e

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/tools/wasmbuild"
	"github.com/sessiongate/sessiongate/internal/tools/wasmfile"
)

// maxModule is how large the module may become.
const maxModule = 6_000_000

// hostFunctions are the WASI functions that every supported Envoy has, 1.36
// included. A module that imports another one does not load there.
var hostFunctions = []string{
	"args_get", "args_sizes_get", "clock_time_get", "environ_get", "environ_sizes_get", "fd_close", "fd_fdstat_get",
	"fd_fdstat_set_flags", "fd_prestat_dir_name", "fd_prestat_get", "fd_write", "poll_oneoff", "proc_exit", "random_get",
	"sched_yield",
}

func TestModuleImports(t *testing.T) {
	imports, err := wasmfile.Imports(moduleBytes(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range imports {
		switch {
		case i.Module == "wasi_snapshot_preview1" && slices.Contains(hostFunctions, i.Name):
		case i.Module == "env" && strings.HasPrefix(i.Name, "proxy_"):
		default:
			t.Errorf("the module imports %s of %s, which not every Envoy has", i.Name, i.Module)
		}
	}
}

// TestModuleExports: what a host may call, and nothing that would make it call
// for nothing.
func TestModuleExports(t *testing.T) {
	exports, err := wasmfile.Exports(moduleBytes(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range wasmfile.Unused {
		if slices.Contains(exports, name) {
			t.Errorf("the module exports %s", name)
		}
	}
	for _, name := range []string{
		"_initialize", "memory", "proxy_abi_version_0_2_0", "malloc", "proxy_on_memory_allocate", "proxy_on_context_create",
		"proxy_on_vm_start", "proxy_on_configure", "proxy_on_tick", "proxy_on_http_call_response", "proxy_on_done",
		"proxy_on_request_headers", "proxy_on_request_trailers", "proxy_on_response_headers",
	} {
		if !slices.Contains(exports, name) {
			t.Errorf("the module does not export %s", name)
		}
	}
	if custom, err := wasmfile.Custom(moduleBytes(t)); err != nil || len(custom) > 0 {
		t.Errorf("custom sections %q, %v", custom, err)
	}
}

func TestModuleSize(t *testing.T) {
	if os.Getenv("SESSIONGATE_WASM") != "" {
		t.Skip("SESSIONGATE_WASM names a module that was built elsewhere")
	}
	size := len(moduleBytes(t))
	report(t, "module: %.2f MB", float64(size)/1e6)
	if size > maxModule {
		t.Errorf("the module has %d bytes, more than %d", size, maxModule)
	}
}

// TestModuleJumps: the build has made all jumps direct that can be.
func TestModuleJumps(t *testing.T) {
	if os.Getenv("SESSIONGATE_WASM") != "" {
		t.Skip("SESSIONGATE_WASM names a module that was built elsewhere")
	}
	code := moduleBytes(t)
	_, left, err := wasmfile.Straighten(code)
	if err != nil {
		t.Fatal(err)
	}
	if left.Jumps == 0 || left.Forward != 0 {
		t.Errorf("%+v: want backward jumps only", left)
	}
	if err := wasmfile.Check(code); err != nil {
		t.Error(err)
	}
}

// TestReproducible builds the module from two folders.
func TestReproducible(t *testing.T) {
	elsewhere := t.TempDir()
	copySources(t, elsewhere)
	here, there := compile(t, root, "."), compile(t, elsewhere, ".")
	if !bytes.Equal(here, there) {
		t.Error("the same sources in another folder give another module")
	}
	if bytes.Contains(here, []byte(elsewhere)) || bytes.Contains(there, []byte(elsewhere)) {
		t.Error("the module holds the folder that it was built in")
	}
}

// compile builds a package as the Makefile does.
func compile(t *testing.T, dir, pkg string) []byte {
	t.Helper()
	code, err := wasmbuild.Module(t.Context(), dir, pkg)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// copySources copies what the Wasm module is made of, but for dependencies
// that are elsewhere.
func copySources(t *testing.T, to string) {
	t.Helper()
	top, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	copied := func(dir, name string) {
		path, err := filepath.Rel(top, filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		target := filepath.Join(to, path)
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(target, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	copied(top, "go.mod")
	copied(top, "go.sum")
	for _, p := range wasmPackages(t) {
		if !strings.HasPrefix(p.Dir+"/", top+"/") {
			continue
		}
		for _, name := range slices.Concat(p.GoFiles, p.EmbedFiles) {
			copied(p.Dir, name)
		}
		if _, err := os.Stat(filepath.Join(p.Dir, "go.mod")); err == nil && p.Dir != top {
			copied(p.Dir, "go.mod") // a module of its own, by a replace line
		}
	}
}

func moduleBytes(t *testing.T) []byte {
	t.Helper()
	code, err := os.ReadFile(module(t))
	if err != nil {
		t.Fatal(err)
	}
	return code
}
