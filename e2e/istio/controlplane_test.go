package istio

import (
	"net"
	"testing"

	"istio.io/istio/pilot/pkg/config/kube/crd"
	"istio.io/istio/pilot/pkg/model"
	"istio.io/istio/pilot/pkg/networking/core"
	"istio.io/istio/pilot/test/xds"
	"istio.io/istio/pkg/config/mesh"
)

// startControlPlane serves resources to a proxy as Istio's control plane does;
// it answers with the address of its discovery service.
func startControlPlane(t *testing.T, proxy node, resources *resources) string {
	t.Helper()
	return newControlPlane(t, proxy, resources).Listener.Addr().String()
}

// newControlPlane is the control plane itself, for tests that change what it
// serves.
func newControlPlane(t *testing.T, proxy node, resources *resources) *xds.FakeDiscoveryServer {
	t.Helper()
	text := resources.yaml()
	// The control plane under test takes what it is given; the API server of a
	// cluster would not.
	if _, unknown, err := crd.ParseInputs(text); err != nil || len(unknown) > 0 {
		t.Fatalf("the resources are not valid: %v, unknown kinds %v\n%s", err, unknown, text)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	config, err := mesh.ApplyMeshConfigDefaults(resources.mesh)
	if err != nil {
		t.Fatal(err)
	}
	if resources.accessLog != "" {
		config.AccessLogFile = resources.accessLog
	}
	// The process keeps the access log of the first mesh that has one, until it is
	// told of another mesh.
	core.NewConfigGenerator(model.DisabledCache{}).MeshConfigChanged(config)
	server := xds.NewFakeDiscoveryServer(t, xds.FakeOptions{
		MeshConfig:             config,
		ConfigString:           text,
		KubernetesObjectString: proxy.pod(t),
		ListenerBuilder:        func() (net.Listener, error) { return listener, nil },
	})
	server.Listener = listener
	return server
}
