package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/tools/wasmbuild"
)

// inEnvoy is what the module measured: nanoseconds a call. 0 is not offered.
type inEnvoy struct {
	Host float64 `json:"host"`
	Go   float64 `json:"go"`
}

// start builds the module and runs it. ask measures one algorithm.
func start(ctx context.Context, tools, configuration string) (ask func(algorithm string) (inEnvoy, error), end func(), err error) {
	binary, err := envoy.Find(ctx, tools)
	if err != nil {
		return nil, nil, err
	}
	dir, err := os.MkdirTemp("", "sessiongate-bench-")
	if err != nil {
		return nil, nil, err
	}
	clean := func() { os.RemoveAll(dir) }
	module := filepath.Join(dir, "plugin.wasm")
	built, err := wasmbuild.Module(ctx, ".", "./internal/bench/jwt/plugin")
	if err == nil {
		err = os.WriteFile(module, built, 0o600)
	}
	if err != nil {
		clean()
		return nil, nil, err
	}
	text, err := bootstrap(module, configuration)
	if err != nil {
		clean()
		return nil, nil, err
	}
	p, err := envoy.Start(ctx, envoy.Options{Path: binary, Bootstrap: text})
	if err != nil {
		clean()
		return nil, nil, err
	}
	listeners, err := p.Listeners(ctx)
	if err != nil {
		p.Stop()
		clean()
		return nil, nil, err
	}
	ask = func(algorithm string) (inEnvoy, error) { return get(ctx, "http://"+listeners["bench"]+"/"+algorithm) }
	return ask, func() { p.Stop(); clean() }, nil
}

func get(ctx context.Context, url string) (measured inEnvoy, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return measured, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return measured, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return measured, err
	}
	if response.StatusCode != http.StatusOK {
		return measured, fmt.Errorf("the module answers %s: %s", response.Status, body)
	}
	return measured, json.Unmarshal(body, &measured)
}

// bootstrap is an Envoy with one listener, which the module answers.
func bootstrap(module, configuration string) ([]byte, error) {
	type object = map[string]any
	type list = []any
	const extensions = "type.googleapis.com/envoy.extensions.filters."
	loopback := object{"socket_address": object{"address": "127.0.0.1", "port_value": 0}}
	wasm := object{
		"@type": extensions + "http.wasm.v3.Wasm",
		"config": object{
			"name":          "bench",
			"vm_config":     object{"vm_id": "bench", "runtime": "envoy.wasm.runtime.v8", "code": object{"local": object{"filename": module}}},
			"configuration": object{"@type": "type.googleapis.com/google.protobuf.StringValue", "value": configuration},
		},
	}
	manager := object{
		"@type":       extensions + "network.http_connection_manager.v3.HttpConnectionManager",
		"stat_prefix": "bench",
		"route_config": object{"virtual_hosts": list{object{
			"name": "all", "domains": list{"*"},
			"routes": list{object{"match": object{"prefix": "/"}, "direct_response": object{"status": 404}}},
		}}},
		"http_filters": list{
			object{"name": "wasm", "typed_config": wasm},
			object{"name": "router", "typed_config": object{"@type": extensions + "http.router.v3.Router"}},
		},
	}
	return json.Marshal(object{
		"admin": object{"address": loopback},
		"static_resources": object{"listeners": list{object{
			"name": "bench", "address": loopback,
			"filter_chains": list{object{"filters": list{object{"name": "http", "typed_config": manager}}}},
		}}},
	})
}
