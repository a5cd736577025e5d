package scaffold

import (
	"embed"
	"fmt"
	"strings"
	"text/template"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/yamltext"
	"github.com/sessiongate/sessiongate/internal/statstags"
)

//go:embed templates
var files embed.FS

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
		"yaml": yamltext.Scalar, "quote": yamltext.Quote, "list": yamltext.List, "policy": part("policy"), "policyJSON": part("policyJSON"), "cluster": part("cluster"),
		"statsTags": func(by int) string { return indented(strings.TrimSuffix(statstags.YAML(), "\n"), by) },
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
