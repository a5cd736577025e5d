package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/exit"
	"github.com/sessiongate/sessiongate/internal/assertion"
)

// ofReaders are the files that commands in docs name, and the reader has.
var ofReaders = map[string]string{
	"policy.yaml": `providers:
- preset: clerk
  publishableKey: pk_live_Y2xlcmsuZXhhbXBsZS5jb20k
  authorizedParties: ["https://app.example.com"]
  jwksCluster: clerk
rules:
- name: reports
  paths: ["/reports"]
  require: [{claim: org_role, values: ["org:admin"]}]
- name: rest
`,
	"policy.test.yaml": "", // the one in docs/command-line.md
	"curl.txt":         "curl 'https://app.example.com/' -H 'cookie: a=b'\n",
	"requestauthentication.yaml": `apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: sessions, namespace: istio-system}
spec:
  jwtRules: [{issuer: "https://issuer.example.com", audiences: [my-app], jwksUri: "https://issuer.example.com/jwks.json"}]
`,
	"authorizationpolicy.yaml": `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: sessions, namespace: istio-system}
spec:
  action: DENY
  rules: [{from: [{source: {notRequestPrincipals: ["*"]}}]}]
`,
}

// readersFiles writes the files of ofReaders into a folder, and a deployment
// taken apart into wasmplugin.yaml and serviceentry.yaml.
func readersFiles(t *testing.T, folder string) {
	t.Helper()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range ofReaders {
		write(name, text)
	}
	for _, block := range docBlocks(t, configurations) {
		if strings.HasPrefix(block.text, "policy: policy.yaml\n") {
			write("policy.test.yaml", block.text)
		}
	}
	var others []string
	for _, document := range strings.Split(readFile(t, "deploy/istio/ingress-clerk.yaml"), "\n---\n") {
		if strings.Contains(document, "\nkind: WasmPlugin\n") {
			write("wasmplugin.yaml", document)
		} else {
			others = append(others, document)
		}
	}
	write("serviceentry.yaml", strings.Join(others, "\n---\n"))
}

// readersFolder is an empty folder with what a checkout has.
func readersFolder(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	for _, name := range []string{"deploy", "examples", "envoy.yaml"} {
		if err := os.Symlink(filepath.Join(repository, name), filepath.Join(folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(repository, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestDocsRun runs the sessiongate commands of each page, in order, in a folder
// of its own: init writes files, check has nothing to say about them, and their
// tests pass. TestWalkThrough runs those of docs/walk-through.md, and the tests
// of e2e that begin with TestMigrate those of docs/migrate-from-*.md, in a shell.
func TestDocsRun(t *testing.T) {
	ran := 0
	for _, page := range docPages(t) {
		if page.name == "docs/walk-through.md" || strings.HasPrefix(page.name, "docs/migrate-from-") {
			continue
		}
		t.Run(page.name, func(t *testing.T) {
			root := readersFolder(t)
			t.Chdir(root)
			for _, block := range page.blocks {
				if block.kind() != commands {
					continue
				}
				readersFiles(t, root)
				for _, words := range shellCommands(block.text) {
					if words[0] != "sessiongate" || notRunnable(words) != "" {
						continue
					}
					ran++
					if status, out := runWords(words); status != 0 || strings.Contains(out, "warning") {
						t.Errorf("%s: %q: exit status %d\n%s", block.at(), words, status, out)
					}
				}
			}
		})
	}
	if ran < 22 {
		t.Errorf("%d commands ran", ran)
	}
	t.Logf("%d commands ran", ran)
}

// notRunnable says why a command of sessiongate is not run here.
func notRunnable(words []string) string {
	switch {
	case slices.Contains(words, "--fetch"):
		return "fetches keys"
	case slices.Contains(words, "demo"):
		return "serves until it is stopped"
	case slices.Contains(words, "FILE"):
		return "a file of the reader's"
	}
	return ""
}

// runWords runs a command; the standard input is a deployment.
func runWords(words []string) (status int, out string) {
	var all bytes.Buffer
	root := newRootCommand(io.Discard)
	for i, word := range words {
		words[i] = strings.Replace(word, "pk_live_...", "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k", 1)
	}
	root.SetArgs(words[1:])
	root.SetOut(&all)
	root.SetErr(&all)
	if input, err := os.Open("deploy/istio/ingress-clerk.yaml"); err == nil {
		defer input.Close()
		root.SetIn(input)
	}
	return exit.Code(root.Execute()), all.String()
}

// TestDocsSigningKey: the key that docs/assertion.md says to make is one that
// the filter reads.
func TestDocsSigningKey(t *testing.T) {
	for _, block := range docBlocks(t, commands) {
		for _, words := range shellCommands(block.text) {
			if words[0] != "openssl" {
				continue
			}
			if _, err := exec.LookPath(words[0]); err != nil {
				t.Skip(err)
			}
			run := exec.CommandContext(t.Context(), words[0], words[1:]...)
			run.Dir = t.TempDir()
			if out, err := run.CombinedOutput(); err != nil {
				t.Fatalf("%s: %v\n%s", block.at(), err, out)
			}
			pem, err := os.ReadFile(filepath.Join(run.Dir, words[len(words)-1]))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := assertion.ParseKey(string(pem)); err != nil {
				t.Errorf("%s: %v", block.at(), err)
			}
		}
	}
}
