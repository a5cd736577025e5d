package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/echo"
	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/testkit/envoytest"
)

// TestExplain: of each reason that the demo's Envoy gives, explain names the rule
// and the value that was wrong.
func TestExplain(t *testing.T) {
	findEnvoy(t)
	dir := t.TempDir()
	binary := filepath.Join(dir, "sessiongate")
	if text, err := exec.Command("go", "build", "-o", binary, modulePath+"/cmd/sessiongate").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	mint := &Mint{Now: time.Now()}
	config := filepath.Join(dir, "policy.json")
	writeFile(t, config, []byte(mint.fill(explainedPolicy)))
	out := &envoy.Log{}
	addr := startDemosEnvoy(t, mint.fill(explainedPolicy), out)
	for _, why := range reason.All() {
		row, there := explainedRows[why]
		if !there {
			if notMade[why] == "" {
				t.Errorf("%s: no request is explained", why)
			}
			continue
		}
		t.Run(why.String(), func(t *testing.T) {
			mint.Now = time.Now()
			s := parseRequest(mint.fill(row.request), "")
			s.Headers = append(s.Headers, [2]string{"user-agent", why.String()})
			if _, err := send(addr, s); err != nil {
				t.Fatal(err)
			}
			line := logged(t, out, why.String())
			if line.Reason != why.String() {
				t.Errorf("Envoy: %s, want %s: %+v", line.Reason, why, line)
			}
			if details := "sessiongate{" + row.rule + ":" + why.String() + "}"; why != reason.CORSPreflight && line.Details != details {
				t.Errorf("Envoy: %s, want %s", line.Details, details)
			}
			checkExplained(t, binary, config, s, why, row)
		})
	}
}

func checkExplained(t *testing.T, binary, config string, s sent, why reason.Reason, row explainedRow) {
	t.Helper()
	request := filepath.Join(t.TempDir(), "request")
	writeFile(t, request, s.http1())
	text, _ := exec.Command(binary, "explain", config, "--request", request, "--without-keys", "fetched").CombinedOutput()
	line := func(name string) string {
		found := regexp.MustCompile(`(?m)^` + name + `: +(.*)$`).FindSubmatch(text)
		if found == nil {
			return ""
		}
		return string(found[1])
	}
	if !strings.HasPrefix(line("reason"), why.String()+": ") {
		t.Errorf("reason: %s", line("reason"))
	}
	if row.rule != "none" && !strings.Contains(line("rule"), " ("+row.rule+")") {
		t.Errorf("rule: %s, want %s", line("rule"), row.rule)
	}
	if row.wrong == "" && line("wrong") != "" || !strings.Contains(line("wrong"), row.wrong) {
		t.Errorf("wrong: %s, want %s", line("wrong"), row.wrong)
	}
	for _, part := range shownAsWrong(troubleshooting(t)[why.String()]) {
		if !strings.Contains(line("wrong"), part) {
			t.Errorf("wrong: %s; docs/troubleshooting.md shows %q", line("wrong"), part)
		}
	}
	for _, part := range regexp.MustCompile(`[\w-]{20,}\.[\w-]{20,}\.[\w-]{20,}`).FindAll(s.http1(), -1) {
		for _, secret := range bytes.Split(part, []byte("."))[1:] {
			if bytes.Contains(text, secret) {
				t.Errorf("a part of the token is printed")
			}
		}
	}
	if t.Failed() {
		t.Logf("%s", text)
	}
}

// logged is the line of the access log about a user agent.
func logged(t *testing.T, out *envoy.Log, agent string) (line auditLine) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		for text := range strings.Lines(out.String()) {
			if json.Unmarshal([]byte(text), &line) == nil && line.Device.UserAgent == agent {
				return line
			}
		}
	}
	t.Fatal("the request is not in the access log")
	return line
}

// startDemosEnvoy runs the repository's envoy.yaml, which the demo runs too, with
// another configuration of the filter.
func startDemosEnvoy(t *testing.T, configuration string, out *envoy.Log) (addr string) {
	t.Helper()
	b, err := envoy.ParseBootstrap(withConfiguration(t, configuration))
	if err != nil {
		t.Fatal(err)
	}
	backend, stop, err := echo.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	if err := errors.Join(b.SetAdmin("127.0.0.1:0"), b.SetListener("ingress", "127.0.0.1:0"), b.SetCluster("backend", backend)); err != nil {
		t.Fatal(err)
	}
	b.SetModule(module(t))
	_, listeners := envoytest.Start(t, b, envoy.Options{Path: findEnvoy(t), Stdout: out})
	return listeners["ingress"]
}

// withConfiguration is envoy.yaml with another configuration of the filter.
func withConfiguration(t *testing.T, configuration string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "envoy.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	begin, end := bytes.Index(text, []byte("                  value: |\n")), bytes.Index(text, []byte("          - name: envoy.filters.http.router"))
	if begin < 0 || end < begin {
		t.Fatal("envoy.yaml holds no configuration of the filter where it was")
	}
	value, err := json.Marshal(configuration)
	if err != nil {
		t.Fatal(err)
	}
	return slices.Concat(text[:begin], []byte("                  value: "), value, []byte("\n"), text[end:])
}

func writeFile(t *testing.T, name string, text []byte) {
	t.Helper()
	if err := os.WriteFile(name, text, 0o600); err != nil {
		t.Fatal(err)
	}
}
