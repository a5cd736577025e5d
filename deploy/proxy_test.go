package deploy

import (
	"bytes"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/sessiongate/sessiongate/internal/demo/echo"
	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/testkit/envoytest"
	"github.com/sessiongate/sessiongate/internal/testkit/module"
	"github.com/sessiongate/sessiongate/internal/testkit/testca"
)

// startEnvoy runs a vendor's bootstrap as it is, but for addresses, the module's place
// and the bundle of authorities.
func startEnvoy(t *testing.T, trusted *testca.Authority, vendor, keyServer string, stdout io.Writer) (url string) {
	t.Helper()
	path, err := envoy.Find(t.Context(), filepath.Join("..", ".tools"))
	if err != nil {
		t.Skip(err)
	}
	bundle := filepath.Join(t.TempDir(), "bundle.pem")
	if err := os.WriteFile(bundle, trusted.PEM(), 0o600); err != nil {
		t.Fatal(err)
	}
	text := readFile(t, bootstraps[vendor])
	if n := bytes.Count(text, []byte(systemBundle)); n != 1 {
		t.Fatalf("%d clusters name %s, want 1", n, systemBundle)
	}
	bootstrap, err := envoy.ParseBootstrap(bytes.ReplaceAll(text, []byte(systemBundle), []byte(bundle)))
	if err != nil {
		t.Fatal(err)
	}
	backend, stop, err := echo.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	if err := errors.Join(bootstrap.SetAdmin("127.0.0.1:0"), bootstrap.SetListener("ingress", "127.0.0.1:0"),
		bootstrap.SetCluster("backend", backend), bootstrap.SetCluster(vendor, keyServer)); err != nil {
		t.Fatal(err)
	}
	bootstrap.SetModule(module.Built(t, ".."))
	_, listeners := envoytest.Start(t, bootstrap, envoy.Options{Path: path, Stdout: stdout})
	return "http://" + listeners["ingress"]
}

// startKeyServer serves an issuer's keys over TLS, and returns its address.
func startKeyServer(t *testing.T, issuer *idp.Issuer, certificate tls.Certificate) (addr string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{
		Handler:   idp.NewServer(issuer),
		ErrorLog:  log.New(io.Discard, "", 0),
		TLSConfig: &tls.Config{Certificates: []tls.Certificate{certificate}},
	}
	go func() { _ = server.ServeTLS(listener, "", "") }()
	t.Cleanup(func() { _ = server.Close() })
	return listener.Addr().String()
}
