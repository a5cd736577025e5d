package lint

import (
	"strings"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/configfile"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
)

// orderOfResources finds resources of Istio and Envoy Gateway that become
// filters before this one, and decide by identity headers there.
func orderOfResources(s *subject) {
	switch s.Holder {
	case configfile.WasmPlugin:
		s.customPolicies()
	case configfile.ExtensionPolicy:
		s.securityPolicies()
	}
}

// customPolicies finds AuthorizationPolicies of action CUSTOM, which run before
// every WasmPlugin, and are chosen by identity headers.
func (s *subject) customPolicies() {
	prefix := s.root.Get("identityHeaderPrefix").Str()
	if prefix == "" {
		prefix = "x-identity-"
	}
	for _, policy := range s.kinds("AuthorizationPolicy") {
		if policy.Path("spec", "action").Str() != "CUSTOM" {
			continue
		}
		policy.Path("spec", "rules").Walk(func(n *tree.Node) bool {
			if key := n.Get("key"); strings.HasPrefix(strings.ToLower(key.Str()), "request.headers["+prefix) {
				s.other(policy, key, "spec.rules", "order-of-filters", "action CUSTOM runs before the filter, and sees identity headers as the client wrote them; write the condition as \"require\" in the filter's rules")
			}
			return true
		})
	}
}

// securityPolicies finds an EnvoyProxy that leaves Envoy Gateway's order, in
// which authorization runs before Wasm filters, beside a policy that needs it.
func (s *subject) securityPolicies() {
	for _, policy := range s.kinds("SecurityPolicy") {
		var name string
		switch spec := policy.Get("spec"); {
		case spec.Has("extAuth"):
			name = "extAuth"
		case readsHeaders(spec.Get("authorization")):
			name = "authorization"
		default:
			continue
		}
		ordered := false
		for _, proxy := range s.kinds("EnvoyProxy") {
			for _, order := range proxy.Path("spec", "filterOrder").Items() {
				ordered = ordered || order.Get("name").Str() == "envoy.filters.http.wasm" && order.Has("before")
			}
		}
		if !ordered {
			s.other(policy, policy.Path("spec", name), "spec."+name, "order-of-filters", "this runs before the filter, and sees identity headers as the client wrote them; write filterOrder into the EnvoyProxy, as in deploy/envoy-gateway")
		}
	}
}

// readsHeaders reports whether an authorization asks for request headers.
func readsHeaders(authorization *tree.Node) bool {
	reads := false
	authorization.Walk(func(n *tree.Node) bool {
		reads = reads || n.Has("headers")
		return !reads
	})
	return reads
}
