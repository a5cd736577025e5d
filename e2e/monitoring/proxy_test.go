package monitoring

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/echo"
	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/testkit/issuers"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/internal/testkit/module"
)

var (
	root      = filepath.Join("..", "..")
	deployDir = filepath.Join(root, "deploy", "monitoring")
)

// signingKey is the variable with the key of assertions.
const signingKey = "SESSIONGATE_SIGNING_KEY"

// proxy is the repository's envoy.yaml with a rule on trial, assertions, and
// besides Clerk's a provider whose key server is down.
type proxy struct {
	process     *envoy.Process
	url         string
	clerk, down *idp.Issuer
	updates     string // the file from which Envoy reads further listeners
}

func startProxy(t *testing.T) *proxy {
	t.Helper()
	clerk, down := issuers.Of("clerk"), issuers.Plain("down.example.com")
	updates := filepath.Join(t.TempDir(), "listeners.json")
	replaceFile(t, updates, `{"resources": []}`)
	process, url := startEnvoy(t, updates, func(c map[string]any) {
		c["providers"] = []any{
			map[string]any{"preset": "clerk", "publishableKey": clerk.PublishableKey, "jwksCluster": "clerk",
				"authorizedParties": []any{clerk.AuthorizedParty}},
			map[string]any{"name": "down", "issuer": down.URL, "jwksUri": down.URL + "/jwks.json", "jwksCluster": "nowhere", "fromCookies": []any{"down"}},
		}
		c["rules"] = []any{
			map[string]any{"paths": []any{"/healthz"}, "auth": "skip"},
			map[string]any{"name": "trial", "paths": []any{"/trial"}, "providers": []any{"clerk"}, "onFailure": "log"},
			map[string]any{"name": "admin", "paths": []any{"/admin"}, "providers": []any{"clerk"},
				"require": []any{map[string]any{"claim": "org_role", "values": []any{"org:owner"}}}},
		}
	}, clerk)
	return &proxy{process: process, url: url, clerk: clerk, down: down, updates: updates}
}

// startEnvoy starts the repository's envoy.yaml with another configuration and
// assertions, in front of a backend. Cluster clerk is the key server of the
// issuers that are served. Further listeners come from the file of updates, if
// one is named.
func startEnvoy(t *testing.T, updates string, edit func(configuration map[string]any), served ...*idp.Issuer) (process *envoy.Process, url string) {
	t.Helper()
	path, err := envoy.Find(t.Context(), filepath.Join(root, ".tools"))
	if err != nil {
		t.Skip(err)
	}
	keys, stopKeys, err1 := idp.NewServer(served...).Start()
	backend, stopBackend, err2 := echo.Start()
	b, err3 := envoy.ReadBootstrap(filepath.Join(root, "envoy.yaml"))
	built, err4 := module.Path(root)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stopKeys)
	t.Cleanup(stopBackend)
	_, err = b.EditConfiguration("ingress", func(c map[string]any) {
		edit(c)
		c["assertion"] = map[string]any{"issuer": "https://gate.example.com", "audience": "backend", "subject": "provider|id"}
	})
	err = errors.Join(err, b.SetAdmin("127.0.0.1:0"), b.SetListener("ingress", "127.0.0.1:0"),
		b.SetCluster("backend", backend), b.SetCluster("clerk", keys), b.EditManager("ingress", passSigningKey))
	b.SetModule(built)
	text, unwritten := b.YAML()
	if err := errors.Join(err, unwritten); err != nil {
		t.Fatal(err)
	}
	key := jwttest.PrivatePEM(jwttest.NewKey(jwa.ES256, "assertions"))
	options := envoy.Options{Path: path, Bootstrap: text, Stdout: io.Discard, Env: []string{signingKey + "=" + key}}
	if updates != "" {
		options.Overlay = fmt.Appendf(nil, `{"node": {"id": "proxy", "cluster": "gateway"}, "dynamic_resources": {"lds_config": {"path_config_source": {"path": %q}}}}`, updates)
	}
	process, err = envoy.Start(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(process.Stop)
	listeners, err := process.Listeners(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return process, "http://" + listeners["ingress"]
}

// passSigningKey lets the filter's VM see the key of assertions.
func passSigningKey(manager map[string]any) {
	for _, filter := range manager["http_filters"].([]any) {
		if filter := filter.(map[string]any); filter["name"] == "sessiongate" {
			config := filter["typed_config"].(map[string]any)["config"].(map[string]any)
			config["vm_config"].(map[string]any)["environment_variables"] = map[string]any{"host_env_keys": []any{signingKey}}
		}
	}
}

// visit makes requests of every kind, more than the 64 of which one is measured.
func (p *proxy) visit(t *testing.T) {
	t.Helper()
	p.waitForKey(t)
	for range 30 {
		p.get(t, "/", p.clerk, http.StatusOK)
		p.get(t, "/", nil, http.StatusUnauthorized)
		p.get(t, "/healthz", nil, http.StatusOK)
		p.get(t, "/trial", nil, http.StatusOK)
		p.get(t, "/admin", p.clerk, http.StatusForbidden)
		p.get(t, "/", p.down, http.StatusServiceUnavailable)
	}
}

// waitForKey makes a request that waits: its token names a key that nobody has
// seen, so that the key set is fetched again first.
func (p *proxy) waitForKey(t *testing.T) {
	t.Helper()
	session := p.clerk.Session(time.Now())
	session.Header["kid"] = "unknown"
	p.send(t, "/", session.Token(), http.StatusUnauthorized)
}

func (p *proxy) get(t *testing.T, path string, as *idp.Issuer, want int) {
	t.Helper()
	token := ""
	if as != nil {
		token = as.Session(time.Now()).Token()
	}
	p.send(t, path, token, want)
}

func (p *proxy) send(t *testing.T, path, token string, want int) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(response.Body)
	response.Body.Close()
	if response.StatusCode != want {
		t.Fatalf("%s: status %d, want %d\n%s", path, response.StatusCode, want, body)
	}
}
