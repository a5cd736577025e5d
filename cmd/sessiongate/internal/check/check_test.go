package check

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/commandtest"
)

const (
	goodJSON = `{"providers": [{"name": "p", "issuer": "i", "audiences": ["a"], "jwksUri": "https://k.example/", "jwksCluster": "keys"}]}`
	badJSON  = `{"providers": [{"name": "p", "issuer": "i", "audiences": ["a"], "jwksUri": "https://k.example/", "clockSkew": 5}]}`
	badText  = `providers[0].clockSkew: 5 is a number; write "5s"`
)

const (
	warned  = `{"providers": [{"name": "p", "issuer": "i", "audiences": ["a"], "jwksUri": "https://k.example/"}], "rules": [{"auth": "skip"}]}`
	warning = `a.json:1:119: warning: rules[0].auth: every request falls under "skip", so no token is ever verified; write "paths" for what is open, and leave the rest without a rule`
)

const goodYAML = `
providers:
- name: p
  issuer: i
  audiences: [a]
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
  phase: AUTHN
  match: [{mode: SERVER}]
  pluginConfig:
    providers: [{name: p, issuer: i, audiences: [a], jwksUri: "https://k.example/", jwksCluster: k}]
---
apiVersion: extensions.istio.io/v1alpha1
kind: WasmPlugin
metadata: {name: broken, namespace: prod}
spec:
  phase: AUTHN
  match: [{mode: SERVER}]
  pluginConfig:
    providers: [{name: p, issuer: i, audiences: [a], jwksUri: "https://k.example/", jwksCluster: k, clockSkew: 5}]
---
apiVersion: extensions.istio.io/v1alpha1
kind: WasmPlugin
metadata: {name: bare}
spec: {phase: AUTHN, match: [{mode: SERVER}]}
`

const extensionPolicy = `
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: EnvoyExtensionPolicy
metadata: {name: sessions}
spec:
  wasm:
  - name: gate
    config:
      providers: [{name: p, issuer: i, audiences: [a], jwksUri: "https://k.example/", clockSkew: 5}]
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
                    {"providers": [{"name": "p", "issuer": "i", "audiences": ["a"], "jwksUri": "https://k.example/", "clockSkew": 5}]}
          - name: sessions
            typed_config:
              "@type": type.googleapis.com/xds.type.v3.TypedStruct
              type_url: type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm
              value:
                config:
                  name: struct
                  configuration:
                    "@type": type.googleapis.com/google.protobuf.StringValue
                    value: |
                      {"providers": [{"name": "p", "issuer": "i", "audiences": ["a"], "jwksUri": "https://k.example/", "jwksCluster": "keys"}]}
          - name: sessions
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm
              config:
                name: elsewhere
                configuration:
                  "@type": type.googleapis.com/google.protobuf.StringValue
                  value: |
                    {"providers": [{"name": "p", "issuer": "i", "audiences": ["a"], "jwksUri": "https://k.example/"}]}
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
	empty := `the configuration is empty; write at least {"providers": [{"preset": ...}]}`
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
		"errors":              {files: map[string]string{"a.json": badJSON}, args: []string{"a.json"}, status: 1, findings: []string{"a.json:1:111: error: " + badText}},
		"not JSON":            {files: map[string]string{"a.json": "{\n  \"providers\": [\n}"}, args: []string{"a.json"}, status: 1, findings: []string{"a.json:3:1: error: not valid JSON: a value is expected here"}},
		"duplicates in JSON":  {files: map[string]string{"a.json": `{"providers": [], "providers": []}`}, args: []string{"a.json"}, status: 1, findings: []string{`a.json:1:15: error: providers: an empty list; write a list of objects: [{"name": ...}]`, `a.json:1:32: error: providers: given twice; keep one`}},
		"neither":             {files: map[string]string{"a.yaml": "a: [b"}, args: []string{"a.yaml"}, status: 1, findings: []string{"a.yaml:1:4: error: not valid YAML: this [ is not closed, or a comma is missing behind it"}},
		"duplicates in YAML":  {files: map[string]string{"a.yaml": "providers: []\nproviders: []\n"}, args: []string{"a.yaml"}, status: 1, findings: []string{`a.yaml:1:12: error: providers: an empty list; write a list of objects: [{"name": ...}]`, "a.yaml:2:12: error: providers: given twice; keep one"}},
		"no file":             {args: []string{"a.yaml"}, status: 2, findings: []string{"a.yaml: error: open a.yaml: no such file or directory"}},
		"an empty file":       {files: map[string]string{"a.yaml": ""}, args: []string{"a.yaml"}, status: 1, findings: []string{"a.yaml: error: " + empty}},
		"nothing but remarks": {files: map[string]string{"a.yaml": "# nothing\n"}, args: []string{"a.yaml"}, status: 2, findings: []string{"a.yaml: error: holds no configuration of the filter"}},
		"several files, the worst counts": {
			files: map[string]string{"a.json": badJSON, "b.json": goodJSON}, args: []string{"a.json", "b.json"}, status: 1,
			out: "b.json: ok\n", findings: []string{"a.json:1:111: error: " + badText},
		},
		"WasmPlugins among others": {
			files: map[string]string{"a.yaml": wasmPlugins}, args: []string{"a.yaml"}, status: 1,
			out:      "a.yaml (WasmPlugin prod/sessions): ok\n",
			findings: []string{"a.yaml:23:112: error: WasmPlugin prod/broken: " + badText, "a.yaml:28:7: error: WasmPlugin bare: " + empty},
		},
		"a WasmPlugin by its name":       {files: map[string]string{"a.yaml": wasmPlugins}, args: []string{"a.yaml", "--plugin", "sessions"}, out: "a.yaml (WasmPlugin prod/sessions): ok\n"},
		"a WasmPlugin by its pluginName": {files: map[string]string{"a.yaml": wasmPlugins}, args: []string{"a.yaml", "--plugin", "gate"}, out: "a.yaml (WasmPlugin prod/sessions): ok\n"},
		"a plugin that is not there":     {files: map[string]string{"a.yaml": wasmPlugins}, args: []string{"a.yaml", "--plugin", "x"}, status: 2, findings: []string{"a.yaml: error: holds no configuration of the filter"}},
		"EnvoyExtensionPolicy": {
			files: map[string]string{"a.yaml": extensionPolicy}, args: []string{"a.yaml"}, status: 1,
			findings: []string{"a.yaml:9:98: error: EnvoyExtensionPolicy sessions gate: " + badText},
		},
		"EnvoyFilter": {
			files: map[string]string{"a.yaml": envoyFilter}, args: []string{"a.yaml"}, status: 1,
			findings: []string{`a.yaml:18:23: error: EnvoyFilter prod/sessions filter gate: providers: missing; write a list of objects: [{"name": ...}]`},
		},
		"Envoy bootstrap": {
			files: map[string]string{"a.yaml": bootstrap}, args: []string{"a.yaml"}, status: 1,
			out: "a.yaml (listener web filter struct): ok\n",
			findings: []string{
				"a.yaml:19:131: error: listener web filter text: " + badText,
				`a.yaml:39:96: error: listener web filter elsewhere: providers[0].jwksUri: the bootstrap has no cluster "outbound|443||k.example", so the proxy cannot fetch keys; add it, or name one of its clusters`,
				"a.yaml:41:5: warning: listener web filter struct: clusters[keys]: the proxy fetches keys without TLS, so an attacker between the proxy and the key server can serve keys of their own; write a transport_socket with UpstreamTlsContext, sni and validation_context",
			},
		},
		"warnings do not fail": {
			files: map[string]string{"a.json": warned}, args: []string{"a.json"},
			out: "a.json: ok\n", findings: []string{warning},
		},
		"warnings fail under --strict": {
			files: map[string]string{"a.json": warned, "b.json": goodJSON}, args: []string{"--strict", "a.json", "b.json"}, status: 1,
			out: "a.json: ok\nb.json: ok\n", findings: []string{warning},
		},
		"annotations of a workflow": {
			files: map[string]string{"a.json": strings.TrimSuffix(warned, "}") + `, "corsOrigins": []}`}, args: []string{"--format", "github", "a.json"},
			out: "::warning file=a.json,line=1,col=119,title=sessiongate check::rules[0].auth: every request falls under \"skip\", so no token is ever verified; write \"paths\" for what is open, and leave the rest without a rule%0Ahttps://github.com/sessiongate/sessiongate/blob/main/docs/check.md#nothing-is-verified\n",
		},
		"nothing to say, for programs":  {files: map[string]string{"a.json": strings.Replace(goodJSON, "}]}", `}], "corsOrigins": []}`, 1)}, args: []string{"--format", "json", "a.json"}, out: "[]\n"},
		"two kinds of output":           {files: map[string]string{"a.json": goodJSON}, args: []string{"--effective", "--format", "json", "a.json"}, status: 2},
		"a format that there is not":    {files: map[string]string{"a.json": goodJSON}, args: []string{"--format", "xml", "a.json"}, status: 2},
		"a folder, and what else is in": {files: map[string]string{"a.json": goodJSON, "values.yaml": "a: b\n", "chart.yaml": "a: {{ .Values.b }}\n", "c.txt": "x"}, args: []string{"."}, out: "a.json: ok\n"},
		"a folder with a broken file":   {files: map[string]string{"a.json": goodJSON, "b.yaml": "providers:\n\t- x\n"}, args: []string{"."}, status: 1, out: "a.json: ok\n", findings: []string{"b.yaml:2:1: error: not valid YAML: a tab; indent with spaces"}},
		"a folder with nothing":         {files: map[string]string{"values.yaml": "a: b\n"}, args: []string{"."}, status: 2, findings: []string{".: error: holds no configuration of the filter"}},
		"what kubectl prints":           {files: map[string]string{"a.yaml": "kind: List\nitems:\n- {kind: Pod}\n- {kind: WasmPlugin, metadata: {name: a, namespace: istio-ingress}, spec: {phase: AUTHN, pluginConfig: {providers: [{name: p, issuer: i, audiences: [a], jwks: {keys: []}}]}}}\n"}, args: []string{"a.yaml"}, status: 1, findings: []string{`a.yaml:4:160: error: WasmPlugin istio-ingress/a: providers[0].jwks: holds no key that can be used; write RSA (2048 bits and more), EC (P-256, P-384, P-521) or Ed25519 public keys`}},
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
			var got []string
			for line := range strings.Lines(findings) {
				if !strings.HasPrefix(line, " ") && !strings.Contains(line, ": note: ") {
					got = append(got, strings.TrimSpace(line))
				}
			}
			if diff := cmp.Diff(c.findings, got); diff != "" {
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
