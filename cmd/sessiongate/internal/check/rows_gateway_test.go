package check

import "strings"

// extension is an EnvoyExtensionPolicy of Envoy Gateway with one filter.
func extension(filter string) string {
	return `apiVersion: gateway.envoyproxy.io/v1alpha1
kind: EnvoyExtensionPolicy
metadata: {name: gate, namespace: shop}
spec:
  wasm:
  - name: sessiongate
` + filter + `
    config:
      providers: [{preset: corbado, projectId: pro-123, jwksCluster: keys}]
      corsOrigins: []
`
}

const gatewayImage = `    code: {type: Image, image: {url: registry.example.com/gate:1, sha256: "0000000000000000000000000000000000000000000000000000000000000000"}}`

// envoyProxy adds a cluster.
func envoyProxy(cluster string) string {
	return `---
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: EnvoyProxy
metadata: {name: gate, namespace: shop}
spec:
  bootstrap:
    type: Merge
    value: |
      static_resources:
        clusters:
` + cluster
}

var gatewayRows = []row{
	{"a policy that is right", extension(gatewayImage + "\n    failOpen: false"), nil},
	{"failOpen", extension(gatewayImage + "\n    failOpen: §true"), []find{
		{"error", `failOpen: true lets every request pass … write false`, "failing-open"},
	}},
	{"an image without a digest", extension(`    code: {type: Image, image: {url: §registry.example.com/gate:1}}`), []find{
		{"warning", `code.image.url: without a digest`, "digests"},
	}},
	{"a digest that is none", extension(`    code: {type: HTTP, http: {url: "https://files.example.com/gate.wasm", sha256: §"0"}}`), []find{
		{"warning", `code.http.sha256: "0" is not a SHA-256`, "digests"},
	}},
	{"config as text", "kind: EnvoyExtensionPolicy\nmetadata: {name: gate}\nspec:\n  wasm:\n  - name: gate\n    config: §|\n      {\"providers\": []}\n", []find{
		{"error", `config is text, and has to be an object`, "configuration-as-text"},
	}},
	{"a key cluster without TLS", extension(gatewayImage) + envoyProxy(`        - §name: keys
          type: STRICT_DNS
          load_assignment: {endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: k.example, port_value: 443}}}}]}]}
`), []find{{"warning", `clusters[keys]: the proxy fetches keys without TLS`, "key-clusters"}}},
	{"a cluster that Envoy Gateway has itself", extension(gatewayImage) + envoyProxy("        - name: other\n"), nil},
	{"extAuth in Envoy Gateway's own order", extension(gatewayImage) + `---
kind: SecurityPolicy
metadata: {name: a, namespace: shop}
spec:
  extAuth: §{grpc: {backendRefs: [{name: authz}]}}
`, []find{{"warning", `spec.extAuth: this runs before the filter … write filterOrder into the EnvoyProxy`, "order-of-filters"}}},
	{"extAuth behind the filter", extension(gatewayImage) + `---
kind: SecurityPolicy
metadata: {name: a, namespace: shop}
spec: {extAuth: {grpc: {backendRefs: [{name: authz}]}}}
---
kind: EnvoyProxy
metadata: {name: a, namespace: shop}
spec: {filterOrder: [{name: envoy.filters.http.wasm, before: envoy.filters.http.ext_authz}]}
`, nil},
	{"a signing key that Envoy Gateway does not give", strings.Replace(extension("    code: {type: Image}\n    env: {hostKeys: [OTHER]}"), "- name", "- §name", 1) + "      assertion: {issuer: \"https://gate.example.com\", audience: backend}\n", []find{
		{"warning", `env.hostKeys: the filter is not given`, "signing-keys"},
	}},
}
