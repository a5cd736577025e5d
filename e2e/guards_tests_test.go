package e2e

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestTestsImportDown: the tests of a package need no package above it, neither
// themselves nor by way of the packages that they share.
func TestTestsImportDown(t *testing.T) {
	args := []string{"list", "-test", "-deps", "-json=ImportPath,ForTest,Imports"}
	for _, name := range layers {
		args = append(args, modulePath+"/"+name)
	}
	command := exec.Command("go", args...)
	command.Dir = root
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	type listed struct {
		ImportPath, ForTest string
		Imports             []string
	}
	imports, tests := map[string][]string{}, []listed{}
	for decoder := json.NewDecoder(strings.NewReader(string(out))); decoder.More(); {
		var p listed
		if err := decoder.Decode(&p); err != nil {
			t.Fatal(err)
		}
		imports[p.ImportPath] = p.Imports
		if p.ForTest != "" {
			tests = append(tests, p)
		}
	}
	if len(tests) < 10 {
		t.Errorf("only %d packages of tests were found", len(tests))
	}
	for _, test := range tests {
		place := slices.Index(layers, strings.TrimPrefix(test.ForTest, modulePath+"/"))
		var visit func(path, by string)
		seen := map[string]bool{}
		visit = func(path, by string) {
			plain, _, _ := strings.Cut(path, " ")
			name, own := strings.CutPrefix(plain, modulePath+"/")
			if !own || seen[path] {
				return
			}
			seen[path] = true
			if slices.Index(layers, name) > place {
				t.Errorf("%s needs %s, by way of %s", test.ImportPath, name, by)
				return
			}
			for _, next := range imports[path] {
				visit(next, path)
			}
		}
		visit(test.ImportPath, "")
	}
}
