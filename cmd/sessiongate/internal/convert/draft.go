package convert

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/yamltext"
)

// draft is a configuration in the making.
type draft struct {
	providers []provider
	rules     []rule
	top       []string // further fields, as lines
	notes     []note   // that belong to no provider or rule
	all       []note   // every note, in the order of the file
	file      string   // that is being converted
	filter    bool     // a jwt_authn filter has been converted
}

// note is what has no equal.
type note struct {
	file string
	at   tree.Place
	text string
	lost bool // the policy is not what it was; it is stricter
}

// provider is a provider with its fields as YAML.
type provider struct {
	name, issuer string
	fields       []string
	notes        []note
	unknown      []string // fields of the other one that have no equal
}

// never is what no token has, as a list of conditions: every token has a subject.
const never = `[{claim: sub, notValues: ["*"]}]`

// field adds a field.
func (p *provider) field(name, value string) { p.fields = append(p.fields, name+": "+value) }

// rule is what a request matches, and what it needs.
type rule struct {
	match
	need
	onFailure string
	notes     []note
	leftOut   bool // instead of being converted
}

// match is what a rule compares. nil matches everything.
type match struct {
	hosts, notHosts, paths, notPaths, methods, notMethods []string
}

// need is what a request has to have.
type need struct {
	skip      bool     // nothing is looked at
	session   bool     // else it is optional
	never     bool     // no request has it
	providers []string // nil: any
	audiences []string
	require   []condition
}

// condition is one on a claim, which is written as YAML.
type condition struct {
	claim             string
	values, notValues []string
}

// also is what meets both needs.
func (n need) also(other need) need {
	n.skip = n.skip && other.skip
	n.session = n.session || other.session
	n.never = n.never || other.never
	switch {
	case n.providers == nil:
		n.providers = other.providers
	case other.providers != nil:
		both := slices.DeleteFunc(slices.Clone(n.providers), func(name string) bool { return !slices.Contains(other.providers, name) })
		n.providers, n.never = both, n.never || len(both) == 0
	}
	n.require = append(slices.Clone(n.require), other.require...)
	return n
}

// remark notes what has no equal.
func (d *draft) remark(notes *[]note, at tree.Place, lost bool, format string, args ...any) {
	n := note{d.file, at, fmt.Sprintf(format, args...), lost}
	*notes = append(*notes, n)
	d.all = append(d.all, n)
}

// names are those of all providers.
func (d *draft) names() (names []string) {
	for _, p := range d.providers {
		names = append(names, p.name)
	}
	return names
}

// lost reports whether the result is not what was converted.
func (d *draft) lost() bool {
	return slices.ContainsFunc(d.all, func(n note) bool { return n.lost })
}

// yaml is the draft as a configuration.
func (d *draft) yaml(from string) string {
	var out strings.Builder
	line := func(indent int, text string) {
		out.WriteString(strings.Repeat(" ", indent) + text + "\n")
	}
	comment := func(indent int, notes []note) {
		for _, n := range notes {
			line(indent, "# "+n.text)
		}
	}
	line(0, "# Converted from "+oneLine(from)+". The general differences are in docs/reference.md,")
	line(0, `# "Differences from RequestAuthentication": exp is required, and the clocks may be 5 s`)
	line(0, "# apart instead of 60. Try it with onFailure: log before you remove the old one.")
	comment(0, d.notes)
	line(0, "providers:")
	for _, p := range d.providers {
		comment(0, p.notes)
		line(0, "- name: "+yamltext.Scalar(p.name))
		for _, field := range p.fields {
			line(2, field)
		}
	}
	for _, field := range d.top {
		line(0, field)
	}
	if len(d.rules) > 0 {
		line(0, "rules:")
	}
	for _, r := range d.rules {
		comment(0, r.notes)
		for i, field := range d.fields(r) {
			line(0, map[bool]string{true: "- ", false: "  "}[i == 0]+field)
		}
	}
	return out.String()
}

// fields are those of a rule.
func (d *draft) fields(r rule) (fields []string) {
	add := func(name string, values []string) {
		if values != nil {
			fields = append(fields, name+": "+yamltext.List(values))
		}
	}
	add("hosts", r.hosts)
	add("notHosts", r.notHosts)
	add("paths", r.paths)
	add("notPaths", r.notPaths)
	add("methods", r.methods)
	add("notMethods", r.notMethods)
	conditions := r.require
	if r.never {
		// Every token has one, so that no request meets it.
		conditions = []condition{{claim: "sub", notValues: []string{"*"}}}
	}
	providers := r.providers
	if len(conditions) > 0 && providers == nil && len(d.providers) > 1 || r.never && len(providers) == 0 && len(d.providers) > 1 {
		providers = d.names()
	}
	switch {
	case r.skip && !r.session && !r.never:
		return append(fields, "auth: skip")
	case !r.session && !r.never && len(conditions) == 0:
		fields = append(fields, "auth: optional")
	}
	if len(providers) > 0 {
		add("providers", providers)
	}
	add("audiences", r.audiences)
	for i, c := range conditions {
		if i == 0 {
			fields = append(fields, "require:")
		}
		values, of := "values", c.values
		if c.notValues != nil {
			values, of = "notValues", c.notValues
		}
		fields = append(fields, "- {claim: "+c.claim+", "+values+": "+yamltext.List(of)+"}")
	}
	if r.onFailure != "" {
		fields = append(fields, "onFailure: "+r.onFailure)
	}
	if len(fields) == 0 {
		fields = append(fields, "auth: required")
	}
	return fields
}

// oneLine is a text that stands in a comment.
func oneLine(text string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7f {
			return ' '
		}
		return c
	}, text)
}

// claim is a path of names as YAML.
func claimPath(names []string) string {
	for _, name := range names {
		if strings.ContainsAny(name, ".") || name == "" {
			return yamltext.List(names)
		}
	}
	return yamltext.Quote(strings.Join(names, "."))
}
