// Package envoygateway holds the files of deploy/envoy-gateway to the types of a
// release of Envoy Gateway. It is a module of its own, because of what that
// brings with it.
package envoygateway

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	egv1a1 "github.com/envoyproxy/gateway/api/v1alpha1"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	gwapiv1 "sigs.k8s.io/gateway-api/apis/v1"
	"sigs.k8s.io/yaml"
)

// TestFilesAreOfTheTypes decodes every object strictly: an unknown or doubled
// field, or one of another type, is an error.
func TestFilesAreOfTheTypes(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "..", "deploy", "envoy-gateway", "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var policy egv1a1.EnvoyExtensionPolicy
			var proxy egv1a1.EnvoyProxy
			var gateway gwapiv1.Gateway
			for kind, document := range documents(t, text) {
				into, ok := map[string]any{"EnvoyExtensionPolicy": &policy, "EnvoyProxy": &proxy, "Gateway": &gateway}[kind]
				if !ok {
					t.Fatalf("kind %q", kind)
				}
				if err := yaml.UnmarshalStrict(document, into); err != nil {
					t.Errorf("%s: %v", kind, err)
				}
			}
			checkReferences(t, &policy, &proxy, &gateway)
		})
	}
}

// TestLabels: the EnvoyProxy with labels for metrics is of the type, and is merged
// into the bootstrap.
func TestLabels(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "deploy", "monitoring", "envoy-gateway-labels.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var proxy egv1a1.EnvoyProxy
	if err := yaml.UnmarshalStrict(documents(t, text)["EnvoyProxy"], &proxy); err != nil {
		t.Fatal(err)
	}
	b := proxy.Spec.Bootstrap
	if b == nil || b.Type == nil || *b.Type != egv1a1.BootstrapTypeMerge || b.Value == nil {
		t.Fatalf("the bootstrap is %+v", b)
	}
	var value struct {
		StatsConfig struct {
			StatsTags []map[string]string `json:"stats_tags"`
		} `json:"stats_config"`
	}
	if err := yaml.UnmarshalStrict([]byte(*b.Value), &value); err != nil || len(value.StatsConfig.StatsTags) == 0 {
		t.Errorf("%d patterns, %v", len(value.StatsConfig.StatsTags), err)
	}
}

// checkReferences follows the names from one object to the next.
func checkReferences(t *testing.T, policy *egv1a1.EnvoyExtensionPolicy, proxy *egv1a1.EnvoyProxy, gateway *gwapiv1.Gateway) {
	if refs := policy.Spec.TargetRefs; len(refs) != 1 || string(refs[0].Name) != gateway.Name {
		t.Errorf("the policy is for %+v, the Gateway is %q", refs, gateway.Name)
	}
	if gateway.Spec.Infrastructure == nil || gateway.Spec.Infrastructure.ParametersRef == nil ||
		gateway.Spec.Infrastructure.ParametersRef.Name != proxy.Name {
		t.Errorf("the Gateway does not refer to the EnvoyProxy %q", proxy.Name)
	}
	if len(policy.Spec.Wasm) != 1 {
		t.Fatalf("%d Wasm extensions", len(policy.Spec.Wasm))
	}
	wasm := policy.Spec.Wasm[0]
	if wasm.FailOpen == nil || *wasm.FailOpen {
		t.Error("failOpen has to be false")
	}
	if wasm.Code.Image == nil || wasm.Code.Image.SHA256 == nil {
		t.Error("the image has no digest")
	}
	if order := proxy.Spec.FilterOrder; len(order) != 1 || order[0].Name != egv1a1.EnvoyFilterWasm ||
		order[0].Before == nil || *order[0].Before != egv1a1.EnvoyFilterExtAuthz {
		t.Errorf("the order of filters is %+v", order)
	}
	if b := proxy.Spec.Bootstrap; b == nil || b.Type == nil || *b.Type != egv1a1.BootstrapTypeMerge || b.Value == nil {
		t.Errorf("the bootstrap is %+v", b)
	}
}

// documents are the objects of a file by their kind.
func documents(t *testing.T, text []byte) map[string][]byte {
	t.Helper()
	decoder := utilyaml.NewDocumentDecoder(io.NopCloser(bytes.NewReader(text)))
	defer decoder.Close()
	all := map[string][]byte{}
	for {
		buffer := make([]byte, 1<<16)
		n, err := decoder.Read(buffer)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		var object struct {
			Kind string `json:"kind"`
		}
		if err := yaml.Unmarshal(buffer[:n], &object); err != nil {
			t.Fatal(err)
		}
		if all[object.Kind] != nil {
			t.Fatalf("two objects of kind %s", object.Kind)
		}
		all[object.Kind] = buffer[:n]
	}
}
