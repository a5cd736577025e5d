package e2e

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
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
