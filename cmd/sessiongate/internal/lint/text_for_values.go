package lint

import "github.com/sessiongate/sessiongate/cmd/sessiongate/internal/configfile"

// textForValues finds JSON in a string where Istio and Envoy Gateway take
// values.
func textForValues(s *subject) {
	if s.Config.Str() == "" {
		return
	}
	field := map[configfile.Holder]string{configfile.WasmPlugin: "pluginConfig", configfile.ExtensionPolicy: "config"}[s.Holder]
	if field == "" {
		return
	}
	at := s.around(field)
	s.suspects[""] = Finding{Path: at.path, Place: at.place, See: section("configuration-as-text"),
		Message: field + " is text, and has to be an object; remove the | or the quotes, and write the fields below \"" + field + ":\""}
}
