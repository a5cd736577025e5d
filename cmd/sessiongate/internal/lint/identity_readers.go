package lint

import (
	"strings"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
)

// headerReaders are Envoy's filters that count requests, or let them pass, by
// headers that their configuration or the routes name, with the section of
// docs/by-identity.md that says where they stand.
var headerReaders = map[string]struct{ name, section string }{
	"envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit":              {"local_ratelimit", "rate-limits"},
	"envoy.extensions.filters.http.ratelimit.v3.RateLimit":                         {"ratelimit", "rate-limits"},
	"envoy.extensions.filters.http.rate_limit_quota.v3.RateLimitQuotaFilterConfig": {"rate_limit_quota", "rate-limits"},
	"envoy.extensions.filters.http.rbac.v3.RBAC":                                   {"RBAC", "rbac"},
}

// identityReaders finds rate limits and RBAC rules by identity headers in front
// of the filter: a client chooses there who it is.
func identityReaders(s *subject) {
	for _, filter := range s.filtersBefore() {
		header, place, reads := s.readsIdentity(filter)
		if !reads {
			continue
		}
		reader := headerReaders[filter.typ]
		s.report(Finding{Level: Warning, Path: "http_filters", Place: place, See: "docs/by-identity.md#" + reader.section,
			Message: reader.name + " runs before the filter and reads " + header + " as the client wrote it, so every client can choose its identity; write " +
				reader.name + " behind the filter in http_filters"})
	}
}

// readsIdentity finds the first identity header that a filter reads, in its own
// configuration or in what routes say for it.
func (s *subject) readsIdentity(filter httpFilter) (header string, at tree.Place, reads bool) {
	reader, known := headerReaders[filter.typ]
	if !known {
		return "", at, false
	}
	find := func(n *tree.Node) bool {
		if n.Str() != "" && s.isIdentityHeader(n.Text) {
			header, at, reads = n.Text, n.Place, true
		}
		return !reads
	}
	filter.typed.Walk(find)
	byRoutes := reader.section == "rate-limits" && !filter.typed.Has("rate_limits", "rateLimits")
	s.Manager.Get("route_config", "routeConfig").Walk(func(n *tree.Node) bool {
		n.Get("typed_per_filter_config", "typedPerFilterConfig").Get(filter.name).Walk(find)
		if byRoutes {
			n.Get("rate_limits", "rateLimits").Walk(find)
		}
		return !reads
	})
	return header, at, reads
}

// isIdentityHeader reports whether a text names a header that the filter writes,
// by itself or as %REQ(...)%.
func (s *subject) isIdentityHeader(text string) bool {
	text = strings.ToLower(text)
	text = strings.TrimPrefix(strings.TrimSuffix(text, ")%"), "%req(")
	prefix := s.root.Get("identityHeaderPrefix").Str()
	if prefix == "" {
		prefix = "x-identity-"
	}
	if strings.HasPrefix(text, prefix) {
		return true
	}
	for _, provider := range s.providers() {
		if text == strings.ToLower(provider.Get("outputPayloadToHeader").Str()) && text != "" {
			return true
		}
		for _, output := range provider.Get("outputClaimToHeaders").Items() {
			if text == strings.ToLower(output.Get("header").Str()) && text != "" {
				return true
			}
		}
	}
	return false
}
