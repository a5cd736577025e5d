package lint

import (
	"regexp"
	"strings"

	"github.com/sessiongate/sessiongate/internal/config"
)

// section is a section of docs/check.md.
func section(name string) string { return "docs/check.md#" + name }

var index = regexp.MustCompile(`\[\d+\]`)

// SectionOf is the section of the reference about a path in a configuration:
// that of the table of fields that the path leads into.
func SectionOf(path string) string {
	path = index.ReplaceAllString(path, "[]")
	best := ""
	for _, table := range config.Tables() {
		if inside := table.Name == path || strings.HasPrefix(path, table.Name+"."); inside && len(table.Name) > len(best) {
			best = table.Name
		}
	}
	if best == "" {
		return "docs/reference.md#the-configuration"
	}
	return "docs/reference.md#" + strings.ToLower(strings.NewReplacer("[]", "", ".", "").Replace(best))
}
