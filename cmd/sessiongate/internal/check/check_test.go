package check

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/commandtest"
)

const (
	goodJSON = `{"providers": [{"name": "p", "issuer": "i", "jwksUri": "https://k.example/", "jwksCluster": "keys"}]}`
	badJSON  = `{"providers": [{"name": "p", "issuer": "i", "jwksUri": "https://k.example/", "clockSkew": 5}]}`
	badLine  = `error: providers[0].clockSkew: 5 is a number; write "5s"`
	badPlace = " (line 1, column 91)" // where JSON is what stands in the file
)

const goodYAML = `
providers:
- name: p
  issuer: i
  jwksUri: https://k.example/
`

const wasmPlugins = `
apiVersion: v1
kind: ConfigMap
metadata: {name: other}
---
apiVersion: extensions.istio.io/v1alpha1
kind: WasmPlugin
metadata: {name: sessions, namespace: prod}
spec:
  pluginName: gate
  pluginConfig:
    providers: [{name: p, issuer: i, jwksUri: "https://k.example/"}]
---
apiVersion: extensions.istio.io/v1alpha1
kind: WasmPlugin
metadata: {name: broken, namespace: prod}
spec:
  pluginConfig:
    providers: [{name: p, issuer: i, jwksUri: "https://k.example/", clockSkew: 5}]
---
apiVersion: extensions.istio.io/v1alpha1
kind: WasmPlugin
metadata: {name: bare}
spec: {}
`

const extensionPolicy = `
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: EnvoyExtensionPolicy
metadata: {name: sessions}
spec:
  wasm:
  - name: gate
    config:
      providers: [{name: p, issuer: i, jwksUri: "https://k.example/", clockSkew: 5}]
`

const bootstrap = `
static_resources:
  listeners:
  - name: web
    filter_chains:
    - filters:
      - name: envoy.filters.network.http_connection_manager
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
          http_filters:
          - name: sessions
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm
              config:
                name: text
                configuration:
                  "@type": type.googleapis.com/google.protobuf.StringValue
                  value: |
                    {"providers": [{"name": "p", "issuer": "i", "jwksUri": "https://k.example/", "clockSkew": 5}]}
          - name: sessions
            typed_config:
              "@type": type.googleapis.com/xds.type.v3.TypedStruct
              type_url: type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm
              value:
                config:
                  name: struct
                  configuration:
                    "@type": type.googleapis.com/google.protobuf.Struct
                    value:
                      providers: [{name: p, issuer: i, jwksUri: "https://k.example/", jwksCluster: keys}]
          - name: sessions
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm
              config:
                name: elsewhere
                configuration:
                  "@type": type.googleapis.com/google.protobuf.Struct
                  value:
                    providers: [{name: p, issuer: i, jwksUri: "https://k.example/"}]
  clusters:
  - name: keys
`

const envoyFilter = `
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: {name: sessions, namespace: prod}
spec:
  configPatches:
  - applyTo: HTTP_FILTER
    patch:
      operation: INSERT_BEFORE
      value:
        name: sessions
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm
          config:
            name: gate
            configuration:
              "@type": type.googleapis.com/google.protobuf.StringValue
              value: '{}'
`

func TestCheck(t *testing.T) {
	missing := `error: providers: missing; write a list of objects: [{"name": ...}]`
	empty := `error: the configuration is empty; write at least {"providers": [{"preset": ...}]}`
	cases := map[string]struct {
		files    map[string]string
		args     []string
		status   int
		out      string
		findings []string
	}{
		"JSON":                {files: map[string]string{"a.json": goodJSON}, args: []string{"a.json"}, out: "a.json: ok\n"},
		"YAML":                {files: map[string]string{"a.yaml": goodYAML}, args: []string{"a.yaml"}, out: "a.yaml: ok\n"},
		"standard input":      {files: map[string]string{"-": goodJSON}, args: []string{"-"}, out: "-: ok\n"},
		"errors":              {files: map[string]string{"a.json": badJSON}, args: []string{"a.json"}, status: 1, findings: []string{"a.json: " + badLine + badPlace}},
		"not JSON":            {files: map[string]string{"a.json": "{\n  \"providers\": [\n}"}, args: []string{"a.json"}, status: 1, findings: []string{"a.json: error: the configuration is not valid JSON: a value is expected here (line 3, column 1)"}},
		"duplicates in JSON":  {files: map[string]string{"a.json": `{"providers": [], "providers": []}`}, args: []string{"a.json"}, status: 1, findings: []string{`a.json: error: providers: an empty list; write a list of objects: [{"name": ...}] (line 1, column 15)`, `a.json: error: providers: given twice; keep one (line 1, column 32)`}},
		"neither":             {files: map[string]string{"a.yaml": "a: [b"}, args: []string{"a.yaml"}, status: 2},
		"duplicates in YAML":  {files: map[string]string{"a.yaml": "providers: []\nproviders: []\n"}, args: []string{"a.yaml"}, status: 2},
		"no file":             {args: []string{"a.yaml"}, status: 2, findings: []string{"a.yaml: error: open a.yaml: no such file or directory"}},
		"an empty file":       {files: map[string]string{"a.yaml": ""}, args: []string{"a.yaml"}, status: 1, findings: []string{"a.yaml: " + empty}},
		"nothing but remarks": {files: map[string]string{"a.yaml": "# nothing\n"}, args: []string{"a.yaml"}, status: 2, findings: []string{"a.yaml: error: holds no configuration of the filter"}},
		"several files, the worst counts": {
			files: map[string]string{"a.json": badJSON, "b.json": goodJSON}, args: []string{"a.json", "b.json"}, status: 1,
			out: "b.json: ok\n", findings: []string{"a.json: " + badLine + badPlace},
		},
		"WasmPlugins among others": {
			files: map[string]string{"a.yaml": wasmPlugins}, args: []string{"a.yaml"}, status: 1,
			out:      "a.yaml (WasmPlugin prod/sessions): ok\n",
			findings: []string{"a.yaml (WasmPlugin prod/broken): " + badLine, "a.yaml (WasmPlugin bare): " + empty},
		},
		"a WasmPlugin by its name":       {files: map[string]string{"a.yaml": wasmPlugins}, args: []string{"a.yaml", "--plugin", "sessions"}, out: "a.yaml (WasmPlugin prod/sessions): ok\n"},
		"a WasmPlugin by its pluginName": {files: map[string]string{"a.yaml": wasmPlugins}, args: []string{"a.yaml", "--plugin", "gate"}, out: "a.yaml (WasmPlugin prod/sessions): ok\n"},
		"a plugin that is not there":     {files: map[string]string{"a.yaml": wasmPlugins}, args: []string{"a.yaml", "--plugin", "x"}, status: 2, findings: []string{"a.yaml: error: holds no configuration of the filter"}},
		"EnvoyExtensionPolicy": {
			files: map[string]string{"a.yaml": extensionPolicy}, args: []string{"a.yaml"}, status: 1,
			findings: []string{"a.yaml (EnvoyExtensionPolicy sessions gate): " + badLine},
		},
		"EnvoyFilter": {
			files: map[string]string{"a.yaml": envoyFilter}, args: []string{"a.yaml"}, status: 1,
			findings: []string{"a.yaml (EnvoyFilter prod/sessions filter gate): " + missing},
		},
		"Envoy bootstrap": {
			files: map[string]string{"a.yaml": bootstrap}, args: []string{"a.yaml"}, status: 1,
			out: "a.yaml (listener web filter struct): ok\na.yaml (listener web filter elsewhere): ok\n",
			findings: []string{
				"a.yaml (listener web filter text): " + badLine,
				`a.yaml (listener web filter elsewhere): warning: providers[0].jwksCluster: the bootstrap has no cluster "outbound|443||k.example", so no keys will come; add it, or name one of its clusters`,
			},
		},
		"ports that virtual hosts tell apart": {
			files: map[string]string{"a.yaml": portedBootstrap("x: y", "x: y")}, args: []string{"a.yaml"},
			out:      "a.yaml (listener web filter gate): ok\n",
			findings: []string{"a.yaml (listener web filter gate): warning: rules[0].hosts: the rule asks for less than those after it, and is for a host with any port, where Envoy's virtual hosts tell ports apart; write ignore_port_in_host_matching: true in route_config, or strip_any_host_port: true in the connection manager"},
		},
		"ports that virtual hosts ignore": {
			files: map[string]string{"a.yaml": portedBootstrap("x: y", "ignore_port_in_host_matching: true")}, args: []string{"a.yaml"},
			out: "a.yaml (listener web filter gate): ok\n",
		},
		"ports that are cut off": {
			files: map[string]string{"a.yaml": portedBootstrap("stripAnyHostPort: true", "x: y")}, args: []string{"a.yaml"},
			out: "a.yaml (listener web filter gate): ok\n",
		},
		"warnings do not fail": {
			files: map[string]string{"a.json": strings.TrimSuffix(goodJSON, "}") + `, "rules": [{"paths": ["/admin/*"]}]}`}, args: []string{"a.json"},
			out: "a.json: ok\n", findings: []string{`a.json: warning: rules[0].paths[0]: "/admin/*" does not cover "/admin"; write that too if it is meant (line 1, column 124)`},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			status, out, findings := commandtest.Run(t, Command(), c.files, c.args...)
			if status != c.status {
				t.Errorf("exit status %d, not %d", status, c.status)
			}
			if diff := cmp.Diff(c.out, out); diff != "" {
				t.Error(diff)
			}
			if c.findings == nil && c.status != 0 {
				return // a message of another package
			}
			want := ""
			for _, f := range c.findings {
				want += f + "\n"
			}
			if diff := cmp.Diff(want, findings); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCheckEffective(t *testing.T) {
	_, out, _ := commandtest.Run(t, Command(), map[string]string{"a.json": goodJSON}, "--effective", "a.json")
	if !strings.HasPrefix(out, "{\n  \"providers\": [") || !strings.Contains(out, `"jwksTimeout": "5s"`) {
		t.Error(out)
	}
}

// portedBootstrap has a rule for a host that asks for less than what follows it.
func portedBootstrap(manager, routes string) string {
	return `
static_resources:
  clusters: [{name: k}]
  listeners:
  - name: web
    filter_chains:
    - filters:
      - name: envoy.filters.network.http_connection_manager
        typed_config:
          ` + manager + `
          route_config:
            ` + routes + `
            virtual_hosts: [{name: open, domains: [open.example.com]}, {name: all, domains: ["*"]}]
          http_filters:
          - name: sessiongate
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm
              config:
                name: gate
                configuration:
                  "@type": type.googleapis.com/google.protobuf.Struct
                  value: {providers: [{name: mine, issuer: "https://i.example", jwksUri: "https://k.example/keys", jwksCluster: k}], rules: [{hosts: [open.example.com], auth: skip}]}
`
}
