package e2e

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo"
	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/testkit/testca"
)

// TestDemo runs the repository's envoy.yaml with the demo around it.
func TestDemo(t *testing.T) {
	findEnvoy(t)
	out := &envoy.Log{}
	d, err := demo.Start(t.Context(), demo.Options{
		Bootstrap: filepath.Join(root, "envoy.yaml"), Module: module(t), ToolsDir: filepath.Join(root, ".tools"),
		Log: io.Discard, AccessLog: out, AnyPort: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Stop()
	for _, issuer := range d.Issuers {
		t.Run(string(issuer.Vendor), func(t *testing.T) {
			for _, visit := range demo.Visits(issuer, time.Now()) {
				var answer bytes.Buffer
				if err := visit.Make(t.Context(), d.URL, &answer); err != nil {
					t.Errorf("%v\n%s", err, answer.String())
				}
			}
		})
	}
	t.Run("access log", func(t *testing.T) { checkAuditLog(t, d, out) })
	t.Run("metrics", func(t *testing.T) {
		text, err := d.Envoy.Get(t.Context(), "/stats/prometheus")
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{
			`sessiongate_decisions{provider="clerk",outcome="signed-in",reason="none",enforced="true"}`,
			`sessiongate_decisions{provider="clerk",outcome="denied",reason="session-token-and-uat-missing",enforced="true"}`,
			`sessiongate_refusals{reason="session-token-and-uat-missing",rule="`,
			`sessiongate_key_fetches{provider="corbado",result="ok"}`,
			`sessiongate_verifications{by="host"}`,
			`sessiongate_keys{provider="oneauxilia"} 1`,
		} {
			if !strings.Contains(text, want) {
				t.Errorf("%s is not there", want)
			}
		}
		if t.Failed() {
			for line := range strings.Lines(text) {
				if strings.HasPrefix(line, "sessiongate_") && !strings.Contains(line, "_bucket") {
					t.Log(strings.TrimSpace(line))
				}
			}
		}
	})
}

// TestDemoCommand runs the demo as make run does, and ends it with Ctrl-C.
func TestDemoCommand(t *testing.T) {
	findEnvoy(t)
	binary := filepath.Join(t.TempDir(), "sessiongate")
	if text, err := exec.Command("go", "build", "-o", binary, modulePath+"/cmd/sessiongate").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	out := &envoy.Log{}
	cmd := exec.Command(binary, "demo", "--module", module(t))
	cmd.Dir = root
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	exited := make(chan error, 1)
	go func() { exited <- cmd.Wait() }()
	for deadline := time.Now().Add(2 * time.Minute); !strings.Contains(out.String(), "Ctrl-C"); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			_ = cmd.Process.Kill()
			t.Fatalf("not ready:\n%s", out)
		}
	}
	url := regexp.MustCompile(`http://127\.0\.0\.1:\d+`).FindString(out.String())
	if n := strings.Count(out.String(), "\ncurl -i "+url); n != 3 {
		t.Errorf("%d commands to try, want 3:\n%s", n, out)
	}
	answer, err := http.Get(url + "/hello")
	if err != nil || answer.StatusCode != http.StatusUnauthorized {
		t.Errorf("%v, %v", answer, err)
	} else {
		answer.Body.Close()
	}
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-exited:
		if err != nil {
			t.Errorf("it ended with %v:\n%s", err, out)
		}
	case <-time.After(30 * time.Second):
		_ = cmd.Process.Kill()
		t.Fatal("Ctrl-C does not end it")
	}
	if conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://")); err == nil {
		conn.Close()
		t.Error("Envoy is still there")
	}
}

// TestRealKeyServer: the TLS cluster that envoy.yaml shows in a comment is one
// that Envoy takes, and that verifies.
func TestRealKeyServer(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "envoy.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	// Commented YAML has its "- " or its indentation right after the "#".
	shown := regexp.MustCompile(`(?m)^  #(- |  )`).ReplaceAllString(string(text), "  $1")
	if shown == string(text) {
		t.Fatal("envoy.yaml shows no cluster in a comment")
	}
	for _, want := range []string{"sni: clerk.example.com", "trusted_ca:", "match_typed_subject_alt_names:"} {
		if !strings.Contains(shown, want) {
			t.Errorf("the cluster has no %s", want)
		}
	}
	// The demo's cluster of the same name goes.
	demos := strings.LastIndex(shown, "\n  - name: clerk\n")
	next := strings.Index(shown, "\n  - name: oneauxilia\n")
	if demos < 0 || next < demos {
		t.Fatal("the demo's cluster is not where it was")
	}
	shown = shown[:demos] + shown[next:]
	dir := t.TempDir()
	authority := filepath.Join(dir, "ca.pem")
	if err := os.WriteFile(authority, testca.New(t).PEM(), 0o600); err != nil {
		t.Fatal(err)
	}
	shown = strings.ReplaceAll(shown, "/etc/ssl/certs/ca-certificates.crt", authority)
	b, err := envoy.ParseBootstrap([]byte(shown))
	if err != nil {
		t.Fatal(err)
	}
	b.SetModule(module(t))
	yaml, err := b.YAML()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "envoy.yaml")
	if err := os.WriteFile(file, yaml, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(findEnvoy(t), "--mode", "validate", "--config-path", file).CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
