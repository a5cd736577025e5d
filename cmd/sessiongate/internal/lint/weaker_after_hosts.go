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
	rule, other, found := s.afterHosts(func(strength, other int) bool { return other < strength })
	if found {
		s.warn(s.hostsOf(rule), "hosts", "a client that reaches this backend under another host falls under "+s.weaker(other)+
			", and a client chooses its Host header; have Envoy's virtual hosts route only the hosts that the rules name")
	}
}

// afterHosts finds a rule with hosts and one after it, or none, under which the
// same request falls with another host, if the strength of the two compares.
func (s *subject) afterHosts(compares func(strength, other int) bool) (rule, other int, found bool) {
	for i, written := range s.rules() {
		if !written.Has("hosts") && !written.Has("notHosts") {
			continue
		}
		for m := range s.reach.Methods {
			for p := range s.reach.Paths {
				owned, other, found := false, 0, false
				for h := range s.reach.Hosts {
					owner := s.reach.Owner(reach.Cell{Host: h, Method: m, Path: p})
					owned = owned || owner == i
					if !found && (owner == reach.None || owner > i) && compares(s.strength(i), s.strength(owner)) {
						other, found = owner, true
					}
				}
				if owned && found {
					return i, other, true
				}
			}
		}
	}
	return 0, 0, false
}

// hostsOf is where a rule says for which hosts it is.
func (s *subject) hostsOf(rule int) spot {
	if s.root.Get("rules").Item(rule).Has("hosts") {
		return s.in("rules", rule, "hosts")
	}
	return s.in("rules", rule, "notHosts")
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
