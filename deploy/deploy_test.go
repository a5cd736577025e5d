// Package deploy tests what users copy from this folder. The files for Istio and
// Envoy Gateway have tests in modules of their own: e2e/istio, e2e/envoygateway.
package deploy

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/testkit/issuers"
	"github.com/sessiongate/sessiongate/internal/testkit/module"
	"github.com/sessiongate/sessiongate/internal/testkit/testca"
	"github.com/sessiongate/sessiongate/internal/tools/wasmimage"
)

const systemBundle = "/etc/ssl/certs/ca-certificates.crt"

// bootstraps are Envoy's, by vendor.
var bootstraps = map[string]string{"clerk": "envoy/envoy.yaml", "oneauxilia": "envoy/oneauxilia.yaml", "corbado": "envoy/corbado.yaml"}

// TestConfigurations holds every configuration to what "sessiongate check" says:
// not even a warning.
func TestConfigurations(t *testing.T) {
	var files []string
	for _, pattern := range []string{"istio/ingress-*.yaml", "istio/sidecar-*.yaml", "envoy-gateway/*.yaml", "envoy/envoy.yaml", "envoy/oneauxilia.yaml", "envoy/corbado.yaml"} {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(found), err)
		}
		files = append(files, found...)
	}
	args := append([]string{"run", "../cmd/sessiongate", "check", "--strict"}, files...)
	out, err := exec.CommandContext(t.Context(), "go", args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if lines := strings.Count(string(out), "\n"); lines != len(files) || strings.Count(string(out), ": ok\n") != lines {
		t.Errorf("%d files, but this is what check says:\n%s", len(files), out)
	}
}

// TestPolicies runs the tests of the policies in these files.
func TestPolicies(t *testing.T) {
	files, err := filepath.Glob("*/tests/*.yaml")
	if err != nil || len(files) != 12 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	out, err := exec.CommandContext(t.Context(), "go", append([]string{"run", "../cmd/sessiongate", "test"}, files...)...).CombinedOutput()
	if err != nil || bytes.Contains(out, []byte("note")) {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestDockerfile holds the Dockerfile to what make image does.
func TestDockerfile(t *testing.T) {
	text, err := os.ReadFile("Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range wasmimage.Labels("$VERSION") {
		if want := fmt.Sprintf("%s=%q", name, value); !bytes.Contains(text, []byte(want)) {
			t.Errorf("the Dockerfile lacks the label %s", want)
		}
	}
	if want := "COPY sessiongate.wasm /" + wasmimage.FileName + "\n"; !bytes.HasSuffix(text, []byte(want)) {
		t.Errorf("the Dockerfile does not end with %q", want)
	}
}

// TestEnvoyGatewayClusters holds the key servers' clusters in the files for Envoy
// Gateway to those of the bootstraps, with which requests are made below.
func TestEnvoyGatewayClusters(t *testing.T) {
	for _, vendor := range []string{"clerk", "oneauxilia", "corbado"} {
		t.Run(vendor, func(t *testing.T) {
			own := clusters(t, readFile(t, bootstraps[vendor]))
			decoder := yaml.NewDecoder(bytes.NewReader(readFile(t, "envoy-gateway/"+vendor+".yaml")))
			var proxy struct {
				Kind string
				Spec struct{ Bootstrap struct{ Value string } }
			}
			if err := decoder.Decode(&proxy); err != nil || proxy.Kind != "EnvoyProxy" {
				t.Fatalf("the first object is of kind %q, %v", proxy.Kind, err)
			}
			added := clusters(t, []byte(proxy.Spec.Bootstrap.Value))
			if len(added) != 1 || !reflect.DeepEqual(added[vendor], own[vendor]) {
				t.Errorf("the cluster is\n%v\nwant\n%v", added, own[vendor])
			}
		})
	}
}

func clusters(t *testing.T, bootstrap []byte) map[string]any {
	t.Helper()
	var tree struct {
		Resources struct {
			Clusters []map[string]any `yaml:"clusters"`
		} `yaml:"static_resources"`
	}
	if err := yaml.Unmarshal(bootstrap, &tree); err != nil {
		t.Fatal(err)
	}
	byName := map[string]any{}
	for _, cluster := range tree.Resources.Clusters {
		byName[cluster["name"].(string)] = cluster
	}
	return byName
}

// TestEnvoy runs the bootstraps with a key server that has the right name, a wrong
// one, and none.
func TestEnvoy(t *testing.T) {
	clerk, oneauxilia, corbado := issuers.Of("clerk"), issuers.Of("oneauxilia"), issuers.Of("corbado")
	trusted, other := testca.New(t), testca.New(t)
	urls := map[*idp.Issuer]string{
		clerk:      startEnvoy(t, trusted, "clerk", startKeyServer(t, clerk, trusted.Server("clerk.example.com")), io.Discard),
		oneauxilia: startEnvoy(t, trusted, "oneauxilia", startKeyServer(t, oneauxilia, trusted.Server("oneauxilia.example.org")), io.Discard),
		corbado:    startEnvoy(t, trusted, "corbado", startKeyServer(t, corbado, other.Server("pro-123.frontendapi.cloud.corbado.io")), io.Discard),
	}
	rows := map[string]struct {
		issuer *idp.Issuer
		path   string
		status int
	}{
		"no token":                           {nil, "/", http.StatusUnauthorized},
		"no token, a public path":            {nil, "/public/a", http.StatusOK},
		"keys over TLS":                      {clerk, "/", http.StatusOK},
		"a certificate of another name":      {oneauxilia, "/", http.StatusServiceUnavailable},
		"a certificate of another authority": {corbado, "/", http.StatusServiceUnavailable},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			url := urls[clerk]
			if row.issuer != nil {
				url = urls[row.issuer]
			}
			request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+row.path, nil)
			if err != nil {
				t.Fatal(err)
			}
			if row.issuer != nil {
				request.Header.Set("Authorization", "Bearer "+row.issuer.Session(time.Now()).Token())
			}
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			if response.StatusCode != row.status {
				body, _ := io.ReadAll(response.Body)
				t.Errorf("status %d, want %d\n%s", response.StatusCode, row.status, body)
			}
		})
	}
	if clerk.Fetches.Load() == 0 || oneauxilia.Fetches.Load()+corbado.Fetches.Load() != 0 {
		t.Errorf("fetches: clerk %d, oneauxilia %d, corbado %d", clerk.Fetches.Load(), oneauxilia.Fetches.Load(), corbado.Fetches.Load())
	}
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestInitAnyIssuer: Envoy takes the bootstrap that init writes for an issuer
// that has no files here.
func TestInitAnyIssuer(t *testing.T) {
	path, err := envoy.Find(t.Context(), filepath.Join("..", ".tools"))
	if err != nil {
		t.Skip(err)
	}
	dir := t.TempDir()
	args := []string{"run", "../cmd/sessiongate", "init", "oidc", "--issuer", "https://login.example.com/realms/shop", "--audience", "orders",
		"--jwks-uri", "https://login.example.com/realms/shop/certs", "--origin", "https://app.example.com", "--target", "envoy",
		"--module", module.Built(t, ".."), "--output", dir}
	if out, err := exec.CommandContext(t.Context(), "go", args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	validate := exec.CommandContext(t.Context(), path, "--mode", "validate", "--config-path", filepath.Join(dir, "envoy.yaml"))
	if out, err := validate.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
