package envoy

import (
	"fmt"
	"net"
	"os"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// Bootstrap is an Envoy bootstrap whose addresses and files can be changed,
// as a tree of maps and lists.
type Bootstrap struct {
	tree map[string]any
}

// ReadBootstrap reads a YAML (or JSON) file.
func ReadBootstrap(path string) (*Bootstrap, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return ParseBootstrap(text)
}

// ParseBootstrap reads YAML (or JSON).
func ParseBootstrap(text []byte) (*Bootstrap, error) {
	b := &Bootstrap{}
	if err := yaml.Unmarshal(text, &b.tree); err != nil {
		return nil, err
	}
	return b, nil
}

// YAML is the bootstrap as text.
func (b *Bootstrap) YAML() ([]byte, error) { return yaml.Marshal(b.tree) }

// SetAdmin lets the admin interface listen on addr ("127.0.0.1:0").
func (b *Bootstrap) SetAdmin(addr string) error {
	admin, ok := b.tree["admin"].(map[string]any)
	if !ok {
		admin = map[string]any{}
		b.tree["admin"] = admin
	}
	return setAddress(admin, addr)
}

// ListenerAddress is the address of a static listener ("127.0.0.1:10000").
func (b *Bootstrap) ListenerAddress(name string) (string, error) {
	listener, err := b.static("listeners", name)
	if err != nil {
		return "", err
	}
	address, _ := listener["address"].(map[string]any)
	socket, _ := address["socket_address"].(map[string]any)
	return net.JoinHostPort(fmt.Sprint(socket["address"]), fmt.Sprint(socket["port_value"])), nil
}

// SetListener lets a static listener listen on addr.
func (b *Bootstrap) SetListener(name, addr string) error {
	listener, err := b.static("listeners", name)
	if err != nil {
		return err
	}
	return setAddress(listener, addr)
}

// SetCluster lets a static cluster have addr as its only endpoint.
func (b *Bootstrap) SetCluster(name, addr string) error {
	cluster, err := b.static("clusters", name)
	if err != nil {
		return err
	}
	endpoint := map[string]any{}
	if err := setAddress(endpoint, addr); err != nil {
		return err
	}
	cluster["load_assignment"] = map[string]any{
		"cluster_name": name,
		"endpoints": []any{map[string]any{
			"lb_endpoints": []any{map[string]any{"endpoint": endpoint}},
		}},
	}
	return nil
}

// SetModule lets every Wasm filter take its code from a local file. The
// number of filters is returned.
func (b *Bootstrap) SetModule(path string) int {
	count := 0
	visit(b.tree, func(node map[string]any) {
		vm, ok := node["vm_config"].(map[string]any)
		if !ok {
			return
		}
		vm["code"] = map[string]any{"local": map[string]any{"filename": path}}
		count++
	})
	return count
}

// static finds a listener or cluster by its name.
func (b *Bootstrap) static(kind, name string) (map[string]any, error) {
	resources, _ := b.tree["static_resources"].(map[string]any)
	list, _ := resources[kind].([]any)
	for _, entry := range list {
		if entry, ok := entry.(map[string]any); ok && entry["name"] == name {
			return entry, nil
		}
	}
	return nil, fmt.Errorf("the bootstrap has no %s named %q", kind, name)
}

func setAddress(node map[string]any, addr string) error {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return err
	}
	number, err := strconv.Atoi(port)
	if err != nil {
		return err
	}
	node["address"] = map[string]any{"socket_address": map[string]any{"address": host, "port_value": number}}
	return nil
}

// visit calls f for every map in a tree.
func visit(node any, f func(map[string]any)) {
	switch node := node.(type) {
	case map[string]any:
		f(node)
		for _, child := range node {
			visit(child, f)
		}
	case []any:
		for _, child := range node {
			visit(child, f)
		}
	}
}
