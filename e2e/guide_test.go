package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/sessiongate/sessiongate/internal/config"
)

// guide is docs/guide-istio-envoy.md: code blocks of a language, by heading.
func guide(t *testing.T, language string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "docs", "guide-istio-envoy.md"))
	if err != nil {
		t.Fatal(err)
	}
	blocks, policy, heading := map[string]string{}, "", ""
	var block *strings.Builder
	for line := range strings.Lines(string(text)) {
		switch fence, isFence := strings.CutPrefix(strings.TrimSpace(line), "```"); {
		case isFence && block == nil:
			block = &strings.Builder{}
			heading = strings.TrimSpace(policy + " " + fence)
		case isFence:
			if strings.HasSuffix(heading, " "+language) {
				blocks[strings.TrimSuffix(heading, " "+language)] = block.String()
			}
			block = nil
		case block != nil:
			block.WriteString(line)
		case strings.HasPrefix(line, "## "):
			policy = strings.TrimSpace(line[3:])
		case strings.HasPrefix(line, "### "):
			policy, _, _ = strings.Cut(policy, ": ")
			policy += ": " + strings.TrimSpace(line[4:])
		}
	}
	if len(blocks) == 0 {
		t.Fatalf("the guide holds no %s", language)
	}
	return blocks
}

// TestGuideConfigurations loads what the guide says to write.
func TestGuideConfigurations(t *testing.T) {
	blocks := guide(t, "json")
	if len(blocks) != 5 {
		t.Errorf("%d configurations", len(blocks))
	}
	for name, text := range blocks {
		t.Run(name, func(t *testing.T) {
			result, err := config.Load([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range result.Warnings {
				if !strings.Contains(w.Message, "does not cover") {
					t.Error(w)
				}
			}
		})
	}
}

// TestGuideYAML reads every other block, and has Envoy check those that are its.
func TestGuideYAML(t *testing.T) {
	for name, text := range guide(t, "yaml") {
		t.Run(name, func(t *testing.T) {
			if !strings.HasSuffix(name, ": Envoy") {
				decoder := yaml.NewDecoder(strings.NewReader(text))
				for {
					var resource map[string]any
					if err := decoder.Decode(&resource); err != nil {
						if err.Error() != "EOF" {
							t.Error(err)
						}
						return
					}
					if resource["kind"] == nil || resource["spec"] == nil {
						t.Errorf("no resource: %v", resource)
					}
				}
			}
			path := filepath.Join(t.TempDir(), "envoy.yaml")
			if err := os.WriteFile(path, []byte(strings.Replace(aroundFilters, "FILTERS\n", indented(text, "          "), 1)), 0o600); err != nil {
				t.Fatal(err)
			}
			out, err := exec.Command(findEnvoy(t), "--mode", "validate", "-c", path, "-l", "warn").CombinedOutput()
			if err != nil || strings.Contains(string(out), "deprecated") {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}

func indented(text, by string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		out.WriteString(by + line)
	}
	return out.String()
}

// aroundFilters is a bootstrap without its filters.
const aroundFilters = `
static_resources:
  listeners:
  - name: ingress
    address: {socket_address: {address: 127.0.0.1, port_value: 0}}
    filter_chains:
    - filters:
      - name: envoy.filters.network.http_connection_manager
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
          stat_prefix: ingress
          route_config: {virtual_hosts: [{name: all, domains: ["*"], routes: [{match: {prefix: /}, direct_response: {status: 200}}]}]}
          http_filters:
FILTERS
          - name: envoy.filters.http.router
            typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
  clusters:
  - {name: issuer, type: STATIC, load_assignment: {cluster_name: issuer, endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: 1}}}}]}]}}
`
