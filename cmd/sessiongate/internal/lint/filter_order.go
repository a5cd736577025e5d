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
	for _, filter := range s.filtersBefore() {
		kind := decidingFilters[filter.typ]
		if kind == "" || kind == "RBAC" && looksAtAddressesOnly(filter.typed) {
			continue
		}
		if _, _, reads := s.readsIdentity(filter); reads {
			continue // identityReaders says it better
		}
		s.warn(spot{"http_filters", filter.place}, "order-of-filters", kind+" runs before the filter, and sees identity headers as the client wrote them; move it behind")
	}
}

// httpFilter is one of Envoy's HTTP filters.
type httpFilter struct {
	name  string
	typ   string // of its configuration, without a host
	typed *tree.Node
	place tree.Place
}

// filtersBefore are the filters in front of this one, where that can be seen.
func (s *subject) filtersBefore() (all []httpFilter) {
	if s.Holder != configfile.EnvoyFilter || s.Manager == nil {
		return nil
	}
	for _, filter := range s.Manager.Get("http_filters", "httpFilters").Items() {
		typed := filter.Get("typed_config", "typedConfig")
		if settings, is := configfile.WasmFilter(typed); is && settings == s.Settings {
			return all
		}
		typ := typed.Get("@type").Str()
		if strings.HasSuffix(typ, ".TypedStruct") {
			typ, typed = typed.Get("type_url", "typeUrl").Str(), typed.Get("value")
		}
		_, typ, _ = strings.Cut(typ, "/")
		all = append(all, httpFilter{filter.Get("name").Str(), typ, typed, filter.Place})
	}
	return nil
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
