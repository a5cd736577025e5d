package check

const requestAuthentication = `apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: sessions}
spec: {jwtRules: [{issuer: "https://i.example"}]}
`

var fileRows = []row{
	{"a RequestAuthentication", "§" + requestAuthentication, []find{
		{"error", `this is a RequestAuthentication of Istio, not of this filter; "sessiongate convert a.yaml"`, "configurations-of-others"},
	}},
	{"an AuthorizationPolicy that reads claims", `§kind: AuthorizationPolicy
metadata: {name: a}
spec: {rules: [{when: [{key: "request.auth.claims[role]", values: [admin]}]}]}
`, []find{{"error", `this is an AuthorizationPolicy of Istio that reads a token's claims … convert`, "configurations-of-others"}}},
	{"the spec of a RequestAuthentication", "§jwtRules: [{issuer: i, jwksUri: \"https://k.example\"}]\n", []find{
		{"error", `the spec of a RequestAuthentication of Istio`, "configurations-of-others"},
	}},
	{"jwt_authn's own configuration", `§providers:
  mine: {issuer: i, remote_jwks: {http_uri: {uri: "https://k.example", cluster: k}}}
rules: [{match: {prefix: /}, requires: {provider_name: mine}}]
`, []find{{"error", `a configuration of Envoy's jwt_authn, not of this filter; "sessiongate convert a.yaml"`, "configurations-of-others"}}},
	{"a bootstrap with jwt_authn", `static_resources:
  listeners:
  - filter_chains: [{filters: [{typed_config: {http_filters: [{name: a, typed_config: §{"@type": type.googleapis.com/envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication}}]}}]}]
`, []find{{"error", `a configuration of Envoy's jwt_authn`, "configurations-of-others"}}},
	{"a RequestAuthentication beside the filter", plugin(rightPlugin) + "---\n" + requestAuthentication + serviceEntry + destinationRule, nil},

	{"a RequestAuthentication in another file", "=== a.yaml\n" + plugin(rightPlugin) + serviceEntry + destinationRule + "=== b.yaml\n" + requestAuthentication, nil},
	{"a tab in YAML", "providers:\n§\t- preset: corbado\n", []find{
		{"error", `a tab; indent with spaces`, "files-that-cannot-be-read"},
	}},
	{"a bare star", "providers: [{preset: corbado, projectId: pro-123}]\nrules:\n- hosts: [§*.example.com]\n", []find{
		{"error", `* names an anchor in YAML; put the value in quotes, as in "*`, "files-that-cannot-be-read"},
	}},
	{"a bare star in a list of lines", "rules:\n- paths:\n  - /a\n  - §*.css\n", []find{
		{"error", `put the value in quotes`, "files-that-cannot-be-read"},
	}},
	{"a bare star that looks like an alias", "rules:\n- paths: [§*css]\n", []find{
		{"error", `* names an anchor in YAML`, "files-that-cannot-be-read"},
	}},
	{"bare braces", "rules:\n- paths: [§/users/{*}, /a]\n", []find{
		{"error", `{ begins an object in YAML; put the value in quotes`, "files-that-cannot-be-read"},
	}},
	{"bare braces with a name in a path", "rules:\n- paths: [§/t/{tenant}/x]\n", []find{
		{"error", `{ begins an object in YAML; put the value in quotes`, "files-that-cannot-be-read"},
	}},
	{"bare braces at the begin of a host", "rules:\n- hosts:\n  - §{tenant}.example.com\n", []find{
		{"error", `{ begins an object in YAML; put the value in quotes`, "files-that-cannot-be-read"},
	}},
	{"a RequestAuthentication's rules in a WasmPlugin", "kind: WasmPlugin\nmetadata: {name: a, namespace: istio-ingress}\nspec:\n  phase: AUTHN\n  pluginConfig:\n    §jwtRules: [{issuer: i}]\n", []find{
		{"error", `the spec of a RequestAuthentication of Istio`, "configurations-of-others"},
	}},
	{"a template that was not rendered", "providers:\n- preset: §{{ .Values.preset }}\n", []find{
		{"error", `{{ begins a template; render it first`, "files-that-cannot-be-read"},
	}},
	{"a line between two indentations", "providers:\n  - preset: corbado\n   §projectId: x\n", []find{
		{"error", `the indentation fits none of the lines above`, "files-that-cannot-be-read"},
	}},
	{"a list that is not closed", "onFailure: deny\nrules: §[{paths: [\"/a\"]}\nsignInUrl: /in\n", []find{
		{"error", `this [ is not closed, or a comma is missing`, "files-that-cannot-be-read"},
	}},
	{"two colons on a line", "providers:\n§- preset: corbado: x\n", []find{
		{"error", `a second colon in one value; put the value in quotes`, "files-that-cannot-be-read"},
	}},
	{"a quote that is not closed", "providers:\n- name: §\"a\n", []find{
		{"error", `a quote is not closed`, "files-that-cannot-be-read"},
	}},
	{"a name given twice in a resource", "kind: WasmPlugin\nmetadata: {name: a, namespace: istio-ingress}\nspec:\n  phase: AUTHN\n  §phase: STATS\n  pluginConfig:" + corbadoConfig, []find{
		{"error", `"phase" is given twice; keep one`, "files-that-cannot-be-read"},
	}},
	{"a name given twice in a configuration", "providers: [{preset: corbado, projectId: pro-123}]\ncorsOrigins: []\ncorsOrigins: §[]\n", []find{
		{"error", `corsOrigins: given twice; keep one`, "reference.md#the-configuration"},
	}},
	{"a comment in JSON", "{\n  §// keys\n  \"providers\": []}\n", []find{
		{"error", `it has no comments; remove this one, or write the file as YAML`, "files-that-cannot-be-read"},
	}},
	{"a comment before JSON", "§// keys\n{\"providers\": []}\n", []find{
		{"error", `it has no comments`, "files-that-cannot-be-read"},
	}},
	{"a comment behind a value in JSON", "{\"providers\": [] §# none\n}\n", []find{
		{"error", `it has no comments`, "files-that-cannot-be-read"},
	}},
	{"a comma before a brace in JSON", "{\"providers\": []§,\n}\n", []find{
		{"error", `a comma before }; remove it`, "files-that-cannot-be-read"},
	}},
	{"a comma before a bracket in JSON", "{\"providers\": [{\"preset\": \"corbado\"}§, ]}\n", []find{
		{"error", `a comma before ]; remove it`, "files-that-cannot-be-read"},
	}},
	{"single quotes in JSON", "{§'providers': []}\n", []find{
		{"error", `quotes are double`, "files-that-cannot-be-read"},
	}},
	{"JSON that ends too soon", "{\"providers\": [\n§", []find{
		{"error", `ends before everything is closed`, "files-that-cannot-be-read"},
	}},
	{"stars and braces in quotes", "providers: [{preset: corbado, projectId: pro-123}]\nrules:\n- hosts: [\"*.example.com\"]\n- paths: [\"/users/{*}\", '/a/{**}']\n  methods: [GET, HEAD] # and a comment\n", nil},
	{"an anchor that is meant", "providers: &p\n- {preset: corbado, projectId: pro-123}\nrules:\n- hosts: &own [a.example]\n- hosts: [b.example]\n  notHosts: *own\n", nil},
}

// valueRows are what YAML makes of values that people write without quotes.
var valueRows = []row{
	{"a number where a text is meant", "providers: [{name: §1, issuer: i, audiences: [a], jwksUri: \"https://k.example/\"}]\n", []find{
		{"error", `providers[0].name: 1 is a number`, "reference.md#providers"},
	}},
	{"a mistake in a folded text", "providers:\n- preset: corbado\n  projectId: §>-\n    pro 123\n", []find{
		{"error", `providers[0].projectId`, "reference.md#providers"},
	}},
}
