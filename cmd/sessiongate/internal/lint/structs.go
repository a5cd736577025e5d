package lint

import (
	"strings"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/configfile"
)

// structs finds a configuration as a Struct, which Envoy hands to plugins in
// protobuf's encoding: the filter cannot read it, and Envoy refuses the listener.
func structs(s *subject) {
	if s.Holder != configfile.EnvoyFilter || !strings.HasSuffix(s.Settings.Get("configuration").Get("@type").Str(), "/google.protobuf.Struct") {
		return
	}
	s.fail(s.around("configuration", "@type"), "structs", "a Struct reaches plugins in the encoding of protobuf, which the filter refuses; "+
		`write "@type": type.googleapis.com/google.protobuf.StringValue, and the configuration as JSON in "value"`)
}
