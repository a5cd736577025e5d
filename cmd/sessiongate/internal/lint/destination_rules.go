package lint

import (
	"strings"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/configfile"
	"github.com/sessiongate/sessiongate/internal/problem"
)

// destinationRules finds a key server that is asked without TLS, or without a
// look at its name: an attacker on the way can serve keys, and sign in as any user.
func destinationRules(s *subject) {
	if s.Holder != configfile.WasmPlugin || !s.besides() {
		return
	}
	for _, key := range s.keyHosts() {
		if !s.hasEntry(key) || s.providers()[key.provider].Get("allowInsecureJwks").IsTrue() {
			continue
		}
		rule := s.ruleFor(key)
		if rule.Node == nil {
			s.warn(s.spotOf(key.provider), "destination-rules", "no DestinationRule here is for "+problem.Quote(key.host)+", so the proxy asks for keys without TLS; add one with tls: {mode: SIMPLE, subjectAltNames: ["+problem.Quote(key.host)+"]}")
			continue
		}
		s.tlsOf(rule, key)
	}
}

// hasEntry reports whether a ServiceEntry names the host; without one there is
// something else to mend first.
func (s *subject) hasEntry(key keyHost) bool {
	for _, entry := range s.kinds("ServiceEntry") {
		if hasString(entry.Path("spec", "hosts"), key.host) {
			return true
		}
	}
	return false
}

func (s *subject) ruleFor(key keyHost) resource {
	for _, rule := range s.kinds("DestinationRule") {
		host := rule.Path("spec", "host").Str()
		if end, open := strings.CutPrefix(host, "*"); (host == key.host || open && strings.HasSuffix(key.host, end)) && s.visible(rule) {
			return rule
		}
	}
	return resource{}
}

// tlsOf looks at the TLS settings of a DestinationRule for the keys' cluster.
func (s *subject) tlsOf(rule resource, key keyHost) {
	policy, path := rule.Path("spec", "trafficPolicy"), "spec.trafficPolicy"
	if key.subset != "" {
		named := false
		for _, subset := range rule.Path("spec", "subsets").Items() {
			if subset.Get("name").Str() == key.subset {
				named = true
				if own := subset.Get("trafficPolicy"); own.Has("tls") || own.Has("portLevelSettings") {
					policy, path = own, "spec.subsets"
				}
			}
		}
		if !named {
			s.other(rule, rule.Get("spec"), "spec.subsets", "destination-rules", "has no subset "+problem.Quote(key.subset)+", which jwksCluster names; add it")
			return
		}
	}
	tls := policy.Get("tls")
	for _, port := range policy.Get("portLevelSettings").Items() {
		if number := port.Path("port", "number"); number != nil && number.Text == key.port && port.Has("tls") {
			tls = port.Get("tls")
		}
	}
	at := tls
	if at == nil {
		at = rule.Get("spec")
	}
	names := "subjectAltNames: [" + problem.Quote(key.host) + "]"
	switch mode := tls.Get("mode").Str(); {
	case mode == "ISTIO_MUTUAL": // the mesh checks who it is
	case mode != "SIMPLE" && mode != "MUTUAL":
		s.other(rule, at, path+".tls", "destination-rules", "asks for keys without TLS, so an attacker between the proxy and the key server can serve keys of their own; write tls: {mode: SIMPLE, "+names+"}")
	case tls.Get("insecureSkipVerify").IsTrue():
		s.other(rule, tls.Get("insecureSkipVerify"), path+".tls.insecureSkipVerify", "destination-rules", "accepts any certificate, so an attacker between the proxy and the key server can serve keys of their own; remove it")
	case len(tls.Get("subjectAltNames").Strings()) == 0:
		s.other(rule, at, path+".tls", "destination-rules", "accepts a certificate of any name, and the owner of that name could sign sessions; write "+names)
	}
}
