package configfile

import (
	"maps"
	"slices"
	"strings"
)

// wasmType is the type of Envoy's Wasm filter configuration.
const wasmType = "envoy.extensions.filters.http.wasm.v3.Wasm"

// findInEnvoy walks through anything that holds Envoy's own resources.
func findInEnvoy(document map[string]any, where, plugin string) []Found {
	var all []Found
	clusters := staticClusters(document)
	var walk func(value any, where string, portsMatter bool)
	walk = func(value any, where string, portsMatter bool) {
		switch value := value.(type) {
		case []any:
			for _, element := range value {
				walk(element, where, portsMatter)
			}
		case map[string]any:
			if config, is := wasmFilter(value); is {
				if name, _ := config["name"].(string); plugin == "" || name == plugin {
					all = append(all, Found{
						Where:    strings.TrimSpace(where + " filter " + name),
						JSON:     wasmConfiguration(config["configuration"]),
						Clusters: clusters, PortsMatter: portsMatter,
					})
				}
				return
			}
			if name, _ := value["name"].(string); name != "" && (value["filter_chains"] != nil || value["filterChains"] != nil) {
				where = strings.TrimSpace(where + " listener " + name)
			}
			if member(value, "http_filters", "httpFilters") != nil {
				portsMatter = matchesPorts(value)
			}
			for _, key := range slices.Sorted(maps.Keys(value)) {
				walk(value[key], where, portsMatter)
			}
		}
	}
	walk(document, where, false)
	return all
}

// matchesPorts reports whether a connection manager chooses a virtual host by
// the authority with its port: it has routes of its own, some of them for
// certain hosts, and none of the options that leave the port out.
func matchesPorts(manager map[string]any) bool {
	routes, _ := member(manager, "route_config", "routeConfig").(map[string]any)
	if member(manager, "strip_any_host_port", "stripAnyHostPort") == true ||
		member(routes, "ignore_port_in_host_matching", "ignorePortInHostMatching") == true {
		return false
	}
	hosts, _ := member(routes, "virtual_hosts", "virtualHosts").([]any)
	for _, host := range hosts {
		virtual, _ := host.(map[string]any)
		domains, _ := virtual["domains"].([]any)
		for _, domain := range domains {
			if domain != "*" {
				return true
			}
		}
	}
	return false
}

// member is a member of an object by its name in protobuf or in JSON.
func member(object map[string]any, name, jsonName string) any {
	if value := object[name]; value != nil {
		return value
	}
	return object[jsonName]
}

// wasmFilter gives the plugin configuration of a Wasm filter, typed or in a
// TypedStruct.
func wasmFilter(value map[string]any) (map[string]any, bool) {
	typ, _ := value["@type"].(string)
	if strings.HasSuffix(typ, ".TypedStruct") {
		typ, _ = value["type_url"].(string)
		if typ == "" {
			typ, _ = value["typeUrl"].(string)
		}
		value, _ = value["value"].(map[string]any)
	}
	if !strings.HasSuffix(typ, "/"+wasmType) {
		return nil, false
	}
	config, _ := value["config"].(map[string]any)
	return config, true
}

// wasmConfiguration is what the filter is given: the text of a StringValue, or
// the JSON of a Struct.
func wasmConfiguration(value any) []byte {
	configuration, _ := value.(map[string]any)
	if text, is := configuration["value"].(string); is {
		return []byte(text)
	}
	return encoded(configuration["value"])
}

// staticClusters are the clusters of a bootstrap; nil if there may be others.
func staticClusters(document map[string]any) map[string]bool {
	if document["dynamic_resources"] != nil || document["dynamicResources"] != nil {
		return nil
	}
	resources, _ := document["static_resources"].(map[string]any)
	if resources == nil {
		resources, _ = document["staticResources"].(map[string]any)
	}
	if resources == nil {
		return nil
	}
	names := map[string]bool{}
	clusters, _ := resources["clusters"].([]any)
	for _, c := range clusters {
		cluster, _ := c.(map[string]any)
		name, _ := cluster["name"].(string)
		names[name] = true
	}
	return names
}
