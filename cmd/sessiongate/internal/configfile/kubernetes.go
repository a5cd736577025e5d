package configfile

import (
	"strings"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
)

// ResourceName is the name of a Kubernetes resource, with its namespace if it
// has one.
func ResourceName(document *tree.Node) string {
	name := document.Path("metadata", "name").Str()
	if namespace := document.Path("metadata", "namespace").Str(); namespace != "" {
		return namespace + "/" + name
	}
	return name
}

func findInWasmPlugin(document *tree.Node, plugin string) []Found {
	spec, name := document.Get("spec"), ResourceName(document)
	if plugin != "" && spec.Get("pluginName").Str() != plugin && !strings.HasSuffix("/"+name, "/"+plugin) {
		return nil
	}
	found := Found{Where: "WasmPlugin " + name, Holder: WasmPlugin, Document: document, Settings: spec}
	return []Found{found.with(existing(spec.Get("pluginConfig")))}
}

func findInExtensionPolicy(document *tree.Node, plugin string) []Found {
	var all []Found
	for _, extension := range document.Path("spec", "wasm").Items() {
		name := extension.Get("name").Str()
		if plugin != "" && name != plugin {
			continue
		}
		found := Found{
			Where:  strings.TrimSpace("EnvoyExtensionPolicy " + ResourceName(document) + " " + name),
			Holder: ExtensionPolicy, Document: document, Settings: extension,
		}
		all = append(all, found.with(existing(extension.Get("config"))))
	}
	return all
}

// existing is nil for null.
func existing(n *tree.Node) *tree.Node {
	if !n.Exists() {
		return nil
	}
	return n
}
