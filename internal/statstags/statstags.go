// Package statstags is the list of patterns by which Envoy turns parts of a
// metric's name into labels, and the files that hold it.
//
// A Wasm module can only name a metric. Envoy runs every pattern over the whole
// name, takes the first group out of it, and makes the second group the label's
// value. Each pattern therefore says what stands before its label: a provider
// named "outcome" or a rule named "reason" would else be taken for a label.
package statstags

//go:generate go run ../tools/statstags ../..

import (
	"fmt"
	"strings"
)

// Tag is one label.
type Tag struct{ Name, Regex string }

const (
	metric   = `^wasmcustom\.sessiongate\.`
	provider = `provider\.[a-z0-9_-]+`
)

var all = []Tag{
	{"provider", metric + `(?:decisions|key_fetches|keys|keys_age_seconds|waiting)(\.provider\.([a-z0-9_-]+))`},
	{"outcome", metric + `decisions\.` + provider + `(\.outcome\.([a-z-]+))`},
	{"reason", metric + `(?:decisions\.` + provider + `\.outcome\.[a-z-]+|refusals)(\.reason\.([a-z-]+))`},
	{"enforced", metric + `decisions\.` + provider + `\.outcome\.[a-z-]+\.reason\.[a-z-]+(\.enforced\.(true|false))$`},
	{"rule", metric + `refusals\.reason\.[a-z-]+(\.rule\.([a-z0-9_-]+|rules\[[0-9]+\]))$`},
	{"result", metric + `key_fetches\.` + provider + `(\.result\.([a-z-]+))$`},
	{"by", metric + `(?:verifications|assertions)(\.by\.([a-z]+))$`},
}

// All is the list, in the order in which files have it.
func All() []Tag { return append([]Tag(nil), all...) }

// YAML is the list as the member stats_config of an Envoy bootstrap.
func YAML() string {
	var out strings.Builder
	out.WriteString("stats_config:\n  stats_tags:\n")
	for _, tag := range all {
		fmt.Fprintf(&out, "  - tag_name: %s\n    regex: '%s'\n", tag.Name, tag.Regex)
	}
	return out.String()
}

// Files are the files that hold the list between two marks, from the root of
// the repository. Those of deploy/envoy and deploy/envoy-gateway are not among
// them: "sessiongate init" writes those, with YAML.
func Files() []string {
	return []string{"envoy.yaml", "docs/metrics.md", "deploy/monitoring/istio-labels.yaml", "deploy/monitoring/envoy-gateway-labels.yaml"}
}

// The marks are comments of YAML, in pages too: there they are in the example.
const (
	begin = "# begin: written by go generate ./internal/statstags\n"
	end   = "# end\n"
)

// Update is a file's text with the present list between its marks, indented as
// the first mark is.
func Update(text string) (string, error) {
	before, rest, found := strings.Cut(text, begin)
	_, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		return "", fmt.Errorf("the marks %q and %q are not there", strings.TrimSpace(begin), strings.TrimSpace(end))
	}
	indent := before[strings.LastIndex(before, "\n")+1:]
	var block strings.Builder
	for line := range strings.Lines(YAML()) {
		block.WriteString(indent + line)
	}
	return before + begin + block.String() + indent + end + after, nil
}
