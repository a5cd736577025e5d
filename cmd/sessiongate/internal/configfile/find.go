package configfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	yamlv3 "go.yaml.in/yaml/v3"
	"sigs.k8s.io/yaml"
)

// Find finds the filter's configurations in a file: a plain one,
// Istio's WasmPlugin and EnvoyFilter, Envoy Gateway's EnvoyExtensionPolicy, or
// an Envoy bootstrap or resource, as JSON or YAML, also several documents. With
// plugin, only plugins of that name count.
func Find(data []byte, plugin string) ([]Found, error) {
	if first := bytes.TrimSpace(data); len(first) == 0 || first[0] == '{' {
		return findInDocument(data, plugin, true)
	}
	var all []Found
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
		return nil, ErrNone
	}
	return all, nil
}

// ErrNone says that a file has no configuration of the filter.
var ErrNone = errors.New("holds no configuration of the filter")

// findInDocument looks at one JSON document. asWritten says that data is what
// the author wrote, and not made of YAML.
func findInDocument(data []byte, plugin string, asWritten bool) ([]Found, error) {
	var document map[string]any
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(&document); err != nil {
		if asWritten { // let config say what is wrong with it
			return []Found{{JSON: data, AsWritten: true}}, nil
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
	return []Found{{JSON: data, AsWritten: asWritten}}, nil
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
