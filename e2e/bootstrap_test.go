package e2e

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"slices"
	"strconv"
	"testing"
)

// bootstrap is an Envoy bootstrap for tests: a listener for each
// configuration, all of them in front of one backend. It is the worst case for
// the filter: paths are not normalised, nothing is rejected that need not be.
type bootstrap struct {
	module  string
	backend string            // address
	keys    string            // address of the key server, cluster idp
	others  map[string]string // addresses of more clusters, by name
	configs map[string]string // JSON by listener
	manager map[string]map[string]any
	before  map[string]list // filters before this one, by listener
	after   map[string]list
	env     map[string]map[string]string
	vmID    string // of all configurations; empty: one for each environment
	// listeners is a file that Envoy takes its listeners from, and watches;
	// empty: they stand in the bootstrap.
	listeners string
}

type object = map[string]any
type list = []any

func (b bootstrap) yaml(t *testing.T) []byte {
	t.Helper()
	clusters := list{cluster("backend", b.backend), cluster("idp", b.keys)}
	for _, name := range slices.Sorted(maps.Keys(b.others)) {
		clusters = append(clusters, cluster(name, b.others[name]))
	}
	resources := object{"clusters": clusters}
	tree := object{
		"node":  object{"id": "test", "cluster": "test"}, // for what comes from files
		"admin": object{"address": address("127.0.0.1:0")}, "static_resources": resources,
	}
	if b.listeners != "" {
		tree["dynamic_resources"] = object{"lds_config": object{"path_config_source": object{"path": b.listeners}}}
	} else {
		var listeners list
		for _, name := range slices.Sorted(maps.Keys(b.configs)) {
			listeners = append(listeners, b.listener(name))
		}
		resources["listeners"] = listeners
	}
	text, err := json.MarshalIndent(tree, "", " ") // JSON is YAML
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func (b bootstrap) listener(name string) object {
	manager := object{
		"@type":       "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
		"stat_prefix": name,
		"codec_type":  "AUTO",
		"http_protocol_options": object{
			"enable_trailers": true,
			"accept_http_10":  true,
		},
		"http2_protocol_options":       object{"allow_connect": true},
		"upgrade_configs":              list{object{"upgrade_type": "websocket"}},
		"max_request_headers_kb":       512,
		"generate_request_id":          false,
		"request_timeout":              "30s",
		"access_log":                   list{accessLog()},
		"local_reply_config":           localReply(),
		"stream_idle_timeout":          "30s",
		"server_header_transformation": "PASS_THROUGH",
		"route_config": object{
			"virtual_hosts": list{object{
				"name": "all", "domains": list{"*"},
				"routes": list{
					object{"match": object{"connect_matcher": object{}}, "route": object{"cluster": "backend"}},
					object{"match": object{"prefix": ""}, "route": object{"cluster": "backend"}},
				},
			}},
		},
		"http_filters": b.filters(name),
	}
	maps.Copy(manager, b.manager[name])
	return object{
		"name": name, "address": address("127.0.0.1:0"),
		"filter_chains": list{object{"filters": list{object{
			"name": "envoy.filters.network.http_connection_manager", "typed_config": manager,
		}}}},
	}
}

func (b bootstrap) filters(name string) list {
	router := object{
		"name":         "envoy.filters.http.router",
		"typed_config": object{"@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"},
	}
	return slices.Concat(b.before[name], list{b.filter(name)}, b.after[name], list{router})
}

// filter is the Wasm filter. Configurations with the same environment share a
// VM, as they would in production.
func (b bootstrap) filter(name string) object {
	vm := object{
		"vm_id": "sessiongate", "runtime": "envoy.wasm.runtime.v8",
		"code": object{"local": object{"filename": b.module}},
	}
	if env := b.env[name]; len(env) > 0 {
		vm["vm_id"] = fmt.Sprintf("sessiongate-%x", sha256.Sum256(fmt.Append(nil, env)))
		vm["environment_variables"] = object{"key_values": env}
	}
	if b.vmID != "" {
		vm["vm_id"] = b.vmID
	}
	return object{
		"name": "sessiongate",
		"typed_config": object{
			"@type": "type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm",
			"config": object{
				"name": name, "vm_config": vm, "failure_policy": "FAIL_RELOAD",
				"configuration": object{"@type": "type.googleapis.com/google.protobuf.StringValue", "value": b.configs[name]},
			},
		},
	}
}

// loggedNames are the request headers that answers carry back as x-logged-...,
// so that a client sees what an access log would.
var loggedNames = []string{
	"x-identity-status", "x-identity-reason", "x-identity-provider", "x-identity-user-id", "x-identity-session-id",
	"x-identity-org-id", "x-identity-org-role", "x-identity-org-slug", "x-identity-org-permissions", "x-identity-actor",
	"x-identity-name", "x-identity-email",
}

const (
	loggedPrefix  = "x-logged-"
	loggedDetails = "response-code-details"
)

func localReply() object {
	var add list
	header := func(name, value string) object {
		return object{"header": object{"key": loggedPrefix + name, "value": value}, "append_action": "OVERWRITE_IF_EXISTS_OR_ADD"}
	}
	for _, name := range loggedNames {
		add = append(add, header(name, "%REQ("+name+")%"))
	}
	add = append(add, header(loggedDetails, "%RESPONSE_CODE_DETAILS%"))
	return object{"mappers": list{object{
		"filter": object{"status_code_filter": object{"comparison": object{
			"op": "GE", "value": object{"default_value": 100, "runtime_key": "none"}}}},
		"headers_to_add": add,
	}}}
}

func accessLog() object {
	fields := object{"method": "%REQ(:METHOD)%", "status": "%RESPONSE_CODE%", "details": "%RESPONSE_CODE_DETAILS%"}
	for _, name := range loggedNames {
		fields[name] = "%REQ(" + name + ")%"
	}
	return object{
		"name": "envoy.access_loggers.stdout",
		"typed_config": object{
			"@type":      "type.googleapis.com/envoy.extensions.access_loggers.stream.v3.StdoutAccessLog",
			"log_format": object{"json_format": fields},
		},
	}
}

func cluster(name, addr string) object {
	return object{
		"name": name, "type": "STATIC", "connect_timeout": "2s",
		"typed_extension_protocol_options": object{
			"envoy.extensions.upstreams.http.v3.HttpProtocolOptions": object{
				"@type":                "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
				"explicit_http_config": object{"http_protocol_options": object{"enable_trailers": true}},
			},
		},
		"load_assignment": object{"cluster_name": name, "endpoints": list{object{"lb_endpoints": list{
			object{"endpoint": object{"address": address(addr)}},
		}}}},
	}
}

func address(addr string) object {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		panic(err)
	}
	number, err := strconv.Atoi(port)
	if err != nil {
		panic(err)
	}
	return object{"socket_address": object{"address": host, "port_value": number}}
}
