package scaffold

import (
	"embed"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"text/template"
)

//go:embed templates
var files embed.FS

// plain is text that YAML reads as a string without quotation marks.
var plain = regexp.MustCompile(`^[A-Za-z/][A-Za-z0-9_./|:@-]*$`)

// scalar is a string as YAML.
func scalar(text string) string {
	switch strings.ToLower(text) {
	case "true", "false", "null", "yes", "no", "on", "off", "y", "n":
		return quote(text)
	}
	if plain.MatchString(text) && !strings.HasSuffix(text, ":") {
		return text
	}
	return quote(text)
}

// quote is a string as YAML and JSON.
func quote(text string) string {
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(text) // a string is never refused
	return strings.TrimSuffix(out.String(), "\n")
}

func list(texts []string) string {
	quoted := make([]string, 0, len(texts))
	for _, text := range texts {
		quoted = append(quoted, quote(text))
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// render fills in a template.
func render(name string, s settings) (string, error) {
	t := template.New("")
	part := func(of string) func(settings, int) (string, error) {
		return func(s settings, indent int) (string, error) {
			var out strings.Builder
			err := t.ExecuteTemplate(&out, of, s)
			return indented(out.String(), indent), err
		}
	}
	t.Funcs(template.FuncMap{
		"yaml": scalar, "quote": quote, "list": list, "policy": part("policy"), "policyJSON": part("policyJSON"), "cluster": part("cluster"),
	})
	if _, err := t.ParseFS(files, "templates/*.tmpl"); err != nil {
		return "", err
	}
	var out strings.Builder
	if err := t.ExecuteTemplate(&out, name, s); err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	return out.String(), nil
}

func indented(text string, by int) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = strings.Repeat(" ", by) + line
		}
	}
	return strings.Join(lines, "\n")
}
