package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
)

// snippet writes a snippet into the file that it belongs into: a configuration
// takes the place of the policy, and tests that of the tests.
func (f *follower) snippet(language, text string) {
	f.Helper()
	switch {
	case language == "promql":
		f.done["elsewhere"]++ // e2e/monitoring asks it
	case language == "json":
		f.done["policy"]++
		f.edit(f.file, func(file string) string { return withPolicy(file, text) })
	case language == "yaml" && (strings.HasPrefix(text, "tests:") || strings.HasPrefix(text, "tokens:")):
		f.done["tests"]++
		begin, _, _ := strings.Cut(text, ":")
		f.edit(filepath.Join(filepath.Dir(f.file), "tests", "envoy.yaml"), func(file string) string {
			kept, _, _ := strings.Cut(file, "\n"+begin+":\n")
			return kept + "\n" + text + "\n"
		})
	default:
		f.Errorf("%s: nothing here knows where this goes:\n%s", f.page, text)
	}
}

// edit changes a file of the page's folder.
func (f *follower) edit(name string, by func(string) string) {
	f.Helper()
	path := filepath.Join(f.folder, name)
	text, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	edited := by(string(text))
	if edited == string(text) {
		f.Errorf("%s: %s stays as it was", f.page, name)
	}
	writeFile(f.T, path, []byte(edited))
}

// withPolicy is a bootstrap with another policy in its only "value: |".
func withPolicy(bootstrap, policy string) string {
	var out strings.Builder
	depth := 0 // of the line with the policy's name, within the policy
	for line := range strings.Lines(bootstrap) {
		indent := len(line) - len(strings.TrimLeft(line, " "))
		if depth > 0 && indent > depth {
			continue
		}
		depth = 0
		out.WriteString(line)
		if strings.HasSuffix(line, " value: |\n") {
			depth = indent
			out.WriteString(indented(policy+"\n", strings.Repeat(" ", indent+2)))
		}
	}
	return out.String()
}

// copyCluster copies a cluster's lines, with the comment before them, from one
// bootstrap into another. Without a file to copy from, it takes them out.
func (f *follower) copyCluster(name, from, to string) {
	f.Helper()
	lines := regexp.MustCompile(`(?m)(?:^  # .*\n)*^  - name: ` + name + `\n(?:    .*\n)+\n?`)
	if from == "" {
		f.edit(to, func(file string) string { return lines.ReplaceAllString(file, "") })
		return
	}
	text, err := os.ReadFile(filepath.Join(f.folder, from))
	if err != nil {
		f.Fatal(err)
	}
	cluster := lines.FindString(string(text))
	if cluster == "" {
		f.Fatalf("%s has no cluster %s", from, name)
	}
	f.edit(to, func(file string) string { return strings.Replace(file, "  clusters:\n", "  clusters:\n"+cluster, 1) })
}

// allowCORS does what docs/frontend.md says for Envoy's own CORS filter.
func (f *follower) allowCORS() {
	f.Helper()
	f.done["cors"]++
	page, err := os.ReadFile(filepath.Join(root, "docs", "frontend.md"))
	if err != nil {
		f.Fatal(err)
	}
	_, section, _ := strings.Cut(string(page), "\n### Envoy\n")
	section, _, _ = strings.Cut(section, "\n### ")
	var added struct {
		Filters list             `yaml:"http_filters"`
		Hosts   []map[string]any `yaml:"virtual_hosts"`
	}
	for _, block := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(section, -1) {
		if err := yaml.Unmarshal([]byte(block[1]), &added); err != nil {
			f.Fatal(err)
		}
	}
	if len(added.Filters) != 2 || len(added.Hosts) != 1 {
		f.Fatalf("docs/frontend.md has %d filters and %d hosts", len(added.Filters), len(added.Hosts))
	}
	b, err := envoy.ReadBootstrap(filepath.Join(f.folder, f.file))
	if err != nil {
		f.Fatal(err)
	}
	err = b.EditManager("ingress", func(manager map[string]any) {
		manager["http_filters"] = append(added.Filters[:1:1], manager["http_filters"].(list)...)
		host := manager["route_config"].(map[string]any)["virtual_hosts"].(list)[0].(map[string]any)
		for _, name := range []string{"domains", "typed_per_filter_config"} {
			host[name] = added.Hosts[0][name]
		}
	})
	text, err2 := b.YAML()
	if err != nil || err2 != nil {
		f.Fatal(err, err2)
	}
	writeFile(f.T, filepath.Join(f.folder, f.file), text)
}
