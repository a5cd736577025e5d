package sdk

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var record = flag.Bool("record", false, "write down what the SDK answers, instead of comparing it")

// The SDK, as npm knows it, and what runs its hooks for pages.
var packages = []string{"@clerk/backend@3.25.0", "@clerk/shared@4.41.0", "react@19.3.1", "react-test-renderer@19.3.1"}

// TestRecordedIsTheSDKs asks the SDK itself.
func TestRecordedIsTheSDKs(t *testing.T) {
	if testing.Short() {
		t.Skip("installs the SDK")
	}
	issuer, cases := signed(t, time.Now())
	var bodies []json.RawMessage
	for _, asked := range reverifications {
		bodies = append(bodies, json.RawMessage(asked))
	}
	var answers recording
	askScript(t, "ask.mjs", map[string]any{
		"publishableKey": issuer.PublishableKey, "secretKey": "sk_" + "live_" + "opensnothing", "jwtKey": issuer.Key().PEM(),
		"cases": cases, "bodies": bodies,
	}, &answers)
	if *record {
		text, _ := json.MarshalIndent(answers, "", " ")
		if err := os.WriteFile(recordedFile, append(text, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(recorded(t), answers); diff != "" {
		t.Errorf("recorded (-) and answered (+):\n%s", diff)
	}
}

// askScript runs a script of testdata with the SDK beside it, and reads what it
// answers.
func askScript(t *testing.T, script string, input, answers any) {
	t.Helper()
	for _, command := range []string{"node", "npm"} {
		if _, err := exec.LookPath(command); err != nil {
			t.Skip(command + " is not there; install Node.js 20.11 or later, with npm")
		}
	}
	dir := t.TempDir()
	install := exec.Command("npm", append([]string{"install", "--prefix", dir, "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"}, packages...)...)
	install.Dir = dir
	if out, err := install.CombinedOutput(); err != nil {
		t.Skipf("the SDK cannot be installed: %v\n%s", err, out)
	}
	text, err := os.ReadFile(filepath.Join("testdata", script))
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, script), text, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	questions, err := json.Marshal(input)
	if err != nil {
		t.Fatal(err)
	}
	var problems bytes.Buffer
	node := exec.Command("node", script)
	node.Dir, node.Stdin, node.Stderr = dir, bytes.NewReader(questions), &problems
	out, err := node.Output()
	if err == nil {
		err = json.Unmarshal(out, answers)
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, &problems)
	}
}
