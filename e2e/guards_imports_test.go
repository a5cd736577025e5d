package e2e

import (
	"context"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/sessiongate/sessiongate/internal/tools/wasmbuild"
)

const modulePath = "github.com/sessiongate/sessiongate"

// allowedModules may have packages in the Wasm module.
var allowedModules = []string{
	modulePath,
	"github.com/proxy-wasm/proxy-wasm-go-sdk",
	"github.com/tidwall/gjson",
	"github.com/tidwall/match",  // of gjson
	"github.com/tidwall/pretty", // of gjson
}

// heavy packages cost size, or imports that Envoy up to 1.38 lacks. None of
// ours imports them. Some come with gjson and are dropped by the linker.
var heavy = []string{
	"encoding/json", "encoding/xml", "encoding/gob", "net", "net/url", "net/http", "regexp", "log", "log/slog",
	"crypto/x509", "crypto/tls", "text/template", "html/template", "context",
}

// broughtAlong are heavy packages that a dependency imports, and that the
// linker drops: the guard on the module's size would show them.
var broughtAlong = []string{"encoding/json"}

// outside are packages that touch the world. Only the filter and main may.
var outside = []string{
	"os", "os/exec", "os/signal", "syscall", "io/fs", "crypto/rand", "math/rand", "math/rand/v2", "time/tzdata",
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm", "github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types",
}

// worldly packages are the proxy-wasm side.
var worldly = []string{modulePath, modulePath + "/filter", modulePath + "/filter/callbacks"}

// goPackage is a package as go list describes it.
type goPackage struct {
	ImportPath, Dir              string
	GoFiles, EmbedFiles, Imports []string
	Standard                     bool
	Module                       *struct{ Path string }
}

func (p goPackage) own() bool { return p.Module != nil && p.Module.Path == modulePath }

// wasmPackages are all packages in the Wasm module.
func wasmPackages(t *testing.T) []goPackage {
	t.Helper()
	all, err := listed()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var listed = sync.OnceValues(func() ([]goPackage, error) {
	out, err := wasmbuild.List(context.Background(), root, "-deps", "-json=ImportPath,Dir,GoFiles,EmbedFiles,Imports,Standard,Module", ".")
	if err != nil {
		return nil, err
	}
	var all []goPackage
	decoder := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p goPackage
		if err := decoder.Decode(&p); err == io.EOF {
			return all, nil
		} else if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
})

func TestModuleDependencies(t *testing.T) {
	for _, p := range wasmPackages(t) {
		if p.Module != nil && !slices.Contains(allowedModules, p.Module.Path) {
			t.Errorf("%s of module %s is in the Wasm module", p.ImportPath, p.Module.Path)
		}
		if slices.Contains(heavy, p.ImportPath) && !slices.Contains(broughtAlong, p.ImportPath) {
			t.Errorf("%s is in the Wasm module", p.ImportPath)
		}
	}
}

func TestPackageImports(t *testing.T) {
	for _, p := range wasmPackages(t) {
		if !p.own() {
			continue
		}
		for _, imported := range p.Imports {
			if slices.Contains(heavy, imported) {
				t.Errorf("%s imports %s", p.ImportPath, imported)
			}
			if slices.Contains(outside, imported) && !slices.Contains(worldly, p.ImportPath) {
				t.Errorf("%s imports %s", p.ImportPath, imported)
			}
		}
	}
}

// TestOneJSONReader: two readers may read one text in two ways.
func TestOneJSONReader(t *testing.T) {
	for _, p := range wasmPackages(t) {
		if p.own() && p.ImportPath != modulePath+"/internal/strictjson" && slices.Contains(p.Imports, "github.com/tidwall/gjson") {
			t.Errorf("%s imports gjson; read JSON with strictjson", p.ImportPath)
		}
	}
}

// TestNoTimers: in Envoy up to 1.38 one Go timer kills the VM at the next
// garbage collection. And only the filter reads the clock.
func TestNoTimers(t *testing.T) {
	timers := []string{"After", "AfterFunc", "NewTicker", "NewTimer", "Sleep", "Tick"}
	for _, p := range wasmPackages(t) {
		if !p.own() {
			continue
		}
		for _, name := range p.GoFiles {
			fset := token.NewFileSet()
			file, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(node ast.Node) bool {
				switch node := node.(type) {
				case *ast.GoStmt:
					t.Errorf("%s/%s: a goroutine", p.ImportPath, name)
				case *ast.SelectorExpr:
					if pkg, ok := node.X.(*ast.Ident); ok && pkg.Name == "time" {
						if slices.Contains(timers, node.Sel.Name) {
							t.Errorf("%s/%s: time.%s", p.ImportPath, name, node.Sel.Name)
						}
						if node.Sel.Name == "Now" && !slices.Contains(worldly, p.ImportPath) {
							t.Errorf("%s/%s: reads the clock", p.ImportPath, name)
						}
					}
				}
				return true
			})
		}
	}
}

// layers are the packages of the module in the order of imports: each may import
// those that stand before it.
var layers = []string{
	"internal/bytealg", "internal/jsonout", "internal/problem", "internal/reason", "internal/request", "internal/der", "internal/ecdsa", "internal/jwa", "internal/assertion", "internal/strictjson",
	"jwks", "jwks/remote", "jwt", "internal/session", "internal/policy",
	"internal/presets/plain", "internal/presets/clerk", "internal/presets/oneauxilia", "internal/presets/corbado",
	"internal/presets", "internal/config", "filter", "filter/callbacks",
}

// TestLayers: imports only go down.
func TestLayers(t *testing.T) {
	for _, p := range wasmPackages(t) {
		name := strings.TrimPrefix(p.ImportPath, modulePath+"/")
		if !p.own() || p.ImportPath == modulePath {
			continue
		}
		place := slices.Index(layers, name)
		if place < 0 {
			t.Errorf("package %s has no place among the layers", name)
			continue
		}
		for _, imported := range p.Imports {
			if own, is := strings.CutPrefix(imported, modulePath+"/"); is && !slices.Contains(layers[:place], own) {
				t.Errorf("%s imports %s", name, own)
			}
		}
	}
}

// TestVendorsHaveRooms: what decides for every vendor names none.
func TestVendorsHaveRooms(t *testing.T) {
	neutral := []string{modulePath + "/jwt", modulePath + "/internal/session", modulePath + "/internal/policy"}
	for _, p := range wasmPackages(t) {
		if !slices.Contains(neutral, p.ImportPath) {
			continue
		}
		for _, name := range p.GoFiles {
			text, err := os.ReadFile(filepath.Join(p.Dir, name))
			if err != nil {
				t.Fatal(err)
			}
			for _, vendor := range []string{"clerk", "corbado", "oneauxilia"} {
				if strings.Contains(strings.ToLower(string(text)), vendor) {
					t.Errorf("%s/%s names %s", p.ImportPath, name, vendor)
				}
			}
		}
	}
}
