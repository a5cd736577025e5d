package demo

import (
	_ "embed"
	"fmt"
	"net"
	"strings"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
	"github.com/sessiongate/sessiongate/internal/demo/idp"
)

// The listeners: the one in envoy.yaml, which is the page's origin, and a copy
// of it, which is another origin.
const (
	listener = "ingress"
	other    = "other-origin"
)

//go:embed watch.lua
var watch string

// addresses are where the parts of the demo listen, as host:port.
type addresses struct {
	ingress, other string // Envoy
	keys           string // of all issuers
	frontend       map[idp.Vendor]string
	page, backend  string
	console, sink  string // sink: the path at the console
}

// origin is the page's.
func (a addresses) origin() string { return "http://" + a.ingress }

// otherOrigin has another host and port than the page's.
func (a addresses) otherOrigin() string {
	_, port, _ := net.SplitHostPort(a.other)
	return "http://localhost:" + port
}

// bootstrap is envoy.yaml with the demo's addresses and what its page needs,
// and the filter's configuration in it.
func bootstrap(b *envoy.Bootstrap, module string, a addresses) (text, configuration []byte, err error) {
	steps := []error{
		b.SetAdmin("127.0.0.1:0"),
		b.SetListener(listener, a.ingress),
		b.KeepPort(listener),
		b.SetCluster("backend", a.backend),
		b.SetCluster(string(idp.Clerk), a.keys),
		b.SetCluster(string(idp.OneAuxilia), a.keys),
		b.SetCluster(string(idp.Corbado), a.keys),
		b.AddCluster("page", a.page),
		b.AddCluster("console", a.console),
		b.EditManager(listener, func(manager map[string]any) { editManager(manager, a) }),
	}
	for _, err := range steps {
		if err != nil {
			return nil, nil, err
		}
	}
	configuration, err = b.EditConfiguration(listener, func(c map[string]any) { editConfiguration(c, a) })
	if err != nil {
		return nil, nil, err
	}
	if err := b.CopyListener(listener, other, a.other); err != nil {
		return nil, nil, err
	}
	if b.SetModule(module) == 0 {
		return nil, nil, fmt.Errorf("there is no Wasm filter in it")
	}
	text, err = b.YAML()
	return text, configuration, err
}

// editManager leads the page's paths to the page, lets WebSockets through, and
// has Envoy tell the console of each request before and after the filter.
func editManager(manager map[string]any, a addresses) {
	manager["upgrade_configs"] = []any{map[string]any{"upgrade_type": "websocket"}}
	to := func(kind, path, cluster string, more map[string]any) any {
		route := map[string]any{"cluster": cluster}
		for name, value := range more {
			route[name] = value
		}
		return map[string]any{"match": map[string]any{kind: path}, "route": route}
	}
	routes := []any{to("path", "/", "page", nil), to("prefix", "/demo/", "page", nil)}
	for _, vendor := range vendors {
		path := "/" + string(vendor) + "/"
		routes = append(routes,
			to("prefix", path+"api/", "backend", map[string]any{"prefix_rewrite": "/api/"}),
			to("prefix", path, "page", nil))
	}
	configuration, _ := manager["route_config"].(map[string]any)
	hosts, _ := configuration["virtual_hosts"].([]any)
	for _, host := range hosts {
		if host, ok := host.(map[string]any); ok {
			own, _ := host["routes"].([]any)
			host["routes"] = append(routes, own...)
		}
	}
	filters, _ := manager["http_filters"].([]any)
	last := max(0, len(filters)-1) // the router
	all := append([]any{watcher("received", a)}, filters[:last]...)
	all = append(all, watcher("forwarded", a))
	manager["http_filters"] = append(all, filters[last:]...)
}

// watcher is the Lua filter at one end of the chain.
func watcher(phase string, a addresses) any {
	script := strings.NewReplacer(
		"@SINK@", a.sink, "@PHASE@", phase,
		"@NAMED@", "https://"+clerkHost, "@ACTUAL@", "http://"+a.frontend[idp.Clerk],
	).Replace(watch)
	return map[string]any{
		"name": "watch-" + phase,
		"typed_config": map[string]any{
			"@type":               "type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua",
			"default_source_code": map[string]any{"inline_string": script},
		},
	}
}

// editConfiguration adds the page's origin and rules to the configuration in
// envoy.yaml, whose own rules stay.
func editConfiguration(configuration map[string]any, a addresses) {
	providers, _ := configuration["providers"].([]any)
	for _, p := range providers {
		provider, ok := p.(map[string]any)
		if !ok {
			continue
		}
		preset, _ := provider["preset"].(string)
		if parties, ok := provider["authorizedParties"].([]any); ok {
			provider["authorizedParties"] = append(parties, a.origin())
		}
		provider["signInUrl"] = "http://" + a.frontend[idp.Vendor(preset)] + "/sign-in"
		provider["clockSkew"] = "0s" // a token ends when the page says so
		provider["jwksUnknownKeyInterval"] = "1s"
	}
	configuration["allowedOrigins"] = []any{a.origin()}
	rules := []any{map[string]any{"paths": []any{"/", "/demo", "/demo/*"}, "auth": "skip"}}
	for _, vendor := range vendors {
		path, own := "/"+string(vendor)+"/", []any{string(vendor)}
		admin := map[string]any{"claim": "org_role", "values": []any{"org:admin"}}
		if vendor == idp.Corbado {
			admin = map[string]any{"claim": "email", "values": []any{"ada@example.com"}}
		}
		rules = append(rules,
			map[string]any{"paths": []any{path}, "providers": own, "auth": "optional"},
			map[string]any{"paths": []any{path + "api/admin"}, "providers": own, "require": []any{admin}},
			map[string]any{"paths": []any{"/" + string(vendor), path + "*"}, "providers": own})
	}
	own, _ := configuration["rules"].([]any)
	configuration["rules"] = append(rules, own...)
}
