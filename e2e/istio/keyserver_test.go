package istio

import (
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/testkit/testca"
)

// startKeyServer serves the key set of an issuer over TLS, to clients that name
// it in their handshake (SNI), and returns its port on 127.0.0.1.
func startKeyServer(t *testing.T, issuer *idp.Issuer, certificate tls.Certificate) int {
	t.Helper()
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{
		GetCertificate: func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
			if hello.ServerName != issuer.Host {
				t.Errorf("a client asked the key server for %q, want %q", hello.ServerName, issuer.Host)
			}
			return &certificate, nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: idp.NewServer(issuer), ErrorLog: log.New(io.Discard, "", 0)}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return listener.Addr().(*net.TCPAddr).Port
}

// bundle is a file with an authority, such as the image of a proxy has.
func bundle(t *testing.T, authority *testca.Authority) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bundle.pem")
	if err := os.WriteFile(path, authority.PEM(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
