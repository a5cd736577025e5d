package wasmfile

import (
	"encoding/binary"
	"strings"
)

// Unused are the callbacks that the SDK exports for every filter and that
// this one does nothing in. A host calls what is exported: without these, it
// enters the VM neither for bodies nor for response trailers, and once at the
// end of a stream.
//
// Request trailers are not among them: identity headers are taken out there.
var Unused = []string{
	"proxy_on_request_body",
	"proxy_on_response_body",
	"proxy_on_response_trailers",
	"proxy_on_log",
	"proxy_on_delete",
	"proxy_on_new_connection",
	"proxy_on_downstream_data",
	"proxy_on_downstream_connection_close",
	"proxy_on_upstream_data",
	"proxy_on_upstream_connection_close",
	"proxy_on_queue_ready",
}

// ownPrefix begins the names of exports that take the place of the SDK's, which
// begin with sdkPrefix: two functions of a program cannot export one name.
const (
	ownPrefix = "sessiongate_"
	sdkPrefix = "proxy_"
)

// Trim gives the module without some of its exports and without its custom
// sections (names, producers), and has its own exports take the place of the
// SDK's. Functions stay where they are: some are no longer reachable from
// outside.
func Trim(module []byte, drop []string) ([]byte, error) {
	all, err := sections(module)
	if err != nil {
		return nil, err
	}
	var trimmed []section
	for _, s := range all {
		switch s.id {
		case sectionCustom:
			continue
		case sectionExport:
			entries, err := exports(s.content)
			if err != nil {
				return nil, err
			}
			s.content = exported(entries, drop)
		}
		trimmed = append(trimmed, s)
	}
	return join(trimmed), nil
}

// exported is an export section without those that are dropped or replaced.
func exported(entries []export, drop []string) []byte {
	replaced := map[string]bool{}
	for _, name := range drop {
		replaced[name] = true
	}
	for _, e := range entries {
		if name, own := strings.CutPrefix(e.name, ownPrefix); own {
			replaced[sdkPrefix+name] = true
		}
	}
	kept, body := uint64(0), []byte(nil)
	for _, e := range entries {
		if replaced[e.name] {
			continue
		}
		name := e.name
		if rest, own := strings.CutPrefix(name, ownPrefix); own {
			name = sdkPrefix + rest
		}
		kept++
		body = append(binary.AppendUvarint(body, uint64(len(name))), name...)
		body = append(body, e.of...)
	}
	return append(binary.AppendUvarint(nil, kept), body...)
}
