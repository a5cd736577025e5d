package lint

import (
	"slices"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/reach"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
)

// weakerAfterHosts finds a rule for some hosts, before one that asks for less on
// others: a client chooses its Host header. Where the file shows that Envoy
// routes certain hosts only, it cannot.
func weakerAfterHosts(s *subject) {
	if s.reach == nil || routesNamedHostsOnly(s.Manager) {
		return
	}
	for i, rule := range s.rules() {
		if !rule.Has("hosts") && !rule.Has("notHosts") {
			continue
		}
		for _, c := range s.reach.Owned(i) {
			for h := range s.reach.Hosts {
				owner := s.reach.Owner(reach.Cell{Host: h, Method: c.Method, Path: c.Path})
				if owner != reach.None && owner < i || s.strength(owner) >= s.strength(i) {
					continue
				}
				field := "hosts"
				if !rule.Has(field) {
					field = "notHosts"
				}
				s.warn(s.in("rules", i, field), "hosts", "a client that reaches this backend under another host falls under "+s.weaker(owner)+
					", and a client chooses its Host header; have Envoy's virtual hosts route only the hosts that the rules name")
				return
			}
		}
	}
}

// routesNamedHostsOnly reports whether a connection manager has routes of its
// own, and none of them for all hosts.
func routesNamedHostsOnly(manager *tree.Node) bool {
	hosts := manager.Path("route_config|routeConfig", "virtual_hosts|virtualHosts").Items()
	for _, host := range hosts {
		if slices.Contains(host.Get("domains").Strings(), "*") {
			return false
		}
	}
	return len(hosts) > 0
}
