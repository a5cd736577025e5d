package main

import (
	"testing"

	"go.yaml.in/yaml/v3"
)

// bootstrap is that of deploy/envoy/envoy.yaml.
type bootstrap object

// inBootstrap puts a block where it belongs in a bootstrap.
func inBootstrap(t *testing.T, _ docBlock, value any) framed {
	var tree object
	if err := yaml.Unmarshal([]byte(readFile(t, "deploy/envoy/envoy.yaml")), &tree); err != nil {
		t.Fatal(err)
	}
	b := bootstrap(tree)
	manager := b.manager()
	log := manager["access_log"].([]any)[0].(object)
	members, isObject := value.(object)
	if !isObject {
		members = object{}
	}
	for name, member := range members {
		switch name {
		case "stats_config":
			b[name] = member
		case "http_filters":
			manager[name] = withFilter(member.([]any), manager[name].([]any))
		case "virtual_hosts":
			manager["route_config"].(object)[name] = member
		case "filter":
			log[name] = member
		case "rule", "reason":
			log["typed_config"].(object)["log_format"].(object)["json_format"].(object)[name] = member
		default:
			manager[name] = member
		}
	}
	if list := listOf(value); !isObject {
		if _, isRoutes := list[0].(object)["match"]; isRoutes {
			host := manager["route_config"].(object)["virtual_hosts"].([]any)[0].(object)
			host["routes"] = append(list, host["routes"].([]any)...)
		} else {
			manager["http_filters"] = withFilter(list, manager["http_filters"].([]any))
		}
	}
	b.nameClusters()
	return framed{check: []string{encoded(t, b)}, bootstrap: b}
}

func (b bootstrap) resources() object { return b["static_resources"].(object) }

func (b bootstrap) manager() object {
	chains := b.resources()["listeners"].([]any)[0].(object)["filter_chains"].([]any)
	return chains[0].(object)["filters"].([]any)[0].(object)["typed_config"].(object)
}

// withFilter puts the filter where a list of filters names it, else before
// them, and Envoy's router behind.
func withFilter(list, own []any) []any {
	filter, router := own[0], own[len(own)-1]
	placed := false
	var all []any
	for _, element := range list {
		if named := element.(object); named["name"] == "sessiongate" && named["typed_config"] == nil {
			element, placed = filter, true
		}
		all = append(all, element)
	}
	if !placed {
		all = append([]any{filter}, all...)
	}
	return append(all, router)
}

// nameClusters adds the clusters that the block names.
func (b bootstrap) nameClusters() {
	known := map[string]bool{}
	clusters := b.resources()["clusters"].([]any)
	for _, cluster := range clusters {
		known[cluster.(object)["name"].(string)] = true
	}
	var visit func(value any)
	visit = func(value any) {
		switch value := value.(type) {
		case []any:
			for _, element := range value {
				visit(element)
			}
		case object:
			if name, is := value["cluster"].(string); is && !known[name] {
				known[name] = true
				clusters = append(clusters, object{"name": name, "type": "STATIC"})
			}
			for _, member := range value {
				visit(member)
			}
		}
	}
	visit(b.manager())
	b.resources()["clusters"] = clusters
}

// withoutModule leaves the Wasm filter out: to read it Envoy needs the module.
func (b bootstrap) withoutModule() bootstrap {
	manager := b.manager()
	var others []any
	for _, filter := range manager["http_filters"].([]any) {
		if filter.(object)["name"] != "sessiongate" {
			others = append(others, filter)
		}
	}
	manager["http_filters"] = others
	return b
}
