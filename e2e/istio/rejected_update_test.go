package istio

import (
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	extensions "istio.io/api/extensions/v1alpha1"
	"istio.io/istio/pilot/test/xds"
	"istio.io/istio/pkg/config/schema/gvk"
	"istio.io/istio/pkg/monitoring/monitortest"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/testkit/testca"
)

// rejected finds Envoy's name of how often it rejected an update of the filter.
// Istio makes the filter's name of its WasmPlugin's, and of more.
var rejected = regexp.MustCompile(`^extension_config_discovery\.http_filter\..*istio-ingress\.sessiongate.*\.update_rejected$`)

// TestRejectedUpdate changes a WasmPlugin while its gateway runs. What the filter
// refuses, Envoy rejects: it counts that, and the old policy stays in force. An
// image that the agent cannot fetch is no such update: every request gets 403.
// What is right again is taken.
func TestRejectedUpdate(t *testing.T) {
	agentMetrics := monitortest.New(t)
	issuer, authority := newIssuer(t, idp.Clerk), testca.New(t)
	r := deployed(t, "ingress-clerk.yaml")
	r.setKeyServer("127.0.0.1", startKeyServer(t, issuer, authority.Server(issuer.Host)))
	url, sha256 := pushImage(t, module)
	r.setImage(url, sha256)
	port := r.addIngress(freePort(t), startBackend(t))
	control := newControlPlane(t, ingressGateway, r)
	proxy := startProxy(t, ingressGateway, startAgent(t, control.Listener.Addr().String(), bundle(t, authority)), port)
	status := func(path string, headers map[string]string) int { return get(t, port, appHost, path, headers).status }
	inForce := func(open string) bool {
		return status("/", bearer(issuer, nil)) == http.StatusOK && status("/", nil) == http.StatusUnauthorized &&
			status(open, nil) == http.StatusOK
	}
	if !inForce("/public/a") {
		t.Fatal("the first policy is not in force")
	}

	t.Run("a configuration that the filter refuses", func(t *testing.T) {
		updatePlugin(t, control, func(p *extensions.WasmPlugin) { p.PluginConfig.Fields["keySet"] = structpb.NewStringValue("") })
		waitForRejections(t, proxy, 1)
		if !inForce("/public/a") {
			t.Error("the old policy is no longer in force")
		}
		if !strings.Contains(proxy.Log(), "keySet: unknown field") {
			t.Error("the log does not say what is wrong")
		}
	})
	t.Run("an image with another digest", func(t *testing.T) {
		updatePlugin(t, control, func(p *extensions.WasmPlugin) {
			delete(p.PluginConfig.Fields, "keySet")
			p.Sha256 = strings.Repeat("0", 64)
		})
		waitFor(t, func() bool { return status("/public/a", nil) == http.StatusForbidden })
		if got := status("/", bearer(issuer, nil)); got != http.StatusForbidden {
			t.Errorf("a session: status %d, want 403", got)
		}
		// With the agent's own prefix, istio_agent_, an alert of deploy/monitoring.
		agentMetrics.Assert("wasm_config_conversion_count", map[string]string{"result": "fetch_failure"}, monitortest.AtLeast(1))
		waitForRejections(t, proxy, 1)
	})
	t.Run("a right one", func(t *testing.T) {
		updatePlugin(t, control, func(p *extensions.WasmPlugin) {
			p.Sha256 = sha256
			p.PluginConfig.Fields["rules"] = opened(t)
		})
		waitFor(t, func() bool { return inForce("/opened") })
	})
}

// opened are rules that open one path.
func opened(t *testing.T) *structpb.Value {
	t.Helper()
	rules, err := structpb.NewValue([]any{map[string]any{"paths": []any{"/opened"}, "auth": "skip"}})
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// updatePlugin changes the WasmPlugin that a control plane serves.
func updatePlugin(t *testing.T, control *xds.FakeDiscoveryServer, change func(*extensions.WasmPlugin)) {
	t.Helper()
	stored := control.Store().Get(gvk.WasmPlugin, "sessiongate", ingressGateway.namespace)
	if stored == nil {
		t.Fatal("there is no WasmPlugin")
	}
	updated := stored.DeepCopy()
	change(updated.Spec.(*extensions.WasmPlugin))
	if _, err := control.Store().Update(updated); err != nil {
		t.Fatal(err)
	}
}

// waitForRejections waits until Envoy has counted so many.
func waitForRejections(t *testing.T, process *envoy.Process, want int64) {
	t.Helper()
	waitFor(t, func() bool {
		stats, err := process.Stats(t.Context(), rejected.String())
		if err != nil || len(stats) != 1 {
			t.Fatal(stats, err)
		}
		return slices.Collect(maps.Values(stats))[0] == want
	})
}

// waitFor waits until what an update leads to is there.
func waitFor(t *testing.T, there func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !there(); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the update leads to something else")
		}
	}
}
