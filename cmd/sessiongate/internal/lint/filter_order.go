package lint

import (
	"strings"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/configfile"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
)

// decidingFilters are Envoy's filters that let requests pass or not, and may do
// so by identity headers.
var decidingFilters = map[string]string{
	"envoy.extensions.filters.http.ext_authz.v3.ExtAuthz":         "ext_authz",
	"envoy.extensions.filters.http.rbac.v3.RBAC":                  "RBAC",
	"envoy.extensions.filters.http.ext_proc.v3.ExternalProcessor": "ext_proc",
}

// filterOrder finds filters before this one that see identity headers as the
// client wrote them. One that looks at addresses only may stand there.
func filterOrder(s *subject) {
	if s.Holder != configfile.EnvoyFilter || s.Manager == nil {
		return
	}
	for _, filter := range s.Manager.Get("http_filters", "httpFilters").Items() {
		typed := filter.Get("typed_config", "typedConfig")
		if settings, is := configfile.WasmFilter(typed); is && settings == s.Settings {
			return
		}
		typ := typed.Get("@type").Str()
		if strings.HasSuffix(typ, ".TypedStruct") {
			typ, typed = typed.Get("type_url", "typeUrl").Str(), typed.Get("value")
		}
		_, name, _ := strings.Cut(typ, "/")
		kind := decidingFilters[name]
		if kind == "" || kind == "RBAC" && looksAtAddressesOnly(typed) {
			continue
		}
		s.warn(spot{"http_filters", filter.Place}, "order-of-filters", kind+" runs before the filter, and sees identity headers as the client wrote them; move it behind")
	}
}

// looksAtAddressesOnly reports whether RBAC rules are there, and name neither
// headers nor metadata.
func looksAtAddressesOnly(rbac *tree.Node) bool {
	rules := rbac.Get("rules")
	addresses := rules.Exists()
	rules.Walk(func(n *tree.Node) bool {
		if n.Get("header", "metadata", "sourced_metadata", "sourcedMetadata", "filter_state", "filterState", "matcher") != nil {
			addresses = false
		}
		return addresses
	})
	return addresses
}
