package istio

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"istio.io/istio/pkg/bootstrap"
	"istio.io/istio/pkg/config/mesh"
	"sigs.k8s.io/yaml"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/testkit/testca"
)

// TestLabels: with the ConfigMap of deploy/monitoring, merged as Istio's agent
// does, into what Istio's own bootstrap says of metrics, they have labels.
// Without it they are there, with names only, and Istio hides Envoy's counters
// of updates of filters.
func TestLabels(t *testing.T) {
	rows := map[string]struct {
		overlay []byte
		want    []string
	}{
		"with the ConfigMap": {overlay(t), []string{
			`sessiongate_decisions{provider="clerk",outcome="signed-in",reason="none",enforced="true"} 1`,
			`sessiongate_refusals{reason="session-token-and-uat-missing",rule="none"} 1`,
			`sessiongate_key_fetches{provider="clerk",result="ok"} 1`,
			`sessiongate_keys{provider="clerk"} 1`,
			updates + "rejected{} 0", updates + "success{} 1",
		}},
		"without": {nil, []string{
			`sessiongate_decisions_provider_clerk_outcome_signed_in_reason_none_enforced_true{} 1`,
		}},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			issuer, authority := newIssuer(t, idp.Clerk), testca.New(t)
			r := deployed(t, "ingress-clerk.yaml")
			r.setKeyServer("127.0.0.1", startKeyServer(t, issuer, authority.Server(issuer.Host)))
			r.setImage(pushImage(t, module))
			port := r.addIngress(freePort(t), startBackend(t))
			stats := istioStatsConfig(t)
			a := startAgent(t, startControlPlane(t, ingressGateway, r), bundle(t, authority))
			text := bootstrapOf(t, ingressGateway, a) + "stats_config: " + stats + "\n"
			process := runProxy(t, envoy.Options{Bootstrap: []byte(text), Overlay: row.overlay}, port)
			if got := get(t, port, appHost, "/", bearer(issuer, nil)); got.status != http.StatusOK {
				t.Fatalf("status %d, want 200\n%s", got.status, got.body)
			}
			if got := get(t, port, appHost, "/", nil); got.status != http.StatusUnauthorized {
				t.Fatalf("status %d, want 401\n%s", got.status, got.body)
			}
			shown := waitForMetrics(t, process, row.want)
			if row.overlay == nil && strings.Contains(shown, updates) {
				t.Error("Istio does not hide the counters of updates any more")
			}
		})
	}
}

// updates is how Prometheus' names of Envoy's counters of a filter's updates
// begin, where a WasmPlugin makes the filter.
const updates = "envoy_extension_config_discovery_http_filter_extensions_istio_io_trafficextension_istio_ingress_sessiongate_istio_translated_wasmplugin_update_"

// overlay is the bootstrap in the ConfigMap, as JSON, which is what Istio's agent
// makes of it for Envoy's --config-yaml.
func overlay(t *testing.T) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(filepath.Dir(deployDir), "monitoring", "istio-labels.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var configMap struct {
		Kind string
		Data map[string]string
	}
	if err := yaml.Unmarshal(text, &configMap); err != nil || configMap.Kind != "ConfigMap" {
		t.Fatalf("kind %s, %v", configMap.Kind, err)
	}
	// The name that Istio's injection gives to the file.
	converted, err := yaml.YAMLToJSON([]byte(configMap.Data["custom_bootstrap.json"]))
	if err != nil || len(converted) < 100 {
		t.Fatalf("%s, %v", converted, err)
	}
	return converted
}

// istioStatsConfig is stats_config of the bootstrap that Istio's agent writes, as
// JSON: its patterns for labels, and its choice of metrics.
func istioStatsConfig(t *testing.T) string {
	t.Helper()
	list := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}", "istio.io/istio")
	list.Dir = filepath.Join(deployDir, "..", "..", "e2e", "istio")
	dir, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	config := mesh.DefaultProxyConfig()
	config.DiscoveryAddress = "istiod.istio-system.svc:15012"
	made, err := bootstrap.GetNodeMetaData(bootstrap.MetadataOptions{
		ID: "router~127.0.0.1~proxy-0.istio-ingress~istio-ingress.svc.cluster.local", ProxyConfig: config,
	})
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	template := filepath.Join(strings.TrimSpace(string(dir)), "tools", "packaging", "common", "envoy_bootstrap.json")
	if err := bootstrap.New(bootstrap.Config{Node: made}).WriteTo(template, &text); err != nil {
		t.Fatal(err)
	}
	var written struct {
		StatsConfig json.RawMessage `json:"stats_config"`
	}
	if err := json.Unmarshal(text.Bytes(), &written); err != nil || !bytes.Contains(written.StatsConfig, []byte("stats_matcher")) {
		t.Fatalf("%v\n%s", err, text.Bytes())
	}
	var line bytes.Buffer
	if err := json.Compact(&line, written.StatsConfig); err != nil {
		t.Fatal(err)
	}
	return line.String()
}

// waitForMetrics waits until Envoy shows lines, and returns all that it shows.
// What it counts takes a moment.
func waitForMetrics(t *testing.T, process *envoy.Process, lines []string) (shown string) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		text, err := process.Get(t.Context(), "/stats/prometheus")
		if err != nil {
			t.Fatal(err)
		}
		missing := ""
		for _, line := range lines {
			if !strings.Contains(text, line+"\n") {
				missing = line
			}
		}
		if missing == "" {
			return text
		}
		if time.Now().After(deadline) {
			for line := range strings.Lines(text) {
				if strings.Contains(line, "sessiongate") {
					t.Log(strings.TrimSpace(line))
				}
			}
			t.Fatalf("Envoy does not show %s", missing)
		}
	}
}
