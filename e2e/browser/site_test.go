package browser

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/testkit/testca"
)

// host is a name that Envoy serves over TLS, with a filter of its own.
type host struct {
	name    string
	filter  string // configuration; empty: no filter
	backend http.Handler
	addr    string // of the backend, where it is no handler
	cors    string // "before" or "after": where Envoy's own CORS filter stands; empty: nowhere
	plain   bool   // without TLS
}

// site is an Envoy with some hosts, and servers beside it that it does not
// know, such as Frontend APIs. All have names below the same test domains, and
// one certificate, which the test's browser takes.
type site struct {
	envoy   *envoy.Process
	log     *envoy.Log
	addrs   map[string]string // of names
	browser chromium
}

// startSite starts all. Keys are served to Envoy's cluster "keys".
func startSite(t *testing.T, hosts []host, issuers []*idp.Issuer, beside map[string]http.Handler) site {
	t.Helper()
	s := site{log: &envoy.Log{}, addrs: map[string]string{}}
	certificate := testca.New(t).Server("*.example.test")
	keys, stop, err := idp.NewServer(issuers...).Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	b := siteBootstrap{certificate: certificate}
	b.cluster("keys", keys)
	for _, h := range hosts {
		if h.addr == "" {
			h.addr = serve(t, h.backend, nil)
		}
		b.cluster(h.name, h.addr)
		b.listener(h)
	}
	for name, handler := range beside {
		s.addrs[name] = serve(t, handler, &certificate)
	}
	text, err := yaml.Marshal(map[string]any{
		"admin":            map[string]any{"address": address("127.0.0.1:0")},
		"static_resources": map[string]any{"listeners": b.listeners, "clusters": b.clusters},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { // when Envoy has ended
		if strings.Contains(s.log.String()+s.envoy.Log(), "eyJ") {
			t.Error("a token is in Envoy's log")
		}
	})
	s.envoy, err = envoy.Start(t.Context(), envoy.Options{Path: envoyPath, Bootstrap: text, Stdout: s.log})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.envoy.Stop)
	listeners, err := s.envoy.Listeners(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, addr := range listeners {
		s.addrs[name] = addr
	}
	leaf, err := x509.ParseCertificate(certificate.Certificate[0])
	if err != nil {
		t.Fatal(err)
	}
	pin := sha256.Sum256(leaf.RawSubjectPublicKeyInfo)
	s.browser = startChromium(t, s.addrs, base64.StdEncoding.EncodeToString(pin[:]))
	return s
}

// serve serves on a free loopback port, over TLS if there is a certificate.
func serve(t *testing.T, handler http.Handler, certificate *tls.Certificate) (addr string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr = listener.Addr().String()
	if certificate != nil {
		listener = tls.NewListener(listener, &tls.Config{Certificates: []tls.Certificate{*certificate}})
	}
	server := &http.Server{Handler: handler}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return addr
}

// siteBootstrap collects what the bootstrap consists of.
type siteBootstrap struct {
	certificate         tls.Certificate
	listeners, clusters []any
}

const types = "type.googleapis.com/envoy.extensions."

func (b *siteBootstrap) cluster(name, addr string) {
	b.clusters = append(b.clusters, map[string]any{
		"name": name, "type": "STATIC", "connect_timeout": "2s",
		"load_assignment": map[string]any{"cluster_name": name, "endpoints": []any{
			map[string]any{"lb_endpoints": []any{map[string]any{"endpoint": map[string]any{"address": address(addr)}}}},
		}},
	})
}

func (b *siteBootstrap) listener(h host) {
	filters := []any{}
	cors := map[string]any{"name": "envoy.filters.http.cors", "typed_config": map[string]any{"@type": types + "filters.http.cors.v3.Cors"}}
	if h.cors == "before" {
		filters = append(filters, cors)
	}
	if h.filter != "" {
		filters = append(filters, wasm(h.filter))
	}
	if h.cors == "after" {
		filters = append(filters, cors)
	}
	filters = append(filters, map[string]any{"name": "router", "typed_config": map[string]any{"@type": types + "filters.http.router.v3.Router"}})
	virtual := map[string]any{
		"name": "all", "domains": []any{"*"},
		"routes": []any{map[string]any{"match": map[string]any{"prefix": "/"}, "route": map[string]any{"cluster": h.name}}},
	}
	if h.cors != "" {
		virtual["typed_per_filter_config"] = map[string]any{"envoy.filters.http.cors": map[string]any{
			"@type":                     types + "filters.http.cors.v3.CorsPolicy",
			"allow_origin_string_match": []any{map[string]any{"exact": "https://app.example.test"}},
			"allow_methods":             "GET, POST", "allow_headers": "authorization, content-type", "allow_credentials": true,
			"expose_headers": "www-authenticate",
		}}
	}
	manager := map[string]any{
		"@type": types + "filters.network.http_connection_manager.v3.HttpConnectionManager", "stat_prefix": "in",
		"use_remote_address": true,
		"upgrade_configs":    []any{map[string]any{"upgrade_type": "websocket"}},
		"http_filters":       filters, "route_config": map[string]any{"virtual_hosts": []any{virtual}},
		"access_log": []any{map[string]any{"name": "stdout", "typed_config": map[string]any{
			"@type": types + "access_loggers.stream.v3.StdoutAccessLog",
			// Paths without the query, which may hold a token (C4).
			"log_format": map[string]any{"text_format_source": map[string]any{
				"inline_string": "%REQ(:METHOD)% %PATH(NQ)% %RESPONSE_CODE% %RESPONSE_CODE_DETAILS%\n",
			}},
		}}},
	}
	chain := map[string]any{"filters": []any{map[string]any{"name": "http", "typed_config": manager}}}
	if !h.plain {
		chain["transport_socket"] = b.tls()
	}
	b.listeners = append(b.listeners, map[string]any{
		"name": h.name, "address": address("127.0.0.1:0"), "filter_chains": []any{chain},
	})
}

// tls is a TLS server with the site's certificate.
func (b *siteBootstrap) tls() any {
	key, err := x509.MarshalPKCS8PrivateKey(b.certificate.PrivateKey)
	if err != nil {
		panic(err)
	}
	text := func(kind string, der []byte) any {
		return map[string]any{"inline_string": string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))}
	}
	return map[string]any{"name": "tls", "typed_config": map[string]any{
		"@type": types + "transport_sockets.tls.v3.DownstreamTlsContext",
		"common_tls_context": map[string]any{
			"alpn_protocols": []any{"h2", "http/1.1"},
			"tls_certificates": []any{map[string]any{
				"certificate_chain": text("CERTIFICATE", b.certificate.Certificate[0]), "private_key": text("PRIVATE KEY", key),
			}},
		},
	}}
}

// wasm is the filter.
func wasm(configuration string) any {
	return map[string]any{"name": "sessiongate", "typed_config": map[string]any{
		"@type": types + "filters.http.wasm.v3.Wasm",
		"config": map[string]any{
			"name":           "sessiongate",
			"failure_policy": "FAIL_RELOAD",
			"vm_config": map[string]any{
				"vm_id": "sessiongate", "runtime": "envoy.wasm.runtime.v8",
				"code": map[string]any{"local": map[string]any{"filename": modulePath}},
			},
			"configuration": map[string]any{"@type": "type.googleapis.com/google.protobuf.StringValue", "value": configuration},
		},
	}}
}

func address(addr string) any {
	host, port, _ := net.SplitHostPort(addr)
	number := 0
	_, _ = fmt.Sscan(port, &number)
	return map[string]any{"socket_address": map[string]any{"address": host, "port_value": number}}
}
