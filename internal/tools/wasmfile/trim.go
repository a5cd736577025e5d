package wasmfile

import "encoding/binary"

// Unused are the callbacks that the SDK exports for every filter and that
// this one does nothing in. A host calls what is exported: without these, it
// enters the VM neither for bodies nor for response trailers nor at the end of
// a stream.
//
// Request trailers are not among them: identity headers are taken out there.
var Unused = []string{
	"proxy_on_request_body",
	"proxy_on_response_body",
	"proxy_on_response_trailers",
	"proxy_on_log",
	"proxy_on_new_connection",
	"proxy_on_downstream_data",
	"proxy_on_downstream_connection_close",
	"proxy_on_upstream_data",
	"proxy_on_upstream_connection_close",
	"proxy_on_queue_ready",
}

// Trim gives the module without some of its exports and without its custom
// sections (names, producers). Functions stay where they are: they are no
// longer reachable from outside, and an optimiser may take them out.
func Trim(module []byte, drop []string) ([]byte, error) {
	all, err := sections(module)
	if err != nil {
		return nil, err
	}
	dropped := map[string]bool{}
	for _, name := range drop {
		dropped[name] = true
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
			kept, body := uint64(0), []byte(nil)
			for _, e := range entries {
				if !dropped[e.name] {
					kept++
					body = append(body, e.raw...)
				}
			}
			s.content = append(binary.AppendUvarint(nil, kept), body...)
		}
		trimmed = append(trimmed, s)
	}
	return join(trimmed), nil
}
