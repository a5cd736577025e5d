package lint

import (
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/configfile"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
)

// sidecars finds a WasmPlugin of a workload that does not say "requests to the
// workload only": it also runs on the calls that the workload makes. And one of a
// gateway that says so: gateways count as clients, so it runs nowhere.
func sidecars(s *subject) {
	if s.Holder != configfile.WasmPlugin {
		return
	}
	var modes []string
	for _, match := range s.Settings.Get("match").Items() {
		mode := match.Get("mode").Str()
		if mode == "" || mode == "UNDEFINED" {
			mode = "CLIENT_AND_SERVER"
		}
		modes = append(modes, mode)
	}
	at := s.around("match")
	gateway := s.isGateway()
	only := func(mode string) bool {
		return len(modes) > 0 && !slices.ContainsFunc(modes, func(m string) bool { return m != mode })
	}
	switch {
	case gateway && only("SERVER") && !s.isWaypoint():
		s.warn(at, "sidecars", "Istio counts gateways as clients, so with mode SERVER the filter runs on none of their requests; remove \"match\"")
	case gateway:
	case only("CLIENT"):
		s.warn(at, "sidecars", "with mode CLIENT the filter runs on the calls that the workload makes, and not on the calls that it gets; write match: [{mode: SERVER}]")
	case !only("SERVER"):
		s.warn(at, "sidecars", "at a sidecar the filter also runs on the calls that the workload makes itself, and refuses them; write match: [{mode: SERVER}]")
	}
}

// isWaypoint reports whether a WasmPlugin may be for waypoints, which count as
// servers.
func (s *subject) isWaypoint() bool {
	waypoint := s.Settings.Has("targetRef", "targetRefs")
	s.Settings.Get("selector").Walk(func(n *tree.Node) bool {
		for i := range n.Members {
			waypoint = waypoint || strings.Contains(n.Members[i].Name+n.Members[i].Value.Str(), "waypoint")
		}
		return true
	})
	return waypoint
}

// isGateway reports whether a WasmPlugin is for gateways: by its targets, by a
// Gateway beside it with the same selector, or by the labels that gateways have.
func (s *subject) isGateway() bool {
	if s.Settings.Has("targetRef", "targetRefs") {
		return true // of gateways and waypoints only
	}
	labels := s.Settings.Path("selector", "matchLabels")
	for _, gateway := range s.kinds("Gateway") {
		if selector := gateway.Path("spec", "selector"); selector.Exists() && sameLabels(selector, labels) {
			return true
		}
	}
	if labels == nil {
		namespace := s.Document.Path("metadata", "namespace").Str()
		return namespace == "istio-ingress" || namespace == "istio-egress"
	}
	for i := range labels.Members {
		label := labels.Members[i].Name + " " + labels.Members[i].Value.Str()
		for _, part := range []string{"gateway", "ingress", "egress", "waypoint"} {
			if strings.Contains(label, part) {
				return true
			}
		}
	}
	return false
}

// sameLabels reports whether two selectors have the same labels.
func sameLabels(a, b *tree.Node) bool {
	if a == nil || b == nil || len(a.Members) != len(b.Members) {
		return false
	}
	for i := range a.Members {
		if a.Members[i].Value.Str() != b.Get(a.Members[i].Name).Str() {
			return false
		}
	}
	return true
}
