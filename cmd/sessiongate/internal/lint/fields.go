package lint

import "github.com/sessiongate/sessiongate/internal/config"

// knowsField reports whether configurations have a field at their top, and it is
// supported.
func knowsField(name string) bool {
	for _, table := range config.Tables() {
		if table.Name != "" {
			continue
		}
		for i := range table.Fields {
			if table.Fields[i].Name == name {
				return !table.Fields[i].Unsupported
			}
		}
	}
	return false
}
