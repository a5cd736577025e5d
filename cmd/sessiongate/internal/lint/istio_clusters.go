package lint

import (
	"strings"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/configfile"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
	"github.com/sessiongate/sessiongate/internal/problem"
)

// istioClusters finds a cluster of a bootstrap in a configuration for Istio:
// Istio names its clusters itself, so no keys come. Only a file with a
// ServiceEntry shows enough to tell, and an EnvoyFilter may add a
// cluster under any name.
func istioClusters(s *subject) {
	if s.Holder != configfile.WasmPlugin || s.result == nil || len(s.kinds("ServiceEntry")) == 0 {
		return
	}
	for i, p := range s.result.Policy.Providers {
		if p.Remote == nil || strings.Contains(p.Remote.Cluster, "|") || s.addsCluster(p.Remote.Cluster) {
			continue
		}
		s.warn(s.in("providers", i, "jwksCluster"), "clusters-of-istio", "Istio makes no cluster "+problem.Quote(p.Remote.Cluster)+", so the proxy cannot fetch keys; remove jwksCluster: without it the filter uses the cluster of the key server's host")
	}
}

// addsCluster reports whether an EnvoyFilter beside the configuration names a
// cluster.
func (s *subject) addsCluster(name string) (adds bool) {
	for _, filter := range s.kinds("EnvoyFilter") {
		filter.Path("spec", "configPatches").Walk(func(n *tree.Node) bool {
			adds = adds || n.Get("name").Str() == name
			return !adds
		})
	}
	return adds
}
