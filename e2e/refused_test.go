package e2e

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
)

// refusedConfigs must not start. Envoy's log holds the message.
var refusedConfigs = []struct{ name, json, message string }{
	{"empty", ``, "providers"},
	{"not-json", `providers: []`, "JSON"},
	{"cut-off", `{"providers": [`, "JSON"},
	{"array", `[]`, "object"},
	{"no-providers", `{}`, "providers"},
	{"deep", strings.Repeat("[", 100_000), "JSON"},
	{"twice", `{"providers": [], "providers": []}`, "providers"},
	{"misspelt", `{"providers": [{"preset": "corbado", "projectID": "pro-123"}]}`, "projectId"},
	{"istio-name", `{"providers": [{"preset": "corbado", "projectId": "pro-123", "from_headers": []}]}`, "fromHeaders"},
	{"type", `{"providers": [{"preset": "corbado", "projectId": "pro-123", "clockSkew": 5}]}`, `write \"5s\"`},
	{"hmac", `{"providers": [{"name": "a", "issuer": "x", "jwksUri": "https://x.example/", "algorithms": ["HS256"]}]}`, "algorithms"},
	{"plain-http", `{"providers": [{"name": "a", "issuer": "x", "jwksUri": "http://x.example/"}]}`, "allowInsecureJwks"},
	{"bad-key", `{"providers": [{"preset": "clerk", "publishableKey": "pk_live_nonsense"}]}`, "publishableKey"},
	{"secret-key", `{"providers": [{"preset": "clerk", "publishableKey": "sk_live_secretsecretsecret"}]}`, "publishableKey"},
}

// TestRefusedAtStart: with a wrong configuration Envoy does not come up.
func TestRefusedAtStart(t *testing.T) {
	b := bootstrap{
		module: module(t), backend: "127.0.0.1:1", keys: "127.0.0.1:1",
		configs: map[string]string{"wrong": `{"providers": [{"preset": "corbado", "projectID": "pro-123"}]}`},
	}
	process, err := envoy.Start(t.Context(), envoy.Options{Path: findEnvoy(t), Bootstrap: b.yaml(t)})
	if err == nil {
		process.Stop()
		t.Fatal("Envoy took the configuration")
	}
	var exit *envoy.Exit
	if !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if !strings.Contains(exit.Log, "projectId") {
		t.Errorf("the log does not say what to write instead:\n%s", exit.Log)
	}
}

// TestRefusedConfigurations adds listeners to a running Envoy: it refuses
// those with a wrong configuration and goes on with the others.
func TestRefusedConfigurations(t *testing.T) {
	dir := t.TempDir()
	b := bootstrap{configs: map[string]string{"first": (&Mint{}).fill(configs["corbado"].JSON)}, listeners: filepath.Join(dir, "lds.json")}
	writeListeners(t, &b, module(t))
	e := startEnvoy(t, b, envoy.Options{})

	b.configs["second"] = b.configs["first"]
	for _, refused := range refusedConfigs {
		b.configs[refused.name] = refused.json
	}
	writeListeners(t, &b, module(t))
	deadline := time.Now().Add(time.Minute)
	for {
		stats, err := e.Stats(t.Context(), `^listener_manager\.lds\.update_rejected$`)
		if err != nil {
			t.Fatal(err)
		}
		if stats["listener_manager.lds.update_rejected"] > 0 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("nothing was refused\n%s", e.Log())
		}
		time.Sleep(20 * time.Millisecond)
	}
	addrs, err := e.Listeners(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	messages := messagesOf(e.Log())
	for _, refused := range refusedConfigs {
		t.Run(refused.name, func(t *testing.T) {
			if addrs[refused.name] != "" {
				t.Errorf("the listener is there")
			}
			if !strings.Contains(messages, strings.ReplaceAll(refused.message, `\"`, `"`)) {
				t.Errorf("no message with %q in\n%s", refused.message, messages)
			}
		})
	}
	for _, name := range []string{"first", "second"} {
		t.Run(name, func(t *testing.T) {
			got, err := send(addrs[name], parseRequest("GET /", ""))
			if err != nil || got.Status != 401 {
				t.Errorf("status %d, %v", got.Status, err)
			}
		})
	}
	if strings.Contains(messages, "secretsecret") {
		t.Errorf("a secret key stands in the log")
	}
}

// messagesOf are the lines that the filter wrote.
func messagesOf(log string) string {
	var all strings.Builder
	for line := range strings.Lines(log) {
		if strings.Contains(line, "[wasm]") {
			all.WriteString(line)
		}
	}
	return all.String()
}

// writeListeners writes the file that Envoy takes its listeners from, at once.
func writeListeners(t *testing.T, b *bootstrap, module string) {
	t.Helper()
	b.module = module
	var resources list
	for name := range b.configs {
		listener := b.listener(name)
		listener["@type"] = "type.googleapis.com/envoy.config.listener.v3.Listener"
		resources = append(resources, listener)
	}
	text, err := json.Marshal(object{"resources": resources})
	if err != nil {
		t.Fatal(err)
	}
	replaceFile(t, b.listeners, text)
}

// replaceFile writes a file at once, for what watches it.
func replaceFile(t *testing.T, path string, text []byte) {
	t.Helper()
	if err := os.WriteFile(path+".new", text, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
}
