package scaffold

import (
	"flag"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/check"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/commandtest"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/configfile"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/policytest"
	"github.com/sessiongate/sessiongate/internal/config"
	"github.com/sessiongate/sessiongate/internal/config/describe"
)

var update = flag.Bool("update", false, "write the files of deploy")

const (
	clerk       = "clerk --publishable-key pk_live_Y2xlcmsuZXhhbXBsZS5jb20k --origin https://app.example.com"
	development = "clerk --publishable-key pk_test_Y2xlcmsuZXhhbXBsZS5jb20k --origin https://app.example.com"
	oneauxilia  = "oneauxilia --issuer https://oneauxilia.example.com --origin https://app.example.com"
	corbado     = "corbado --project-id pro-123 --origin https://app.example.com"
	oidc        = "oidc --issuer https://login.example.com --jwks-uri https://login.example.com:8443/keys --audience orders --cookie session --origin https://app.example.com"
)

// deployed are the commands that write the files of deploy, by folder.
var deployed = map[string][]string{
	"istio": {
		clerk + " --target istio-ingress --name ingress-clerk",
		oneauxilia + " --target istio-ingress --name ingress-oneauxilia",
		corbado + " --target istio-ingress --name ingress-corbado",
		clerk + " --target istio-sidecar --name sidecar-clerk --namespace shop --label app=orders",
		oneauxilia + " --target istio-sidecar --name sidecar-oneauxilia --namespace shop --label app=orders",
		corbado + " --target istio-sidecar --name sidecar-corbado --namespace shop --label app=orders",
	},
	"envoy-gateway": {
		clerk + " --target envoy-gateway --name clerk",
		oneauxilia + " --target envoy-gateway --name oneauxilia",
		corbado + " --target envoy-gateway --name corbado",
	},
	"envoy": {
		clerk + " --target compose --module ../../build/sessiongate.wasm",
		oneauxilia + " --target envoy --name oneauxilia",
		corbado + " --target envoy --name corbado",
	},
}

// TestDeploy holds the files of deploy to what the command writes. With -update
// it writes them.
func TestDeploy(t *testing.T) {
	deploy, err := filepath.Abs(filepath.Join("..", "..", "..", "..", "deploy"))
	if err != nil {
		t.Fatal(err)
	}
	for folder, commands := range deployed {
		for _, command := range commands {
			args := append(strings.Fields(command), "--output", "out")
			if *update {
				args = append(strings.Fields(command), "--output", filepath.Join(deploy, folder), "--force")
			}
			if status, _, findings := commandtest.Run(t, Command(), nil, args...); status != 0 {
				t.Fatalf("%s: %s", command, findings)
			}
			if *update {
				continue
			}
			for name, text := range written(t, "out") {
				want, err := os.ReadFile(filepath.Join(deploy, folder, name))
				if err != nil {
					t.Error(err)
				} else if diff := cmp.Diff(text, string(want)); diff != "" {
					t.Errorf("%s/%s is not what init writes; go test -run TestDeploy -update writes it\n%s", folder, name, diff)
				}
			}
		}
	}
}

// written are the files in a folder, by their names from there.
func written(t *testing.T, folder string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		name, _ := filepath.Rel(folder, path)
		files[filepath.ToSlash(name)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestAll: for each vendor and target, check --strict has nothing to say about
// the files, and their tests pass.
func TestAll(t *testing.T) {
	for _, vendor := range []string{clerk, development, oneauxilia, corbado, oidc} {
		for _, target := range targets {
			name, _, _ := strings.Cut(vendor, " ")
			t.Run(name+" "+target.name, func(t *testing.T) {
				args := append(strings.Fields(vendor), "--target", target.name)
				if target.name == "istio-sidecar" {
					args = append(args, "--label", "app=orders")
				}
				status, out, findings := commandtest.Run(t, Command(), nil, args...)
				if status != 0 || !strings.Contains(out, "wrote tests") || !strings.Contains(out, "sessiongate check --strict "+target.base+".yaml\n") {
					t.Fatalf("exit status %d\n%s%s", status, out, findings)
				}
				files := written(t, ".")
				status, out, findings = commandtest.Run(t, check.Command(), nil, "--strict", write(t, files, target.base+".yaml"))
				if status != 0 || findings != "" {
					t.Errorf("check: exit status %d\n%s%s", status, out, findings)
				}
				status, out, findings = commandtest.Run(t, policytest.Command(), nil, write(t, files, "tests/"+target.base+".yaml"))
				if status != 0 || findings != "" || !strings.Contains(out, " 0 failed") {
					t.Errorf("test: exit status %d\n%s%s", status, out, findings)
				}
			})
		}
	}
}

// write writes files into a folder, and returns the path of one.
func write(t *testing.T, files map[string]string, name string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, name)
}

func TestOverwrite(t *testing.T) {
	there := map[string]string{"envoy.yaml": "mine"}
	args := append(strings.Fields(clerk), "--target", "envoy")
	if status, _, _ := commandtest.Run(t, Command(), there, args...); status != 2 || written(t, ".")["envoy.yaml"] != "mine" {
		t.Errorf("exit status %d, or the file is overwritten", status)
	}
	if status, _, _ := commandtest.Run(t, Command(), there, append(args, "--force")...); status != 0 || written(t, ".")["envoy.yaml"] == "mine" {
		t.Errorf("exit status %d, or the file is not overwritten", status)
	}
}

// FuzzInit: whatever the flags say, what is written means what they say, or
// nothing is written.
func FuzzInit(f *testing.F) {
	f.Add("https://a.example", "https://a.example/keys", "aud", "https://app.example.com", "app=orders", "ns")
	f.Add("https://a.example/x: y", "https://[::1]:8/k#", "a\"b", "null", "a: b=c", "- {x}")
	f.Fuzz(func(t *testing.T, issuer, jwksURI, audience, origin, label, namespace string) {
		if jwksURI == "" {
			return // it would be fetched
		}
		var o options
		cmd := vendorCommand(vendors[3], &o)
		err := cmd.ParseFlags([]string{"--target=istio-sidecar", "--issuer=" + issuer, "--jwks-uri=" + jwksURI, "--audience=" + audience,
			"--origin=" + origin, "--label=" + label, "--namespace=" + namespace})
		if err != nil {
			t.Fatal(err)
		}
		s, err := o.settings(cmd, vendors[3])
		if err != nil {
			return
		}
		files, err := s.files()
		if err != nil {
			return
		}
		policy, err := configfile.Policy("f", []byte(files[0].text), "", io.Discard)
		if err != nil {
			t.Fatalf("%v in\n%s", err, files[0].text)
		}
		if p := policy.Providers[0]; p.Expect.Issuers[0] != issuer || p.Expect.Audiences[0] != audience {
			t.Fatalf("%q %q", p.Expect.Issuers, p.Expect.Audiences)
		}
	})
}

// TestForms: as YAML and as JSON, the policy is one.
func TestForms(t *testing.T) {
	for _, vendor := range []string{clerk, development, oneauxilia, corbado, oidc} {
		var forms []string
		for _, target := range []string{"envoy", "envoy-gateway"} {
			args := append(strings.Fields(vendor), "--target", target, "--name", "f")
			if status, _, findings := commandtest.Run(t, Command(), nil, args...); status != 0 {
				t.Fatal(findings)
			}
			found, err := configfile.Find([]byte(written(t, ".")["f.yaml"]), "")
			if err != nil || len(found) != 1 {
				t.Fatalf("%d configurations, %v", len(found), err)
			}
			result, err := config.Load(found[0].JSON)
			if err != nil {
				t.Fatal(err)
			}
			forms = append(forms, strings.Replace(string(describe.Effective(result)), `"filterState": true`, `"filterState": false`, 1))
		}
		if diff := cmp.Diff(forms[0], forms[1]); diff != "" {
			t.Errorf("%s\n%s", vendor, diff)
		}
	}
}
