package lint

import (
	"net/netip"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/configfile"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
	"github.com/sessiongate/sessiongate/internal/problem"
)

// keyClusters finds clusters of key servers that a static bootstrap does not
// have, or that ask without TLS, or without a look at the certificate.
func keyClusters(s *subject) {
	clusters, known := s.clusters()
	if !known || s.result == nil {
		return
	}
	for i, p := range s.result.Policy.Providers {
		if p.Remote == nil {
			continue
		}
		cluster := clusters[p.Remote.Cluster]
		if cluster == nil {
			if s.complete() {
				s.fail(s.spotOf(i), "unknown-clusters", "the bootstrap has no cluster "+problem.Quote(p.Remote.Cluster)+", so the proxy cannot fetch keys; add it, or name one of its clusters")
			}
			continue
		}
		if !s.providers()[i].Get("allowInsecureJwks").IsTrue() && !onThisMachine(cluster) && !cluster.Has("transport_socket_matches", "transportSocketMatches") {
			s.clusterTLS(cluster)
		}
	}
}

// clusters are those of the bootstrap or of the part of one around the filter,
// and those that an EnvoyProxy beside an Envoy Gateway's policy adds.
func (s *subject) clusters() (byName map[string]*tree.Node, known bool) {
	byName = map[string]*tree.Node{}
	var lists []*tree.Node
	switch s.Holder {
	case configfile.EnvoyFilter:
		lists = append(lists, s.Document.Path("static_resources|staticResources", "clusters"))
	case configfile.ExtensionPolicy:
		for _, proxy := range s.kinds("EnvoyProxy") {
			lists = append(lists, bootstrapOf(proxy.Node).Path("static_resources|staticResources", "clusters"))
		}
	}
	for _, list := range lists {
		for _, cluster := range list.Items() {
			byName[cluster.Get("name").Str()] = cluster
		}
	}
	return byName, len(lists) > 0
}

// bootstrapOf is the bootstrap that an EnvoyProxy holds as YAML in a string.
func bootstrapOf(proxy *tree.Node) *tree.Node {
	text := proxy.Path("spec", "bootstrap", "value")
	documents, wrong := tree.ReadYAMLText(text)
	if wrong != nil || len(documents) != 1 {
		return nil
	}
	return documents[0]
}

// complete reports whether a bootstrap names all clusters that Envoy will have.
func (s *subject) complete() bool {
	return s.Holder == configfile.EnvoyFilter && s.Document.Has("static_resources", "staticResources") &&
		!s.Document.Has("dynamic_resources", "dynamicResources")
}

// authorities are the fields of a validation context that say whose certificates
// are taken.
var authorities = []string{
	"trusted_ca", "trustedCa", "system_root_certs", "systemRootCerts",
	"ca_certificate_provider_instance", "caCertificateProviderInstance",
}

// clusterTLS looks at how a cluster reaches its server.
func (s *subject) clusterTLS(cluster *tree.Node) {
	name := "clusters[" + cluster.Get("name").Str() + "]"
	socket := cluster.Get("transport_socket", "transportSocket")
	tls := socket.Path("typed_config|typedConfig", "common_tls_context|commonTlsContext")
	validation := tls.Get("validation_context", "validationContext")
	if combined := tls.Path("combined_validation_context|combinedValidationContext", "default_validation_context|defaultValidationContext"); validation == nil {
		validation = combined
	}
	at, path := cluster, name
	if socket != nil {
		at, path = socket, name+".transport_socket"
	}
	const anybody = ", so an attacker between the proxy and the key server can serve keys of their own; "
	switch {
	case !socket.Exists() || socket.Path("typed_config|typedConfig").Get("sni", "common_tls_context", "commonTlsContext", "@type") == nil:
		s.warn(spot{path, at.Place}, "key-clusters", "the proxy fetches keys without TLS"+anybody+"write a transport_socket with UpstreamTlsContext, sni and validation_context")
	case tls.Has("validation_context_sds_secret_config", "validationContextSdsSecretConfig"), validation.Has("custom_validator_config", "customValidatorConfig"):
	case !validation.Has(authorities...) && !certificateElsewhere(tls):
		s.warn(spot{path, at.Place}, "key-clusters", "the proxy does not check the server's certificate"+anybody+"write validation_context with trusted_ca and match_typed_subject_alt_names")
	case !validation.Has("match_typed_subject_alt_names", "matchTypedSubjectAltNames") && !validation.Has("match_subject_alt_names", "matchSubjectAltNames") &&
		!socket.Path("typed_config|typedConfig").Get("auto_sni_san_validation", "autoSniSanValidation").IsTrue():
		s.warn(spot{path, at.Place}, "key-clusters", "the proxy accepts a certificate of any name, and its owner could sign sessions; write match_typed_subject_alt_names with the host of the keys")
	}
}

// certificateElsewhere reports whether the authority comes from a provider that
// the file does not show.
func certificateElsewhere(tls *tree.Node) bool {
	return tls.Get("combined_validation_context", "combinedValidationContext").Has("validation_context_sds_secret_config", "validationContextSdsSecretConfig")
}

// onThisMachine reports whether all endpoints of a cluster are on the loopback
// interface or behind a pipe: then nothing is on the way.
func onThisMachine(cluster *tree.Node) bool {
	endpoints, local := 0, 0
	cluster.Path("load_assignment|loadAssignment").Walk(func(n *tree.Node) bool {
		address := n.Get("address")
		if address == nil || address.Kind != tree.Object {
			return true
		}
		endpoints++
		host := address.Path("socket_address|socketAddress", "address").Str()
		ip, err := netip.ParseAddr(host)
		if host == "localhost" || err == nil && ip.IsLoopback() || address.Has("pipe") {
			local++
		}
		return false
	})
	return endpoints > 0 && endpoints == local
}
