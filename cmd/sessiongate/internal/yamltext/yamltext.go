// Package yamltext writes strings into YAML.
package yamltext

import (
	"encoding/json"
	"regexp"
	"strings"
)

// plain is text that YAML reads as a string without quotation marks.
var plain = regexp.MustCompile(`^[A-Za-z/][A-Za-z0-9_./|:@-]*$`)

// Scalar is a string as YAML.
func Scalar(text string) string {
	switch strings.ToLower(text) {
	case "true", "false", "null", "yes", "no", "on", "off", "y", "n":
		return Quote(text)
	}
	if plain.MatchString(text) && !strings.HasSuffix(text, ":") {
		return text
	}
	return Quote(text)
}

// Quote is a string as YAML and JSON.
func Quote(text string) string {
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(text) // a string is never refused
	return strings.TrimSuffix(out.String(), "\n")
}

// List is a list of strings as YAML and JSON.
func List(texts []string) string {
	quoted := make([]string, 0, len(texts))
	for _, text := range texts {
		quoted = append(quoted, Quote(text))
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}
