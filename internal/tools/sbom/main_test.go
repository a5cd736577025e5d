package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

func TestNewDocument(t *testing.T) {
	modules := []module{{Path: "example.com/A", Version: "v1.0.0"}, {Path: "std", Version: "1.26.0"}}
	d := newDocument("1.2.3", modules)
	if len(d.Packages) != 3 || len(d.Relationships) != 3 {
		t.Fatalf("%d packages, %d relationships", len(d.Packages), len(d.Relationships))
	}
	if got := d.Packages[1].ExternalRefs[0].Locator; got != "pkg:golang/example.com/a@v1.0.0" {
		t.Errorf("locator %q", got)
	}
	if again := newDocument("1.2.3", modules); again.DocumentNamespace != d.DocumentNamespace {
		t.Errorf("the same content has two names: %s, %s", d.DocumentNamespace, again.DocumentNamespace)
	}
	if other := newDocument("1.2.3", modules[:1]); other.DocumentNamespace == d.DocumentNamespace {
		t.Errorf("other content has the same name: %s", d.DocumentNamespace)
	}
}

func TestRun(t *testing.T) {
	if err := run(nil, ""); err == nil {
		t.Error("no version, no error")
	}
	var out bytes.Buffer
	t.Chdir("../../..") // the module's package is the root
	if err := run(&out, "1.2.3"); err != nil {
		t.Fatal(err)
	}
	var d document
	if err := json.Unmarshal(out.Bytes(), &d); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, p := range d.Packages {
		names = append(names, p.Name)
	}
	all := strings.Join(names, " ")
	for _, want := range []string{self, "std", "github.com/proxy-wasm/proxy-wasm-go-sdk", "github.com/tidwall/gjson"} {
		if !strings.Contains(all, want) {
			t.Errorf("%s is missing in %s", want, all)
		}
	}
	checkStandIn(t, d)
	for _, unwanted := range []string{"cobra", "go-containerregistry"} {
		if strings.Contains(all, unwanted) {
			t.Errorf("%s is in %s, though no part of the module", unwanted, all)
		}
	}
}

// checkStandIn: go.mod replaces a module by a folder of this repository. The
// folder's package is in the Wasm module, and the module of that name is not.
func checkStandIn(t *testing.T, d document) {
	t.Helper()
	const replaced = "github.com/tidwall/pretty"
	var standIn *spdxPackage
	for i, p := range d.Packages {
		locator := p.ExternalRefs[0].Locator
		if p.Name == replaced || strings.Contains(locator, replaced) || strings.Contains(p.DownloadLocation, replaced) {
			t.Errorf("%s is listed, though no part of the module: %+v", replaced, p)
		}
		if p.Name == self+"/internal/tools/pretty" {
			standIn = &d.Packages[i]
		}
	}
	if standIn == nil {
		t.Fatalf("what stands in for %s is not listed", replaced)
	}
	if standIn.VersionInfo != "1.2.3" || standIn.LicenseDeclared != "Apache-2.0" {
		t.Errorf("version %q, licence %q", standIn.VersionInfo, standIn.LicenseDeclared)
	}
	if want := "pkg:golang/" + self + "@1.2.3#internal/tools/pretty"; standIn.ExternalRefs[0].Locator != want {
		t.Errorf("locator %q, want %q", standIn.ExternalRefs[0].Locator, want)
	}
}

func TestReadModule(t *testing.T) {
	for name, test := range map[string]struct {
		line string
		want module
	}{
		"as it is":       {"example.com/a v1.0.0", module{Path: "example.com/a", Version: "v1.0.0"}},
		"another module": {"example.com/a v1.0.0 example.com/b v2.0.0", module{Path: "example.com/b", Version: "v2.0.0"}},
		"a folder":       {"example.com/a v1.0.0 ./third_party/a", module{Folder: "third_party/a", Replaces: "example.com/a v1.0.0"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := readModule(test.line); err != nil || got != test.want {
				t.Errorf("%+v, %v, want %+v", got, err, test.want)
			}
		})
	}
	for _, line := range []string{"", "example.com/a", "a v1 ../elsewhere", "a v1 /elsewhere"} {
		if got, err := readModule(line); err == nil {
			t.Errorf("%q is read as %+v", line, got)
		}
	}
}
