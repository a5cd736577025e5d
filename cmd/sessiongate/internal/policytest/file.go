package policytest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// file is a file of tests.
type file struct {
	Policy string               // the file with the policy, from this file's folder
	Plugin string               // of the policy's file
	At     moment               // the time of the requests; none: when the test runs
	Tokens map[string]tokenSpec // by the name that rows use
	Tests  []row
}

// row is a request, and what must come of it.
type row struct {
	Name            string
	Request         string
	Token           *tokenSpec
	KeysUnavailable names `yaml:"keysUnavailable"`
	At              moment
	Expect          expectation
	line            int
}

// tokenSpec is a token to make.
type tokenSpec struct {
	Like     string // the name of the token that this one is but for what follows
	Provider string
	In       string // where it is sent: header, cookie, parameter, or nowhere but for {token}
	Claims   map[string]any
	Header   map[string]any
	SignedBy string `yaml:"signedBy"`
	Text     string // instead of a token
}

// expectation is what must come of a request. What is not there is not compared.
type expectation struct {
	Passes   *bool
	Outcome  string
	Status   int
	Reason   *string
	Rule     string
	Provider string
	Backend  map[string]*string // headers at the backend; nil: absent
	Answer   map[string]*string // headers of the answer
}

// fields are the names that each kind of object takes.
var fields = map[string][]string{
	"file":   {"policy", "plugin", "at", "tokens", "tests"},
	"test":   {"name", "request", "token", "keysUnavailable", "at", "expect"},
	"token":  {"like", "provider", "in", "claims", "header", "signedBy", "text"},
	"expect": {"passes", "outcome", "status", "reason", "rule", "provider", "backend", "answer"},
}

// only refuses names that an object of a kind does not take.
func only(node *yaml.Node, kind string) error {
	if node.Kind != yaml.MappingNode {
		return fmt.Errorf("line %d: not an object; write the fields of a %s: %s", node.Line, kind, strings.Join(fields[kind], ", "))
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		if key := node.Content[i]; !slices.Contains(fields[kind], key.Value) {
			return fmt.Errorf("line %d: %q is not known here; write one of %s", key.Line, key.Value, strings.Join(fields[kind], ", "))
		}
	}
	return nil
}

// parse reads a file of tests.
func parse(data []byte) (f file, err error) {
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil {
		return f, yamlError(err)
	}
	if document.Kind == 0 || len(document.Content) != 1 {
		return f, errors.New("the file is empty; write policy: FILE and tests: [...]")
	}
	if err := only(document.Content[0], "file"); err != nil {
		return f, err
	}
	if err := document.Content[0].Decode(&f); err != nil {
		return f, yamlError(err)
	}
	switch {
	case f.Policy == "":
		return f, errors.New("policy: missing; write the file with the policy, from the folder of this file")
	case len(f.Tests) == 0:
		return f, errors.New("tests: missing; write at least one request")
	}
	return f, nil
}

// yamlError is an error of package yaml without its prefix.
func yamlError(err error) error {
	var several *yaml.TypeError
	if errors.As(err, &several) {
		return errors.New(strings.ReplaceAll(strings.Join(several.Errors, "; "), "policytest.", ""))
	}
	return errors.New(strings.TrimPrefix(err.Error(), "yaml: "))
}

func (r *row) UnmarshalYAML(node *yaml.Node) error {
	if err := only(node, "test"); err != nil {
		return err
	}
	type plain row
	if err := node.Decode((*plain)(r)); err != nil {
		return err
	}
	r.line = node.Line
	if r.Request == "" {
		return fmt.Errorf("line %d: a test has no request; write request: GET /path", r.line)
	}
	if r.Name == "" {
		r.Name, _, _ = strings.Cut(strings.TrimSpace(r.Request), "\n")
	}
	if r.Expect.empty() {
		return fmt.Errorf("line %d: a test expects nothing; write expect: {status: 401}", r.line)
	}
	return nil
}

func (e *expectation) empty() bool {
	return e.Passes == nil && e.Outcome == "" && e.Status == 0 && e.Reason == nil && e.Rule == "" && e.Provider == "" &&
		len(e.Backend) == 0 && len(e.Answer) == 0
}

func (e *expectation) UnmarshalYAML(node *yaml.Node) error {
	if err := only(node, "expect"); err != nil {
		return err
	}
	type plain expectation
	return node.Decode((*plain)(e))
}

// UnmarshalYAML also takes the name of a token.
func (t *tokenSpec) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		return node.Decode(&t.Like)
	}
	if err := only(node, "token"); err != nil {
		return err
	}
	type plain tokenSpec
	return node.Decode((*plain)(t))
}

// names are one name or several; true stands for all.
type names struct {
	all  bool
	some []string
}

func (n *names) UnmarshalYAML(node *yaml.Node) error {
	switch {
	case node.Tag == "!!bool":
		return node.Decode(&n.all)
	case node.Kind == yaml.ScalarNode:
		n.some = []string{node.Value}
		return nil
	}
	return node.Decode(&n.some)
}

// moment is a time, or one from another.
type moment struct {
	given    bool
	absolute time.Time
	relative time.Duration
}

func (m *moment) UnmarshalYAML(node *yaml.Node) error {
	m.given = true
	if relative, err := time.ParseDuration(node.Value); err == nil && node.Kind == yaml.ScalarNode {
		m.relative = relative
		return nil
	}
	absolute, err := time.Parse(time.RFC3339, node.Value)
	if err != nil {
		return fmt.Errorf("line %d: at: write a time such as 2026-05-12T08:00:00Z, or a distance such as 2h or -5m", node.Line)
	}
	m.absolute = absolute
	return nil
}

func (m *moment) from(base time.Time) time.Time {
	if m.given && !m.absolute.IsZero() {
		return m.absolute
	}
	return base.Add(m.relative)
}
