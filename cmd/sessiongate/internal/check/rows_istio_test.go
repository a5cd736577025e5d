package check

// A configuration that is right, and key hosts for the resources around it.
const corbadoConfig = `
    providers: [{preset: corbado, projectId: pro-123}]
    corsOrigins: []
`

const (
	keysHost = "pro-123.frontendapi.cloud.corbado.io"

	serviceEntry = `---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: keys, namespace: shop}
spec: {hosts: [` + keysHost + `], ports: [{number: 443, name: https, protocol: HTTPS}], resolution: DNS}
`
	destinationRule = `---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: keys, namespace: shop}
spec:
  host: ` + keysHost + `
  trafficPolicy: {tls: {mode: SIMPLE, caCertificates: system, sni: ` + keysHost + `, subjectAltNames: [` + keysHost + `]}}
`
)

// plugin is a WasmPlugin at a sidecar, right but for what spec says.
func plugin(spec string) string {
	return `apiVersion: extensions.istio.io/v1alpha1
kind: WasmPlugin
metadata: {name: gate, namespace: shop}
spec:
` + spec + `
  url: file:///etc/gate.wasm
`
}

const rightPlugin = `  phase: AUTHN
  failStrategy: FAIL_RELOAD
  selector: {matchLabels: {app: orders}}
  match: [{mode: SERVER}]
  pluginConfig:` + corbadoConfig

var istioRows = []row{
	{"a WasmPlugin that is right", plugin(rightPlugin), nil},
	{"FAIL_OPEN", plugin("  phase: AUTHN\n  match: [{mode: SERVER}]\n  failStrategy: §FAIL_OPEN\n  pluginConfig:" + corbadoConfig), []find{
		{"error", `spec.failStrategy: FAIL_OPEN lets every request pass … write FAIL_RELOAD`, "failing-open"},
	}},
	{"a strategy that there is not", plugin("  phase: AUTHN\n  match: [{mode: SERVER}]\n  failStrategy: §FAIL_CLOSED\n  pluginConfig:" + corbadoConfig), []find{
		{"error", `spec.failStrategy: "FAIL_CLOSED" is not a strategy; write FAIL_RELOAD`, "fail-strategies"},
	}},
	{"FAIL_CLOSE", plugin("  phase: AUTHN\n  match: [{mode: SERVER}]\n  failStrategy: FAIL_CLOSE\n  pluginConfig:" + corbadoConfig), nil},

	{"no phase", plugin("  §match: [{mode: SERVER}]\n  pluginConfig:" + corbadoConfig), []find{
		{"warning", `spec.phase: without a phase … write phase: AUTHN`, "phases"},
	}},
	{"phase STATS", plugin("  phase: §STATS\n  match: [{mode: SERVER}]\n  pluginConfig:" + corbadoConfig), []find{
		{"warning", `spec.phase: in phase STATS … write phase: AUTHN`, "phases"},
	}},
	{"phase AUTHZ", plugin("  phase: AUTHZ\n  match: [{mode: SERVER}]\n  pluginConfig:" + corbadoConfig), nil},

	{"a sidecar without match", plugin("  §phase: AUTHN\n  selector: {matchLabels: {app: orders}}\n  pluginConfig:" + corbadoConfig), []find{
		{"warning", `spec.match: at a sidecar the filter also runs on the calls … write match: [{mode: SERVER}]`, "sidecars"},
	}},
	{"a sidecar with ports alone", plugin("  phase: AUTHN\n  match: §[{ports: [{number: 80}]}]\n  pluginConfig:" + corbadoConfig), []find{
		{"warning", `spec.match: … write match: [{mode: SERVER}]`, "sidecars"},
	}},
	{"a sidecar with mode CLIENT", plugin("  phase: AUTHN\n  selector: {matchLabels: {app: orders}}\n  match: §[{mode: CLIENT}]\n  pluginConfig:" + corbadoConfig), []find{
		{"warning", `spec.match: with mode CLIENT … not on the calls that it gets; write match: [{mode: SERVER}]`, "sidecars"},
	}},
	{"a gateway with mode SERVER", plugin("  phase: AUTHN\n  selector: {matchLabels: {istio: ingressgateway}}\n  match: §[{mode: SERVER}]\n  pluginConfig:" + corbadoConfig), []find{
		{"warning", `spec.match: Istio counts gateways as clients … remove "match"`, "sidecars"},
	}},
	{"a gateway by its labels", plugin("  phase: AUTHN\n  selector: {matchLabels: {istio: ingressgateway}}\n  pluginConfig:" + corbadoConfig), nil},
	{"a gateway by the name of a label", plugin("  phase: AUTHN\n  selector: {matchLabels: {gateway: public}}\n  pluginConfig:" + corbadoConfig), nil},
	{"a waypoint with mode SERVER", plugin("  phase: AUTHN\n  targetRefs: [{kind: Gateway, name: waypoint, group: gateway.networking.k8s.io}]\n  match: [{mode: SERVER}]\n  pluginConfig:" + corbadoConfig), nil},
	{"a gateway by its targets", plugin("  phase: AUTHN\n  targetRefs: [{kind: Gateway, name: public, group: gateway.networking.k8s.io}]\n  pluginConfig:" + corbadoConfig), nil},
	{"a gateway with mode CLIENT", plugin("  phase: AUTHN\n  selector: {matchLabels: {istio: ingress}}\n  match: [{mode: CLIENT}]\n  pluginConfig:" + corbadoConfig), nil},
	{"a gateway by a Gateway beside it", plugin("  phase: AUTHN\n  selector: {matchLabels: {edge: public}}\n  pluginConfig:"+corbadoConfig) + serviceEntry + destinationRule + `---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec: {selector: {edge: public}}
`, nil},

	{"no ServiceEntry", plugin("  phase: AUTHN\n  match: [{mode: SERVER}]\n  pluginConfig:\n    providers: [{preset: corbado, projectId: §pro-123}]") + `---
kind: Service
apiVersion: v1
metadata: {name: orders, namespace: shop}
`, []find{{"warning", `providers[0].projectId: keys come from "` + keysHost + `", which no ServiceEntry here names`, "service-entries"}}},
	{"a ServiceEntry for another host", plugin("  phase: AUTHN\n  match: [{mode: SERVER}]\n  pluginConfig:\n    providers: [{preset: corbado, projectId: §pro-124}]") + serviceEntry, []find{
		{"warning", `keys come from "pro-124.frontendapi.cloud.corbado.io", and the ServiceEntry here is for "` + keysHost + `"; write hosts:`, "service-entries"},
	}},
	{"a ServiceEntry that another namespace keeps to itself", plugin("  phase: AUTHN\n  match: [{mode: SERVER}]\n  pluginConfig:\n    providers: [{preset: corbado, projectId: §pro-123}]") + `---
kind: ServiceEntry
metadata: {name: keys, namespace: other}
spec: {exportTo: ["."], hosts: [` + keysHost + `], ports: [{number: 443}]}
` + destinationRule, []find{{"warning", `in this namespace or exported to it`, "service-entries"}}},
	{"a ServiceEntry for another port", plugin("  phase: AUTHN\n  match: [{mode: SERVER}]\n  pluginConfig:\n    providers: [{preset: corbado, projectId: §pro-123}]") + `---
kind: ServiceEntry
metadata: {name: keys, namespace: shop}
spec: {hosts: [` + keysHost + `], ports: [{number: 8443}]}
` + destinationRule, []find{{"warning", `keys come from port 443`, "service-entries"}}},
	{"a cluster of a bootstrap", plugin("  phase: AUTHN\n  match: [{mode: SERVER}]\n  pluginConfig:\n    corsOrigins: []\n    providers: [{preset: corbado, projectId: pro-123, jwksCluster: §corbado}]") + serviceEntry + destinationRule, []find{
		{"warning", `providers[0].jwksCluster: Istio makes no cluster "corbado", so the proxy cannot fetch keys; remove jwksCluster`, "clusters-of-istio"},
	}},
	{"a cluster that an EnvoyFilter adds", plugin("  phase: AUTHN\n  match: [{mode: SERVER}]\n  pluginConfig:\n    corsOrigins: []\n    providers: [{preset: corbado, projectId: pro-123, jwksCluster: corbado}]") + `---
kind: EnvoyFilter
metadata: {name: keys, namespace: shop}
spec: {configPatches: [{applyTo: CLUSTER, patch: {operation: ADD, value: {name: corbado}}}]}
`, nil},
	{"a cluster that other files may add", plugin("  phase: AUTHN\n  match: [{mode: SERVER}]\n  pluginConfig:\n    corsOrigins: []\n    providers: [{preset: corbado, projectId: pro-123, jwksCluster: corbado}]"), nil},
	{"a ServiceEntry in another file", "=== a.yaml\n" + plugin(rightPlugin) + destinationRule + "=== b.yaml\n" + serviceEntry, nil},
	{"a WasmPlugin alone, whose ServiceEntry may be elsewhere", plugin(rightPlugin), nil},

	{"no DestinationRule", plugin("  phase: AUTHN\n  match: [{mode: SERVER}]\n  pluginConfig:\n    providers: [{preset: corbado, projectId: §pro-123}]") + serviceEntry, []find{
		{"warning", `providers[0].projectId: no DestinationRule here is for … without TLS; add one with tls:`, "destination-rules"},
	}},
	{"a DestinationRule without TLS", plugin(rightPlugin) + serviceEntry + `---
kind: DestinationRule
metadata: {name: keys, namespace: shop}
spec:
  §host: ` + keysHost + `
`, []find{{"warning", `spec.trafficPolicy.tls: asks for keys without TLS … write tls: {mode: SIMPLE, subjectAltNames: ["` + keysHost + `"]}`, "destination-rules"}}},
	{"a DestinationRule that turns TLS off", plugin(rightPlugin) + serviceEntry + `---
kind: DestinationRule
metadata: {name: keys, namespace: shop}
spec:
  host: ` + keysHost + `
  trafficPolicy: {tls: §{mode: DISABLE}}
`, []find{{"warning", `asks for keys without TLS`, "destination-rules"}}},
	{"a DestinationRule without subjectAltNames", plugin(rightPlugin) + serviceEntry + `---
kind: DestinationRule
metadata: {name: keys, namespace: shop}
spec:
  host: ` + keysHost + `
  trafficPolicy: {tls: §{mode: SIMPLE, sni: ` + keysHost + `}}
`, []find{{"warning", `accepts a certificate of any name … write subjectAltNames: ["` + keysHost + `"]`, "destination-rules"}}},
	{"a DestinationRule that checks nothing", plugin(rightPlugin) + serviceEntry + `---
kind: DestinationRule
metadata: {name: keys, namespace: shop}
spec:
  host: ` + keysHost + `
  trafficPolicy: {tls: {mode: SIMPLE, insecureSkipVerify: §true, subjectAltNames: [x]}}
`, []find{{"warning", `accepts any certificate`, "destination-rules"}}},
	{"a DestinationRule for all hosts of a domain", plugin(rightPlugin) + serviceEntry + `---
kind: DestinationRule
metadata: {name: keys, namespace: shop}
spec: {host: "*.corbado.io", trafficPolicy: {tls: {mode: SIMPLE, subjectAltNames: ["*.corbado.io"]}}}
`, nil},
	{"a subset that there is not", plugin("  phase: AUTHN\n  match: [{mode: SERVER}]\n  pluginConfig:\n    corsOrigins: []\n    providers: [{preset: corbado, projectId: pro-123, jwksCluster: \"outbound|443|keys|"+keysHost+"\"}]") + serviceEntry + `---
kind: DestinationRule
metadata: {name: keys, namespace: shop}
spec:
  §host: ` + keysHost + `
  subsets: [{name: other}]
`, []find{{"warning", `spec.subsets: has no subset "keys"`, "destination-rules"}}},
	{"TLS of a port, and of a subset", plugin("  phase: AUTHN\n  match: [{mode: SERVER}]\n  pluginConfig:\n    corsOrigins: []\n    providers: [{preset: corbado, projectId: pro-123, jwksCluster: \"outbound|443|keys|"+keysHost+"\"}]") + serviceEntry + `---
kind: DestinationRule
metadata: {name: keys, namespace: shop}
spec:
  host: ` + keysHost + `
  subsets: [{name: keys, trafficPolicy: {portLevelSettings: [{port: {number: 443}, tls: {mode: SIMPLE, subjectAltNames: [x]}}]}}]
`, nil},
	{"a whole file that is right", plugin(rightPlugin) + serviceEntry + destinationRule, nil},
	{"keys inside of the mesh", plugin("  phase: AUTHN\n  match: [{mode: SERVER}]\n  pluginConfig:\n    corsOrigins: []\n    providers: [{name: p, issuer: i, audiences: [a], jwksUri: \"http://keys.shop.svc.cluster.local/\", allowInsecureJwks: true}]") + serviceEntry, nil},

	{"a digest that is none", plugin("  phase: AUTHN\n  match: [{mode: SERVER}]\n  sha256: §abc123\n  pluginConfig:" + corbadoConfig), []find{
		{"warning", `spec.sha256: "abc123" is not a SHA-256; write 64 characters`, "digests"},
	}},
	{"a digest with its prefix", plugin("  phase: AUTHN\n  match: [{mode: SERVER}]\n  sha256: §sha256:0000000000000000000000000000000000000000000000000000000000000000\n  pluginConfig:" + corbadoConfig), []find{
		{"warning", `spec.sha256: … without "sha256:" in front`, "digests"},
	}},
	{"an image without a digest", "kind: WasmPlugin\nmetadata: {name: a, namespace: istio-ingress}\nspec:\n  phase: AUTHN\n  url: §oci://registry.example.com/gate:1.0.0\n  pluginConfig:" + corbadoConfig, []find{
		{"warning", `spec.url: without a digest … write sha256`, "digests"},
	}},
	{"a digest in the URL that is none", "kind: WasmPlugin\nmetadata: {name: a, namespace: istio-ingress}\nspec:\n  phase: AUTHN\n  url: §oci://registry.example.com/gate@sha256:123\n  pluginConfig:" + corbadoConfig, []find{
		{"warning", `spec.url: … is not a SHA-256`, "digests"},
	}},
	{"a digest in the URL", "kind: WasmPlugin\nmetadata: {name: a, namespace: istio-ingress}\nspec:\n  phase: AUTHN\n  url: oci://registry.example.com/gate@sha256:0000000000000000000000000000000000000000000000000000000000000000\n  pluginConfig:" + corbadoConfig, nil},
	{"a module that is fetched without a digest", "kind: WasmPlugin\nmetadata: {name: a, namespace: istio-ingress}\nspec:\n  phase: AUTHN\n  url: §https://files.example.com/gate.wasm\n  pluginConfig:" + corbadoConfig, []find{
		{"warning", `spec.url: without a digest`, "digests"},
	}},

	{"pluginConfig as text", plugin("  phase: AUTHN\n  match: [{mode: SERVER}]\n  pluginConfig: §|\n    {\"providers\": [{\"preset\": \"corbado\", \"projectId\": \"pro-123\"}]}"), []find{
		{"error", `spec.pluginConfig: pluginConfig is text, and has to be an object; remove the |`, "configuration-as-text"},
	}},
	{"a mistake inside of pluginConfig", plugin("  phase: AUTHN\n  match: [{mode: SERVER}]\n  pluginConfig:\n    providers:\n    - preset: corbado\n      projectId: pro-123\n      clockSkew: §5\n"), []find{
		{"error", `providers[0].clockSkew: 5 is a number; write "5s"`, "reference.md#providers"},
	}},
	{"a policy of action CUSTOM by identity headers", plugin(rightPlugin) + serviceEntry + destinationRule + `---
kind: AuthorizationPolicy
metadata: {name: a, namespace: shop}
spec: {action: CUSTOM, provider: {name: p}, rules: [{when: [{key: §"request.headers[x-identity-org-role]", values: [a]}]}]}
`, []find{{"warning", `spec.rules: action CUSTOM runs before the filter … "require"`, "order-of-filters"}}},
	{"a policy of action DENY by identity headers", plugin(rightPlugin) + serviceEntry + destinationRule + `---
kind: AuthorizationPolicy
metadata: {name: a, namespace: shop}
spec: {action: DENY, rules: [{when: [{key: "request.headers[x-identity-org-role]", notValues: [a]}]}]}
`, nil},
	{"a signing key in the file", plugin(rightPlugin + signs + "  vmConfig: {env: [{name: SESSIONGATE_SIGNING_KEY, value: §made-up-for-this-test}]}"), []find{
		{"error", `spec.vmConfig.env: the signing key is in this file … {name: SESSIONGATE_SIGNING_KEY, valueFrom: HOST}`, "signing-keys"},
	}},
	{"a signing key that nobody gives", "kind: WasmPlugin\nmetadata: {name: a, namespace: istio-ingress}\nspec:\n  §phase: AUTHN\n  pluginConfig:" + corbadoConfig + signs, []find{
		{"warning", `spec.vmConfig.env: the filter is not given "SESSIONGATE_SIGNING_KEY"`, "signing-keys"},
	}},
	{"a signing key of the host's environment", plugin(rightPlugin + signs + "  vmConfig: {env: [{name: SESSIONGATE_SIGNING_KEY, valueFrom: HOST}]}"), nil},
}

const signs = "    assertion: {issuer: \"https://gate.example.com\", audience: backend}\n"
