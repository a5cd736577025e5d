package configfile

import (
	"strings"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
)

// wasmType is the type of Envoy's Wasm filter configuration.
const wasmType = "envoy.extensions.filters.http.wasm.v3.Wasm"

// envoyWalk looks for Wasm filters in anything that holds Envoy's own
// resources.
type envoyWalk struct {
	document *tree.Node
	plugin   string
	found    []Found
}

func findInEnvoy(document *tree.Node, where, plugin string) []Found {
	w := envoyWalk{document: document, plugin: plugin}
	w.walk(document, where, nil)
	return w.found
}

func (w *envoyWalk) walk(n *tree.Node, where string, manager *tree.Node) {
	if n == nil {
		return
	}
	for _, element := range n.Items() {
		w.walk(element, where, manager)
	}
	if n.Kind != tree.Object {
		return
	}
	if settings, is := WasmFilter(n); is {
		if name := settings.Get("name").Str(); w.plugin == "" || name == w.plugin {
			w.found = append(w.found, Found{
				Where: strings.TrimSpace(where + " filter " + name), Holder: EnvoyFilter,
				Document: w.document, Settings: settings, Manager: manager,
			}.withEnvoy(settings.Get("configuration")))
		}
		return
	}
	if name := n.Get("name").Str(); name != "" && n.Has("filter_chains", "filterChains") {
		where = strings.TrimSpace(where + " listener " + name)
	}
	if n.Has("http_filters", "httpFilters") {
		manager = n
	}
	for i := range n.Members {
		w.walk(n.Members[i].Value, where, manager)
	}
}

// WasmFilter is what a Wasm filter's configuration, typed or in a TypedStruct,
// says about how it runs.
func WasmFilter(n *tree.Node) (settings *tree.Node, is bool) {
	typ := n.Get("@type").Str()
	if strings.HasSuffix(typ, ".TypedStruct") {
		typ, n = n.Get("type_url", "typeUrl").Str(), n.Get("value")
	}
	if !strings.HasSuffix(typ, "/"+wasmType) {
		return nil, false
	}
	return n.Get("config"), true
}

// withEnvoy is a configuration as Envoy holds it: the text of a StringValue, or
// a Struct.
func (f Found) withEnvoy(configuration *tree.Node) Found {
	value := existing(configuration.Get("value"))
	if value != nil && value.Kind == tree.String {
		return f.withText(value)
	}
	return f.with(value)
}
