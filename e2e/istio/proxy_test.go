package istio

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/echo"
	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/loopback"
)

// node is a pod with a proxy.
type node struct {
	kind      string // router or sidecar
	namespace string
	labels    map[string]string
}

var (
	ingressGateway = node{kind: "router", namespace: "istio-ingress", labels: map[string]string{"istio": "ingress"}}
	ordersSidecar  = node{kind: "sidecar", namespace: "shop", labels: map[string]string{"app": "orders"}}
)

// pod is what Kubernetes would know of it: the labels by which resources select
// a proxy are those of its pod.
func (n node) pod(t *testing.T) string {
	labels, err := json.Marshal(n.labels)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf(`
apiVersion: v1
kind: Pod
metadata: {name: proxy-0, namespace: %s, labels: %s}
status: {phase: Running, podIP: 127.0.0.1}
`, n.namespace, labels)
}

// startProxy runs an Envoy that gets everything from its agent, and waits until
// it listens on ports of 127.0.0.1.
func startProxy(t *testing.T, n node, a *agent, ports ...int) *envoy.Process {
	t.Helper()
	return runProxy(t, envoy.Options{Bootstrap: []byte(bootstrapOf(t, n, a))}, ports...)
}

// bootstrapOf is the bootstrap of an Envoy that gets everything from its agent.
func bootstrapOf(t *testing.T, n node, a *agent) string {
	t.Helper()
	adsHost, adsPort, err := net.SplitHostPort(a.addr)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf(`
node:
  id: %[1]s~127.0.0.1~proxy-0.%[2]s~%[2]s.svc.cluster.local
  cluster: proxy.%[2]s
  metadata:
    CLUSTER_ID: Kubernetes
    NAMESPACE: %[2]s
    ISTIO_VERSION: 1.31.0
    INTERCEPTION_MODE: NONE # listeners have addresses; nothing is intercepted
admin:
  address: {socket_address: {address: 127.0.0.1, port_value: 0}}
dynamic_resources:
  ads_config:
    api_type: GRPC
    transport_api_version: V3
    grpc_services: [{envoy_grpc: {cluster_name: xds-grpc}}]
  lds_config: {ads: {}, resource_api_version: V3}
  cds_config: {ads: {}, resource_api_version: V3}
static_resources:
  clusters:
  - name: xds-grpc
    type: STATIC
    connect_timeout: 5s
    typed_extension_protocol_options: &http2
      envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
        "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
        explicit_http_config: {http2_protocol_options: {}}
    load_assignment:
      cluster_name: xds-grpc
      endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: %[3]s, port_value: %[4]s}}}}]}]
  - name: sds-grpc
    type: STATIC
    connect_timeout: 5s
    typed_extension_protocol_options: *http2
    load_assignment:
      cluster_name: sds-grpc
      endpoints: [{lb_endpoints: [{endpoint: {address: {pipe: {path: %[5]s}}}}]}]
`, n.kind, n.namespace, adsHost, adsPort, a.socket)
}

// runProxy runs an Envoy, and waits until it listens on ports of 127.0.0.1.
func runProxy(t *testing.T, o envoy.Options, ports ...int) *envoy.Process {
	t.Helper()
	o.Path, o.Components = envoyPath, "wasm:info"
	process, err := envoy.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("Envoy's log:\n%s", process.Log())
		}
		process.Stop()
	})
	deadline := time.Now().Add(30 * time.Second)
	for _, port := range ports {
		for !listening(port) {
			if time.Now().After(deadline) {
				listeners, err := process.Listeners(t.Context())
				t.Fatalf("Envoy does not listen on port %d but on %v, %v", port, listeners, err)
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	return process
}

func listening(port int) bool {
	connection, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return false
	}
	_ = connection.Close()
	return true
}

// startBackend is a workload that answers with the request it got.
func startBackend(t *testing.T) (port int) {
	t.Helper()
	addr, stop, err := echo.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return portOf(t, addr)
}

func portOf(t *testing.T, addr string) int {
	t.Helper()
	resolved, err := net.ResolveTCPAddr("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	return resolved.Port
}

// freePort is one that the proxy can listen on.
func freePort(t *testing.T) int {
	t.Helper()
	addr, err := loopback.FreeAddress()
	if err != nil {
		t.Fatal(err)
	}
	return portOf(t, addr)
}

// answer is what came back: the status and, if the request went that far, what
// the backend saw.
type answer struct {
	status   int
	header   http.Header
	body     string
	upstream *echo.Request
}

// seen is the values of a header at the backend.
func (a answer) seen(name string) string {
	var values []string
	for _, header := range a.upstream.Headers {
		if header[0] == name {
			values = append(values, header[1])
		}
	}
	return strings.Join(values, " | ")
}

// get sends a GET to a port of the proxy.
func get(t *testing.T, port int, host, path string, headers map[string]string) answer {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, fmt.Sprintf("http://127.0.0.1:%d%s", port, path), nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Host = host
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	client := &http.Client{
		Timeout:       20 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport:     &http.Transport{DisableKeepAlives: true},
	}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	a := answer{status: response.StatusCode, header: response.Header, body: string(body)}
	if response.Header.Get("X-Echo") != "" {
		a.upstream = &echo.Request{}
		if err := json.Unmarshal(body, a.upstream); err != nil {
			t.Fatal(err)
		}
	}
	return a
}
