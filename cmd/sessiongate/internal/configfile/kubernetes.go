package configfile

import "strings"

func resourceName(document map[string]any) string {
	metadata, _ := document["metadata"].(map[string]any)
	name, _ := metadata["name"].(string)
	if namespace, _ := metadata["namespace"].(string); namespace != "" {
		return namespace + "/" + name
	}
	return name
}

func findInWasmPlugin(document map[string]any, plugin string) []Found {
	spec, _ := document["spec"].(map[string]any)
	if plugin != "" && spec["pluginName"] != plugin && !strings.HasSuffix("/"+resourceName(document), "/"+plugin) {
		return nil
	}
	return []Found{{Where: "WasmPlugin " + resourceName(document), JSON: encoded(spec["pluginConfig"])}}
}

func findInExtensionPolicy(document map[string]any, plugin string) []Found {
	var all []Found
	spec, _ := document["spec"].(map[string]any)
	extensions, _ := spec["wasm"].([]any)
	for _, e := range extensions {
		extension, _ := e.(map[string]any)
		name, _ := extension["name"].(string)
		if plugin != "" && name != plugin {
			continue
		}
		all = append(all, Found{
			Where: "EnvoyExtensionPolicy " + resourceName(document) + " " + name,
			JSON:  encoded(extension["config"]),
		})
	}
	return all
}
