package istio

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"testing"

	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	v3 "istio.io/istio/pilot/pkg/xds/v3"
	"istio.io/istio/pkg/security"
	"istio.io/istio/pkg/wasm"
	"istio.io/istio/security/pkg/nodeagent/cache"
	"istio.io/istio/security/pkg/nodeagent/sds"
)

// agent does what pilot-agent does beside the proxy: it passes discovery on and
// puts local files in the place of images, with Istio's own code, and serves
// certificate bundles, with Istio's own code.
type agent struct {
	discovery.UnimplementedAggregatedDiscoveryServiceServer

	control discovery.AggregatedDiscoveryServiceClient
	modules wasm.Cache

	addr   string // of the discovery service, for the proxy
	socket string // of the service of bundles, relative to the working directory
}

// startAgent starts the agent of a proxy whose image has the given bundle of
// authorities. It changes the working directory, where the agent's socket is.
func startAgent(t *testing.T, controlPlane, bundle string) *agent {
	t.Helper()
	dir := t.TempDir()
	t.Chdir(dir)

	connection, err := grpc.NewClient(controlPlane, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = connection.Close() })
	modules := wasm.NewLocalFileCache(mkdir(t, filepath.Join(dir, "modules")), wasm.Options{
		PurgeInterval:         wasm.DefaultPurgeInterval,
		ModuleExpiry:          wasm.DefaultModuleExpiry,
		HTTPRequestTimeout:    wasm.DefaultHTTPRequestTimeout,
		HTTPRequestMaxRetries: 1,
	})
	t.Cleanup(modules.Cleanup)
	a := &agent{
		control: discovery.NewAggregatedDiscoveryServiceClient(connection),
		modules: modules,
		socket:  security.GetIstioSDSServerSocketPath(),
	}
	a.serveDiscovery(t)
	a.serveBundles(t, bundle)
	return a
}

func (a *agent) serveDiscovery(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	a.addr = listener.Addr().String()
	server := grpc.NewServer()
	discovery.RegisterAggregatedDiscoveryServiceServer(server, a)
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(server.Stop)
}

func (a *agent) serveBundles(t *testing.T, bundle string) {
	options := &security.Options{
		CARootPath:       bundle, // what "system" means
		FileMountedCerts: true,   // no workload certificates: there is no authority here
	}
	secrets, err := cache.NewSecretManagerClient(nil, options)
	if err != nil {
		t.Fatal(err)
	}
	server := sds.NewServer(options, secrets, nil)
	t.Cleanup(func() {
		server.Stop()
		secrets.Close()
	})
}

// StreamAggregatedResources passes a stream on, both ways.
func (a *agent) StreamAggregatedResources(proxy discovery.AggregatedDiscoveryService_StreamAggregatedResourcesServer) error {
	ctx, cancel := context.WithCancel(proxy.Context())
	defer cancel()
	control, err := a.control.StreamAggregatedResources(ctx)
	if err != nil {
		return err
	}
	go func() {
		defer cancel()
		for {
			request, err := proxy.Recv()
			if err != nil || control.Send(request) != nil {
				return
			}
		}
	}()
	for {
		response, err := control.Recv()
		if err != nil {
			return err
		}
		if response.TypeUrl == v3.ExtensionConfigurationType {
			if err := wasm.MaybeConvertWasmExtensionConfig(response.Resources, a.modules); err != nil {
				return err
			}
		}
		if err := proxy.Send(response); err != nil {
			return err
		}
	}
}

func mkdir(t *testing.T, dir string) string {
	t.Helper()
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}
