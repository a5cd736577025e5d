package e2e

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/config"
)

var frontend = filepath.Join(root, "examples", "frontend")

// TestFrontendConfiguration holds that the example's configuration is right,
// and that its page's origin may read answers.
func TestFrontendConfiguration(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(frontend, "sessiongate.json"))
	if err != nil {
		t.Fatal(err)
	}
	result, err := config.Load(text)
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Warnings) != 0 || len(result.Policy.CORSOrigins) != 1 {
		t.Errorf("warnings %v, origins %q", result.Warnings, result.Policy.CORSOrigins)
	}
}

// TestFrontendVersions holds that the example is the same at each build.
func TestFrontendVersions(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(frontend, "package.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Dependencies, DevDependencies map[string]string }
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	exact := regexp.MustCompile(`^\d+\.\d+\.\d+$`)
	for _, dependencies := range []map[string]string{file.Dependencies, file.DevDependencies} {
		if len(dependencies) == 0 {
			t.Error("package.json lacks dependencies")
		}
		for name, version := range dependencies {
			if !exact.MatchString(version) {
				t.Errorf("%s %s is not one version", name, version)
			}
		}
	}
}

// TestFrontendRequests runs the example's own tests, which need no packages.
func TestFrontendRequests(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("there is no Node.js: ", err)
	}
	test := exec.CommandContext(t.Context(), node, "--test", "test/request.test.js")
	test.Dir = frontend
	if out, err := test.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// shownFiles are the places of docs/frontend.md that hold a file of the example.
var shownFiles = regexp.MustCompile(`(?s)(<!-- file (\S+) -->\n).*?(<!-- end -->)`)

// TestFrontendPage holds that docs/frontend.md shows the example's files as they
// are, and each reason of reasons.js beside what the page does about it. With
// UPDATE_DOCS=1 it writes the files.
func TestFrontendPage(t *testing.T) {
	path := filepath.Join(root, "docs", "frontend.md")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	made := shownFiles.ReplaceAllFunc(text, func(block []byte) []byte {
		parts := shownFiles.FindSubmatch(block)
		file, err := os.ReadFile(filepath.Join(frontend, string(parts[2])))
		if err != nil {
			t.Fatal(err)
		}
		language := strings.TrimPrefix(filepath.Ext(string(parts[2])), ".")
		return []byte(string(parts[1]) + "```" + language + "\n" + string(file) + "```\n" + string(parts[3]))
	})
	if os.Getenv("UPDATE_DOCS") != "" {
		if err := os.WriteFile(path, made, 0o644); err != nil {
			t.Fatal(err)
		}
	} else if string(made) != string(text) {
		t.Error("docs/frontend.md is not what the example is: UPDATE_DOCS=1 go test ./e2e -run TestFrontendPage")
	}
	reasons, err := os.ReadFile(filepath.Join(frontend, "src", "reasons.js"))
	if err != nil {
		t.Fatal(err)
	}
	rows := regexp.MustCompile("'([a-z-]+)': '([a-zA-Z]+)'").FindAllStringSubmatch(string(reasons), -1)
	if len(rows) < 20 {
		t.Fatalf("reasons.js has %d reasons", len(rows))
	}
	for _, row := range rows {
		if !regexp.MustCompile("(?m)^\\|.*`" + row[1] + "`.*\\| " + row[2] + ": ").Match(text) {
			t.Errorf("docs/frontend.md does not say %s of %s", row[2], row[1])
		}
	}
}
