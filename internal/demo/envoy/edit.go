package envoy

import (
	"encoding/json"
	"errors"
	"fmt"

	"go.yaml.in/yaml/v3"
)

// CopyListener adds a listener that is like another one, but for its name and
// address.
func (b *Bootstrap) CopyListener(from, name, addr string) error {
	original, err := b.static("listeners", from)
	if err != nil {
		return err
	}
	text, err := yaml.Marshal(original)
	if err != nil {
		return err
	}
	copied := map[string]any{}
	if err := yaml.Unmarshal(text, &copied); err != nil {
		return err
	}
	copied["name"] = name
	if err := setAddress(copied, addr); err != nil {
		return err
	}
	b.add("listeners", copied)
	return nil
}

// AddCluster adds a cluster with one endpoint.
func (b *Bootstrap) AddCluster(name, addr string) error {
	b.add("clusters", map[string]any{"name": name, "type": "STATIC", "connect_timeout": "2s"})
	return b.SetCluster(name, addr)
}

// KeepPort has a static listener fail where another process listens on its
// port, rather than share the port with it.
func (b *Bootstrap) KeepPort(name string) error {
	listener, err := b.static("listeners", name)
	if err != nil {
		return err
	}
	listener["enable_reuse_port"] = false
	return nil
}

// EditManager changes the HTTP connection manager of a static listener.
func (b *Bootstrap) EditManager(name string, edit func(manager map[string]any)) error {
	listener, err := b.static("listeners", name)
	if err != nil {
		return err
	}
	found := false
	visit(listener, func(node map[string]any) {
		if _, ok := node["http_filters"]; ok && !found {
			found = true
			edit(node)
		}
	})
	if !found {
		return fmt.Errorf("the listener %q has no HTTP connection manager", name)
	}
	return nil
}

// EditConfiguration changes the configuration of the Wasm filter of a static
// listener, and returns it as it is then.
func (b *Bootstrap) EditConfiguration(name string, edit func(configuration map[string]any)) ([]byte, error) {
	listener, err := b.static("listeners", name)
	if err != nil {
		return nil, err
	}
	var edited []byte
	err = fmt.Errorf("the listener %q has no Wasm filter", name)
	visit(listener, func(node map[string]any) {
		holder, ok := node["configuration"].(map[string]any)
		if _, wasm := node["vm_config"]; !ok || !wasm || edited != nil {
			return
		}
		edited, err = editJSON(holder, edit)
	})
	return edited, err
}

// editJSON changes the JSON text that a StringValue holds.
func editJSON(holder map[string]any, edit func(map[string]any)) ([]byte, error) {
	text, ok := holder["value"].(string)
	if !ok {
		return nil, errors.New("the filter's configuration is not a StringValue")
	}
	configuration := map[string]any{}
	if err := json.Unmarshal([]byte(text), &configuration); err != nil {
		return nil, fmt.Errorf("the filter's configuration: %w", err)
	}
	edit(configuration)
	edited, err := json.MarshalIndent(configuration, "", "  ")
	holder["value"] = string(edited)
	return edited, err
}

// add appends to a list of static resources.
func (b *Bootstrap) add(kind string, resource map[string]any) {
	resources, ok := b.tree["static_resources"].(map[string]any)
	if !ok {
		resources = map[string]any{}
		b.tree["static_resources"] = resources
	}
	list, _ := resources[kind].([]any)
	resources[kind] = append(list, resource)
}
