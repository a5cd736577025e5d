package check

import "strings"

// envoyWith is a static bootstrap that is right but for what replaces parts of
// it: old and new, in turn.
func envoyWith(replace ...string) string {
	return strings.NewReplacer(replace...).Replace(`static_resources:
  listeners:
  - name: web
    filter_chains:
    - filters:
      - name: envoy.filters.network.http_connection_manager
        typed_config:
          MANAGER: x
          route_config:
            ROUTES: x
            virtual_hosts: [{name: all, domains: ["*"]}]
          http_filters:
          BEFORE
          - name: sessiongate
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm
              config:
                name: gate
                POLICY: FAIL_RELOAD
                vm_config: {code: {local: {filename: gate.wasm}}}
                configuration:
                  "@type": type.googleapis.com/google.protobuf.StringValue
                  value: |
                    {
                      "providers": [
                        {"preset": "corbado", "projectId": "pro-123", "jwksCluster": "keys"}
                      ], RULES
                      "corsOrigins": []
                    }
          - name: envoy.filters.http.router
  clusters:
  - name: keys
    load_assignment: {endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: ` + keysHost + `, port_value: 443}}}}]}]}
    SOCKET
`)
}

const (
	tlsSocket = `transport_socket:
      name: envoy.transport_sockets.tls
      typed_config:
        "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
        sni: ` + keysHost + `
        common_tls_context:
          validation_context:
            trusted_ca: {filename: /etc/ssl/certs/ca-certificates.crt}
            match_typed_subject_alt_names: [{san_type: DNS, matcher: {exact: ` + keysHost + `}}]
`
	noRules   = ""
	hostRules = `"rules": [{"hosts": ["open.example.com"], "auth": "skip"}],`
)

// right are the replacements of a bootstrap that is right.
func right(replace ...string) string {
	return envoyWith(append(replace, "MANAGER", "stat_prefix", "ROUTES", "name", "BEFORE", "", "POLICY", "failure_policy", "RULES", noRules, "SOCKET", tlsSocket)...)
}

func before(filter string) string {
	return `- §name: first
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.filters.http.` + filter
}

func unmarked(text string) string { return strings.ReplaceAll(text, "§", "") }

var envoyRows = []row{
	{"a bootstrap that is right", right(), nil},
	{"a Struct", right(`"@type": type.googleapis.com/google.protobuf.StringValue`, `"@type": §type.googleapis.com/google.protobuf.Struct`), []find{
		{"error", `configuration.@type: a Struct reaches plugins in the encoding of protobuf … google.protobuf.StringValue`, "structs"},
	}},
	{"an unknown cluster", right(`"jwksCluster": "keys"`, `"jwksCluster": §"clerk"`), []find{
		{"error", `providers[0].jwksCluster: the bootstrap has no cluster "clerk" … add it, or name one of its clusters`, "unknown-clusters"},
	}},
	{"an unknown cluster by default", right(`, "jwksCluster": "keys"`, ``, `"projectId": "`, `"projectId": §"`), []find{
		{"error", `the bootstrap has no cluster "outbound|443||` + keysHost + `"`, "unknown-clusters"},
	}},
	{"a cluster that may come later", "dynamic_resources: {cds_config: {ads: {}}}\n" + right(`"jwksCluster": "keys"`, `"jwksCluster": "clerk"`), nil},
	{"a key cluster without TLS", right("- name: keys", "- §name: keys", "SOCKET", "type: STRICT_DNS"), []find{
		{"warning", `clusters[keys]: the proxy fetches keys without TLS … write a transport_socket`, "key-clusters"},
	}},
	{"a key cluster whose certificate is not checked", right("SOCKET", `transport_socket:
      §name: envoy.transport_sockets.tls
      typed_config: {"@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext, sni: `+keysHost+`}`), []find{
		{"warning", `clusters[keys].transport_socket: the proxy does not check the server's certificate … write validation_context`, "key-clusters"},
	}},
	{"a key cluster that takes any name", right("SOCKET", `transport_socket:
      §name: envoy.transport_sockets.tls
      typed_config: {"@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext, sni: `+keysHost+`, common_tls_context: {validation_context: {trusted_ca: {filename: ca.pem}}}}`), []find{
		{"warning", `the proxy accepts a certificate of any name … write match_typed_subject_alt_names`, "key-clusters"},
	}},
	{"a key cluster on this machine", right("address: "+keysHost+", port_value: 443", "address: 127.0.0.1, port_value: 8081", "SOCKET", "type: STATIC"), nil},

	{"a key cluster with sockets to choose from", right("SOCKET", "transport_socket_matches: [{name: a}]"), nil},
	{"a key cluster whose authority comes by SDS", right("            trusted_ca: {filename: /etc/ssl/certs/ca-certificates.crt}\n            match_typed_subject_alt_names: [{san_type: DNS, matcher: {exact: "+keysHost+"}}]\n", "", "validation_context:\n", "validation_context_sds_secret_config: {name: ca}\n"), nil},
	{"failure_policy FAIL_OPEN", right("POLICY: FAIL_RELOAD", "failure_policy: §FAIL_OPEN"), []find{
		{"error", `failure_policy: FAIL_OPEN lets every request pass … write FAIL_RELOAD`, "failing-open"},
	}},
	{"fail_open", right("POLICY: FAIL_RELOAD", "fail_open: §true"), []find{
		{"error", `fail_open: true lets every request pass … write failure_policy: FAIL_RELOAD`, "failing-open"},
	}},
	{"a failure policy that there is not", right("POLICY: FAIL_RELOAD", "failure_policy: §FAIL_CLOSE"), []find{
		{"error", `failure_policy: "FAIL_CLOSE" is not a strategy`, "fail-strategies"},
	}},
	{"remote code without a digest", right("{local: {filename: gate.wasm}}", "{remote: {http_uri: §{uri: \"https://files.example.com/gate.wasm\"}}}"), []find{
		{"warning", `vm_config.code.remote.http_uri: without a digest`, "digests"},
	}},
	{"remote code with a digest that is none", right("{local: {filename: gate.wasm}}", "{remote: {http_uri: {uri: \"https://files.example.com/gate.wasm\"}, sha256: §\"xyz\"}}"), []find{
		{"warning", `vm_config.code.remote.sha256: "xyz" is not a SHA-256`, "digests"},
	}},

	{"ext_authz before the filter", right("BEFORE", before("ext_authz.v3.ExtAuthz")), []find{
		{"warning", `http_filters: ext_authz runs before the filter … move it behind`, "order-of-filters"},
	}},
	{"RBAC before the filter", right("BEFORE", before("rbac.v3.RBAC")+"\n              rules: {policies: {a: {principals: [{header: {name: x-user}}]}}}"), []find{
		{"warning", `RBAC runs before the filter`, "order-of-filters"},
	}},
	{"RBAC by addresses before the filter", right("BEFORE", unmarked(before("rbac.v3.RBAC"))+"\n              rules: {policies: {a: {principals: [{direct_remote_ip: {address_prefix: 10.0.0.0, prefix_len: 8}}], permissions: [{any: true}]}}}"), nil},
	{"other filters before the filter", right("BEFORE", unmarked(before("cors.v3.Cors"))), nil},
	{"ext_authz behind the filter", right("- name: envoy.filters.http.router", unmarked(before("ext_authz.v3.ExtAuthz"))), nil},

	{"ports that virtual hosts tell apart", right("RULES", strings.Replace(hostRules, "[\"open", "§[\"open", 1), `{name: all, domains: ["*"]}`, `{name: open, domains: [open.example.com]}, {name: all, domains: ["*"]}`), []find{
		{"warning", `rules[0].hosts: this rule asks for less than the rules after it … write ignore_port_in_host_matching: true`, "ports"},
	}},
	{"ports that virtual hosts ignore", right("RULES", hostRules, "ROUTES: x", "ignore_port_in_host_matching: true", `{name: all, domains: ["*"]}`, `{name: open, domains: [open.example.com]}, {name: all, domains: ["*"]}`), nil},
	{"ports that are cut off", right("RULES", hostRules, "MANAGER: x", "strip_any_host_port: true", `{name: all, domains: ["*"]}`, `{name: open, domains: [open.example.com]}, {name: all, domains: ["*"]}`), nil},
	{"ports where all hosts go one way", right("RULES", hostRules), nil},
	{"hosts that Envoy routes by name", right("RULES", `"rules": [{"hosts": ["admin.example.com"]}, {"auth": "skip"}],`, `{name: all, domains: ["*"]}`, `{name: a, domains: [admin.example.com, "admin.example.com:*"]}, {name: b, domains: [www.example.com]}`, "ROUTES: x", "ignore_port_in_host_matching: true"), nil},

	{"a mistake inside of text", right(`"projectId": "pro-123"`, `"projectId": "pro-123", "clockSkew": §5`), []find{
		{"error", `providers[0].clockSkew: 5 is a number; write "5s"`, "reference.md#providers"},
	}},
	{"text that is no JSON", right(`"corsOrigins": []`, `"corsOrigins": [],`, "                    }\n", "                    §}\n"), []find{
		{"error", `the configuration is not valid JSON`, "reference.md#the-configuration"},
	}},

	{"a signing key in a bootstrap", right("RULES", signsJSON, "vm_config: {code", "vm_config: {environment_variables: {key_values: {SESSIONGATE_SIGNING_KEY: §made-up}}, code"), []find{
		{"error", `vm_config.environment_variables: the signing key is in this file … host_env_keys: [SESSIONGATE_SIGNING_KEY]`, "signing-keys"},
	}},
	{"a signing key that nobody gives", right("RULES", signsJSON, "name: gate\n", "§name: gate\n"), []find{
		{"warning", `the filter is not given "SESSIONGATE_SIGNING_KEY", so it refuses to start`, "signing-keys"},
	}},
	{"a signing key of the host's environment", right("RULES", signsJSON, "vm_config: {code", "vm_config: {environment_variables: {host_env_keys: [SESSIONGATE_SIGNING_KEY]}, code"), nil},
	{"two environments of one VM", strings.Replace(right("RULES", signsJSON, "vm_config: {code", "vm_config: §{vm_id: a, environment_variables: {host_env_keys: [SESSIONGATE_SIGNING_KEY]}, code"),
		"          - name: envoy.filters.http.router\n", secondFilter, 1), []find{
		{"warning", `vm_config: another plugin has this vm_id and another environment … write a vm_id of its own`, "signing-keys"},
	}},
}

const signsJSON = `"assertion": {"issuer": "https://gate.example.com", "audience": "backend"},`

// secondFilter is another plugin of the same VM.
const secondFilter = `          - name: second
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm
              config:
                name: second
                vm_config: {vm_id: a}
                configuration:
                  "@type": type.googleapis.com/google.protobuf.StringValue
                  value: '{"providers": [{"preset": "corbado", "projectId": "pro-123", "jwksCluster": "keys"}], "corsOrigins": []}'
`
