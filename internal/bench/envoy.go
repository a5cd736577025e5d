package main

import (
	"encoding/json"
	"fmt"
	"strings"
)

type object = map[string]any
type list = []any

// way is a listener: nothing, or one way to verify sessions.
type way struct {
	name   string
	filter object // nil: none
}

const (
	emptyVM = "empty"
	ourVM   = "sessiongate"
)

// bootstrap has a listener for each way, on ports of the kernel's choice.
func bootstrap(ways []way, authorizer string) []byte {
	var listeners list
	for _, w := range ways {
		listeners = append(listeners, listener(w, "127.0.0.1:0"))
	}
	return withListeners(listeners, authorizer)
}

// bootstrapAt has one listener, at addr.
func bootstrapAt(w way, addr string) []byte {
	return withListeners(list{listener(w, addr)}, "")
}

func withListeners(listeners list, authorizer string) []byte {
	clusters := list{}
	if authorizer != "" {
		clusters = append(clusters, object{
			"name": "authorizer", "connect_timeout": "1s",
			"load_assignment": object{"cluster_name": "authorizer", "endpoints": list{object{
				"lb_endpoints": list{object{"endpoint": object{"address": address(authorizer)}}}}}},
		})
	}
	text, err := json.Marshal(object{
		"admin":            object{"address": address("127.0.0.1:0")},
		"static_resources": object{"listeners": listeners, "clusters": clusters},
	})
	if err != nil {
		panic(err)
	}
	return text
}

func listener(w way, addr string) object {
	filters := list{}
	if w.filter != nil {
		filters = append(filters, w.filter)
	}
	filters = append(filters, object{
		"name":         "envoy.filters.http.router",
		"typed_config": object{"@type": typeURL("http.router.v3.Router")},
	})
	return object{
		"name": w.name, "address": address(addr),
		"filter_chains": list{object{"filters": list{object{
			"name": "envoy.filters.network.http_connection_manager",
			"typed_config": object{
				"@type":       "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
				"stat_prefix": w.name,
				"route_config": object{"virtual_hosts": list{object{
					"name": "all", "domains": list{"*"},
					"routes": list{object{
						"match":           object{"prefix": "/"},
						"direct_response": object{"status": 200, "body": object{"inline_string": "ok"}},
					}},
				}}},
				"http_filters": filters,
			},
		}}}},
	}
}

func typeURL(filter string) string { return "type.googleapis.com/envoy.extensions.filters." + filter }

func address(hostport string) object {
	host, port, _ := strings.Cut(hostport, ":")
	var number int
	if _, err := fmt.Sscan(port, &number); err != nil {
		panic(err)
	}
	return object{"socket_address": object{"address": host, "port_value": number}}
}

// wasm is a Wasm filter.
func wasm(vm, module, name, configuration string, env object) object {
	config := object{
		"vm_id": vm, "runtime": "envoy.wasm.runtime.v8",
		"code": object{"local": object{"filename": module}},
	}
	if env != nil {
		config["environment_variables"] = object{"key_values": env}
	}
	return object{
		"name": "wasm",
		"typed_config": object{
			"@type": typeURL("http.wasm.v3.Wasm"),
			"config": object{
				"name": name, "vm_config": config, "failure_policy": "FAIL_RELOAD",
				"configuration": object{"@type": "type.googleapis.com/google.protobuf.StringValue", "value": configuration},
			},
		},
	}
}

// jwtAuthn is Envoy's own filter, which verifies the same tokens, from the
// same header or cookie.
func jwtAuthn(issuer, keys, cookie string, cache bool) object {
	provider := object{
		"issuer":     issuer,
		"local_jwks": object{"inline_string": keys},
		"forward":    true,
		// Named together: with one of them alone, the other is not looked at.
		"from_headers": list{object{"name": "authorization", "value_prefix": "Bearer "}},
		"from_cookies": list{cookie},
	}
	if cache {
		provider["jwt_cache_config"] = object{"jwt_cache_size": 2000}
	}
	return object{
		"name": "envoy.filters.http.jwt_authn",
		"typed_config": object{
			"@type":     typeURL("http.jwt_authn.v3.JwtAuthentication"),
			"providers": object{"bench": provider},
			"rules": list{object{
				"match":    object{"prefix": "/"},
				"requires": object{"provider_name": "bench"},
			}},
		},
	}
}

// extAuthz asks another server about every request.
func extAuthz(addr string) object {
	return object{
		"name": "envoy.filters.http.ext_authz",
		"typed_config": object{
			"@type": typeURL("http.ext_authz.v3.ExtAuthz"),
			"http_service": object{
				"server_uri": object{"uri": "http://" + addr, "cluster": "authorizer", "timeout": "1s"},
			},
		},
	}
}
