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

// The SDK, as npm knows it.
const backend = "@clerk/backend@3.25.0"

// TestRecordedIsTheSDKs asks the SDK itself.
func TestRecordedIsTheSDKs(t *testing.T) {
	if testing.Short() {
		t.Skip("installs the SDK")
	}
	for _, command := range []string{"node", "npm"} {
		if _, err := exec.LookPath(command); err != nil {
			t.Skip(command + " is not there; install Node.js 20.11 or later, with npm")
		}
	}
	issuer, cases := signed(t, time.Now())
	var bodies []json.RawMessage
	for _, asked := range reverifications {
		bodies = append(bodies, json.RawMessage(asked))
	}
	input, err := json.Marshal(map[string]any{
		"publishableKey": issuer.PublishableKey, "secretKey": "sk_" + "live_" + "opensnothing", "jwtKey": issuer.Key().PEM(),
		"cases": cases, "bodies": bodies,
	})
	if err != nil {
		t.Fatal(err)
	}
	answers := ask(t, installed(t), input)
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

// installed is a folder with the SDK and the script that asks it.
func installed(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	install := exec.Command("npm", "install", "--prefix", dir, "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", backend)
	install.Dir = dir
	if out, err := install.CombinedOutput(); err != nil {
		t.Skipf("the SDK cannot be installed: %v\n%s", err, out)
	}
	script, err := os.ReadFile("testdata/ask.mjs")
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "ask.mjs"), script, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// ask runs the script.
func ask(t *testing.T, dir string, input []byte) (answers recording) {
	t.Helper()
	node := exec.Command("node", "ask.mjs")
	node.Dir, node.Stdin = dir, bytes.NewReader(input)
	var problems bytes.Buffer
	node.Stderr = &problems
	out, err := node.Output()
	if err == nil {
		err = json.Unmarshal(out, &answers)
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, &problems)
	}
	return answers
}
