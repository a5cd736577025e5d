package lint

import "github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"

// ports finds rules for a host that ask for less than those for others, where
// Envoy's virtual hosts tell ports apart and rules do not: with a port that
// nobody has written down, a request gets to another virtual host, and keeps the
// weaker rule.
func ports(s *subject) {
	if s.reach == nil || !matchesPorts(s.Manager) {
		return
	}
	if rule, _, found := s.afterHosts(func(strength, other int) bool { return other > strength }); found {
		s.warn(s.hostsOf(rule), "ports", s.about(rule)+" asks for less than the rules after it, and matches its host with any port, while Envoy's virtual hosts compare ports; "+
			"write ignore_port_in_host_matching: true in route_config, or strip_any_host_port: true in the connection manager")
	}
}

// matchesPorts reports whether a connection manager chooses a virtual host by
// the authority with its port: it has routes of its own, some of them for
// certain hosts, and none of the options that leave the port out.
func matchesPorts(manager *tree.Node) bool {
	routes := manager.Get("route_config", "routeConfig")
	if manager.Get("strip_any_host_port", "stripAnyHostPort").IsTrue() ||
		routes.Get("ignore_port_in_host_matching", "ignorePortInHostMatching").IsTrue() {
		return false
	}
	for _, host := range routes.Get("virtual_hosts", "virtualHosts").Items() {
		for _, domain := range host.Get("domains").Strings() {
			if domain != "*" {
				return true
			}
		}
	}
	return false
}
