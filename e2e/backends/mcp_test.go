package backends

import (
	"encoding/json"
	"errors"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/testkit/envoytest"
	"github.com/sessiongate/sessiongate/internal/testkit/module"
)

// mcp is the client, in a folder beside this file.
var mcp = []example{{name: "mcp", needs: nodeAndNpm, advice: node}}

// TestMCP has a client of the Model Context Protocol find its way to a server
// behind the filter: from the challenge of a 401 to the document of RFC 9728, to
// the authorization server, and back with a token.
func TestMCP(t *testing.T) {
	each(t, mcp, func(t *testing.T, e example) {
		dir := filepath.Join(root, ".tools", "backends", e.name)
		copyMCP(t, dir)
		if out, err := run(dir, "npm install --silent").CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		as := startAuthorizationServer(t)
		backend := httptest.NewServer(mcpServer())
		t.Cleanup(backend.Close)
		resource := startResource(t, as, backend.Listener.Addr().String()) + "/mcp"

		t.Run("without a token", func(t *testing.T) { connect(t, as, dir, resource, "") })
		// A 403 names the scope, and the client asks for it.
		as.resource, as.scope = resource, "mcp:write"
		t.Run("with a token for another scope", func(t *testing.T) { connect(t, as, dir, resource, as.token()) })
	})
}

// connect has the client connect, from the challenge that it gets to a list of
// tools.
func connect(t *testing.T, as *authorizationServer, dir, resource, token string) {
	t.Helper()
	out, err := run(dir, "node client.js "+resource+" "+token).Output()
	if err != nil {
		var exit *exec.ExitError
		errors.As(err, &exit)
		t.Fatalf("%v\n%s", err, exit.Stderr)
	}
	var went struct {
		Authorization string
		Tools         []string
	}
	if err := json.Unmarshal(out, &went); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	asked, err := url.Parse(went.Authorization)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(went.Authorization, as.URL+"/authorize?") {
		t.Errorf("it went to %s, want %s", went.Authorization, as.URL)
	}
	for name, want := range map[string]string{"resource": resource, "scope": "mcp:read", "code_challenge_method": "S256", "client_id": "client_1"} {
		if got := asked.Query().Get(name); got != want {
			t.Errorf("it asks with %s=%q, want %q", name, got, want)
		}
	}
	if want := []string{"of " + as.issuer.Session(time.Now()).Claims["sub"].(string) + " from as"}; !reflect.DeepEqual(went.Tools, want) {
		t.Errorf("with the token it finds the tools %q, want %q", went.Tools, want)
	}
}

// startResource starts Envoy in front of an MCP server; the filter knows who
// issues tokens for it. It returns the origin.
func startResource(t *testing.T, as *authorizationServer, backend string) string {
	t.Helper()
	path, err := envoy.Find(t.Context(), filepath.Join(root, ".tools"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := envoy.ReadBootstrap(filepath.Join(root, "envoy.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	addr := freeAddr(t)
	_, err = b.EditConfiguration("ingress", func(c map[string]any) {
		clear(c)
		c["providers"] = []any{map[string]any{
			"name": "as", "issuer": as.URL, "jwks": string(as.issuer.KeySet()), "audiences": []any{"http://" + addr + "/mcp"},
		}}
		c["protectedResources"] = []any{map[string]any{
			"resource": "http://" + addr + "/mcp", "authorizationServers": []any{as.URL}, "scopesSupported": []any{"mcp:read", "mcp:write"},
		}}
		c["rules"] = []any{map[string]any{
			"paths": []any{"/mcp"}, "require": []any{map[string]any{"claim": "scope", "values": []any{"mcp:read"}}},
		}}
	})
	if err := errors.Join(err, b.SetAdmin("127.0.0.1:0"), b.SetListener("ingress", addr), b.SetCluster("backend", backend)); err != nil {
		t.Fatal(err)
	}
	b.SetModule(module.Built(t, root))
	envoytest.Start(t, b, envoy.Options{Path: path})
	return "http://" + addr
}

// copyMCP copies the client to where its packages are installed.
func copyMCP(t *testing.T, dir string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"package.json", "client.js"} {
		text, err := os.ReadFile(filepath.Join("mcp", name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
