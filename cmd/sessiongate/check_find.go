package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	yamlv3 "go.yaml.in/yaml/v3"
	"sigs.k8s.io/yaml"

	"github.com/sessiongate/sessiongate/internal/problem"
)

// found is one configuration of the filter in a file.
type found struct {
	Where string // "WasmPlugin default/sessions"; empty for a plain configuration
	JSON  []byte
	// AsWritten says that JSON is what stands in the file, so that lines and
	// columns in it are the author's.
	AsWritten bool
	// Clusters are the names of the clusters that stand beside it in an Envoy
	// bootstrap; nil where they are not known.
	Clusters map[string]bool
	// PortsMatter says that the connection manager around the filter chooses a
	// virtual host by the authority with its port.
	PortsMatter bool
}

// line is a problem of this configuration.
func (f found) line(p problem.Problem) string {
	if f.AsWritten {
		return p.WithPlace()
	}
	return p.String()
}

// findConfigurations finds the filter's configurations in a file: a plain one,
// Istio's WasmPlugin and EnvoyFilter, Envoy Gateway's EnvoyExtensionPolicy, or
// an Envoy bootstrap or resource, as JSON or YAML, also several documents. With
// plugin, only plugins of that name count.
func findConfigurations(data []byte, plugin string) ([]found, error) {
	if first := bytes.TrimSpace(data); len(first) == 0 || first[0] == '{' {
		return findInDocument(data, plugin, true)
	}
	var all []found
	documents := yamlv3.NewDecoder(bytes.NewReader(data))
	for {
		var node yamlv3.Node
		err := documents.Decode(&node)
		if err != nil {
			if err.Error() == "EOF" {
				break
			}
			return nil, fmt.Errorf("neither JSON nor YAML: %w", err)
		}
		text, err := yamlv3.Marshal(&node)
		if err != nil {
			return nil, err
		}
		converted, err := yaml.YAMLToJSONStrict(text)
		if err != nil {
			return nil, fmt.Errorf("not valid YAML: %w", err)
		}
		if string(converted) == "null" {
			continue
		}
		in, err := findInDocument(converted, plugin, false)
		if err != nil {
			return nil, err
		}
		all = append(all, in...)
	}
	if len(all) == 0 {
		return nil, errNoConfiguration
	}
	return all, nil
}

var errNoConfiguration = errors.New("holds no configuration of the filter")

// findInDocument looks at one JSON document. asWritten says that data is what
// the author wrote, and not made of YAML.
func findInDocument(data []byte, plugin string, asWritten bool) ([]found, error) {
	var document map[string]any
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(&document); err != nil {
		if asWritten { // let config say what is wrong with it
			return []found{{JSON: data, AsWritten: true}}, nil
		}
		return nil, errors.New("a document is not an object")
	}
	switch kind, _ := document["kind"].(string); kind {
	case "WasmPlugin":
		return findInWasmPlugin(document, plugin), nil
	case "EnvoyExtensionPolicy":
		return findInExtensionPolicy(document, plugin), nil
	case "":
	default:
		return findInEnvoy(document, kind+" "+resourceName(document), plugin), nil
	}
	for _, member := range []string{"static_resources", "staticResources", "dynamic_resources", "dynamicResources", "resources", "filter_chains", "filterChains", "@type"} {
		if _, is := document[member]; is {
			return findInEnvoy(document, "", plugin), nil
		}
	}
	return []found{{JSON: data, AsWritten: asWritten}}, nil
}

func resourceName(document map[string]any) string {
	metadata, _ := document["metadata"].(map[string]any)
	name, _ := metadata["name"].(string)
	if namespace, _ := metadata["namespace"].(string); namespace != "" {
		return namespace + "/" + name
	}
	return name
}

func findInWasmPlugin(document map[string]any, plugin string) []found {
	spec, _ := document["spec"].(map[string]any)
	if plugin != "" && spec["pluginName"] != plugin && !strings.HasSuffix("/"+resourceName(document), "/"+plugin) {
		return nil
	}
	return []found{{Where: "WasmPlugin " + resourceName(document), JSON: encoded(spec["pluginConfig"])}}
}

func findInExtensionPolicy(document map[string]any, plugin string) []found {
	var all []found
	spec, _ := document["spec"].(map[string]any)
	extensions, _ := spec["wasm"].([]any)
	for _, e := range extensions {
		extension, _ := e.(map[string]any)
		name, _ := extension["name"].(string)
		if plugin != "" && name != plugin {
			continue
		}
		all = append(all, found{
			Where: "EnvoyExtensionPolicy " + resourceName(document) + " " + name,
			JSON:  encoded(extension["config"]),
		})
	}
	return all
}

// wasmType is the type of Envoy's Wasm filter configuration.
const wasmType = "envoy.extensions.filters.http.wasm.v3.Wasm"

// findInEnvoy walks through anything that holds Envoy's own resources.
func findInEnvoy(document map[string]any, where, plugin string) []found {
	var all []found
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
					all = append(all, found{
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
			for _, key := range sortedKeys(value) {
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

// encoded is the JSON of a value; nothing is an empty configuration.
func encoded(value any) []byte {
	if value == nil {
		return nil
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return nil
	}
	return bytes.TrimSpace(b.Bytes())
}
