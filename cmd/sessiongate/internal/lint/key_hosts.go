package lint

import (
	"strings"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
)

// keyHost is where Istio's proxy fetches the keys of a provider.
type keyHost struct {
	provider           int
	host, port, subset string
}

// keyHosts are the hosts outside the mesh that Istio's clusters lead to:
// "outbound|443|keys|clerk.example.com".
func (s *subject) keyHosts() []keyHost {
	var all []keyHost
	if s.result == nil {
		return nil
	}
	for i, p := range s.result.Policy.Providers {
		if p.Remote == nil {
			continue
		}
		parts := strings.Split(p.Remote.Cluster, "|")
		if len(parts) != 4 || parts[0] != "outbound" {
			continue
		}
		if host := parts[3]; strings.Contains(host, ".") && !strings.HasSuffix(host, ".local") && !strings.HasSuffix(host, ".svc") {
			all = append(all, keyHost{i, host, parts[1], parts[2]})
		}
	}
	return all
}

// spotOf is what names the host of a provider's keys.
func (s *subject) spotOf(provider int) spot {
	for _, field := range []string{"jwksCluster", "jwksUri", "publishableKey", "projectId", "frontendApi"} {
		if s.providers()[provider].Has(field) {
			return s.in("providers", provider, field)
		}
	}
	return s.in("providers", provider)
}

// visible reports whether a ServiceEntry or a DestinationRule is seen in the
// namespace of the configuration: exportTo may keep it to its own.
func (s *subject) visible(r resource) bool {
	own, theirs := s.Document.Path("metadata", "namespace").Str(), r.Path("metadata", "namespace").Str()
	exportTo := r.Path("spec", "exportTo").Strings()
	if len(exportTo) == 0 || own == theirs {
		return true
	}
	for _, to := range exportTo {
		if to == "*" || to == own {
			return true
		}
	}
	return false
}

// besides reports whether the file of the configuration holds any other
// resource, or a file beside it what Istio needs for key servers: only then can
// something be missing.
func (s *subject) besides() bool {
	for _, r := range s.resources {
		kind := r.Get("kind").Str()
		if r.file == s.file && r.Node != s.Document && kind != "WasmPlugin" || kind == "ServiceEntry" || kind == "DestinationRule" {
			return true
		}
	}
	return false
}

// hasString reports whether a list of strings has one.
func hasString(list *tree.Node, text string) bool {
	for _, s := range list.Strings() {
		if s == text {
			return true
		}
	}
	return false
}
