package lint

import (
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/configfile"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
	"github.com/sessiongate/sessiongate/internal/problem"
)

// serviceEntries finds a key server that Istio does not know: there is no
// cluster for it, so no keys come, and every request with a token gets 503.
func serviceEntries(s *subject) {
	if s.Holder != configfile.WasmPlugin || !s.besides() {
		return
	}
	for _, key := range s.keyHosts() {
		var other string
		found, port := false, false
		for _, entry := range s.kinds("ServiceEntry") {
			hosts := entry.Path("spec", "hosts")
			if !hasString(hosts, key.host) || !s.visible(entry) {
				if listed := hosts.Strings(); len(listed) > 0 {
					other = listed[0]
				}
				continue
			}
			found = true
			port = port || hasPort(entry.Node, key.port)
		}
		at, host := s.spotOf(key.provider), problem.Quote(key.host)
		switch {
		case !found && other != "":
			s.warn(at, "service-entries", "keys come from "+host+", and the ServiceEntry here is for "+problem.Quote(other)+"; write hosts: ["+host+"], in this namespace or exported to it")
		case !found:
			s.warn(at, "service-entries", "keys come from "+host+", which no ServiceEntry here names, so the proxy cannot fetch keys; add one for it")
		case !port:
			s.warn(at, "service-entries", "keys come from port "+key.port+" of "+host+", which its ServiceEntry does not have; add the port to it")
		}
	}
}

// hasPort reports whether a ServiceEntry has a port of that number.
func hasPort(entry *tree.Node, number string) bool {
	for _, port := range entry.Path("spec", "ports").Items() {
		if n := port.Get("number"); n != nil && n.Text == number {
			return true
		}
	}
	return false
}
