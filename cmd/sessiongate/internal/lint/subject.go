package lint

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/configfile"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/reach"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
	"github.com/sessiongate/sessiongate/internal/config"
	"github.com/sessiongate/sessiongate/internal/problem"
)

// subject is one configuration with what stands around it.
type subject struct {
	*run
	*configfile.Found
	file   string
	root   *tree.Node     // the configuration's values; nil if it cannot be read
	result *config.Result // nil if the configuration is refused
	reach  *reach.Map     // nil if the configuration is refused, or too large
	// suspects are findings of what is written, by path. What a configuration is
	// refused for there, they say better.
	suspects map[string]Finding
}

func newSubject(r *run, file string, found *configfile.Found) *subject {
	s := &subject{run: r, Found: found, file: file, root: found.Config, suspects: map[string]Finding{}}
	if s.root.Str() != "" {
		s.root, _ = tree.ReadText(s.root) // what is wrong with it package config says
	}
	return s
}

// load reads the configuration as the filter does.
func (s *subject) load() {
	result, err := config.Load(s.JSON)
	var invalid config.Invalid
	if errors.As(err, &invalid) {
		for _, p := range invalid {
			s.problem(Error, p)
		}
	} else {
		for _, p := range result.Warnings {
			s.problem(Warning, p)
		}
		if len(s.providers()) != len(result.Policy.Providers) || len(s.rules()) != len(result.Policy.Rules) {
			return // two readers have read two things: say nothing more
		}
		s.result = result
		if m, ok := reach.New(s.reachRules(), append(rootsOf(s.rules()), belowSlashes(s.rules())...)...); ok {
			s.reach = m
		} else {
			at := s.in("rules")
			s.report(Finding{Level: Note, Path: at.path, Place: at.place, See: section("covered-rules"),
				Message: "too many patterns to compare, so check does not say which rules are reached; write fewer"})
		}
	}
	for _, path := range slices.Sorted(maps.Keys(s.suspects)) {
		s.report(s.suspects[path])
	}
}

// problem reports what package config says, or what was suspected there.
func (s *subject) problem(level Level, p problem.Problem) {
	f, suspected := s.suspects[p.Path]
	if !suspected {
		f = Finding{Place: s.Place(p), Path: p.Path, Message: p.Message, See: SectionOf(p.Path)}
	}
	delete(s.suspects, p.Path)
	f.Level = level
	s.report(f)
}

// suspect notes a warning about what is written; see is a section of
// docs/check.md.
func (s *subject) suspect(at spot, see, message string) {
	if _, already := s.suspects[at.path]; !already {
		s.suspects[at.path] = Finding{Level: Warning, Path: at.path, Place: at.place, Message: message, See: section(see)}
	}
}

// report adds a finding about this configuration.
func (s *subject) report(f Finding) {
	f.File, f.Where = s.file, s.Where
	if f.Place.Line == 0 {
		f.Place = s.Document.At()
	}
	s.findings = append(s.findings, f)
}

// spot is a place of a configuration, or around it.
type spot struct {
	path  string
	place tree.Place
}

// warn reports a warning; see is a section of docs/check.md.
func (s *subject) warn(at spot, see, message string) {
	s.report(Finding{Level: Warning, Path: at.path, Place: at.place, Message: message, See: section(see)})
}

// fail reports an error; see is a section of docs/check.md.
func (s *subject) fail(at spot, see, message string) {
	s.report(Finding{Level: Error, Path: at.path, Place: at.place, Message: message, See: section(see)})
}

// other reports a warning about another resource than the configuration's,
// once.
func (s *subject) other(r resource, at *tree.Node, path, see, message string) {
	f := Finding{File: r.file, Where: r.Get("kind").Str() + " " + configfile.ResourceName(r.Node), Level: Warning,
		Path: path, Place: at.At(), Message: message, See: section(see)}
	if !slices.Contains(s.findings, f) {
		s.findings = append(s.findings, f)
	}
}

// in is a place in the configuration: names of members and indexes of lists.
// What is missing is where it should be: in the value around it.
func (s *subject) in(steps ...any) spot {
	at, n := spot{place: s.root.At()}, s.root
	for _, step := range steps {
		switch step := step.(type) {
		case string:
			at.path, n = problem.Member(at.path, step), n.Get(step)
		case int:
			at.path, n = problem.Element(at.path, step), n.Item(step)
		}
		if n != nil {
			at.place = n.Place
		}
	}
	return at
}

// around is a place in the settings around the configuration: the names lead
// from the settings, and before them stands what leads there.
func (s *subject) around(names ...string) spot {
	at, n := spot{place: s.Settings.At()}, s.Settings
	var path []string
	if s.Holder == configfile.WasmPlugin {
		path = append(path, "spec")
	}
	for _, name := range names {
		written, _, _ := strings.Cut(name, "|")
		path, n = append(path, written), n.Get(strings.Split(name, "|")...)
		if n != nil {
			at.place = n.Place
		}
	}
	at.path = strings.Join(path, ".")
	return at
}

// providers are the providers as they are written.
func (s *subject) providers() []*tree.Node { return s.root.Get("providers").Items() }

// rules are the rules as they are written.
func (s *subject) rules() []*tree.Node { return s.root.Get("rules").Items() }

// reachRules are the conditions of the rules.
func (s *subject) reachRules() []reach.Rule {
	var rules []reach.Rule
	for _, r := range s.rules() {
		rules = append(rules, reach.Rule{
			Hosts: r.Get("hosts").Strings(), NotHosts: r.Get("notHosts").Strings(),
			Paths: r.Get("paths").Strings(), NotPaths: r.Get("notPaths").Strings(),
			Methods: r.Get("methods").Strings(), NotMethods: r.Get("notMethods").Strings(),
		})
	}
	return rules
}

// nameOf is what a rule is called in a message: "rules[1] (admin)".
func (s *subject) nameOf(rule int) string {
	name := problem.Element("rules", rule)
	if own := s.root.Get("rules").Item(rule).Get("name").Str(); own != "" {
		return name + " (" + own + ")"
	}
	return name
}

// namesOf are several rules: "rules[0] and rules[2]".
func (s *subject) namesOf(rules []int) string {
	var names strings.Builder
	for i, rule := range rules {
		switch {
		case i == 0:
		case i == len(rules)-1:
			names.WriteString(" and ")
		default:
			names.WriteString(", ")
		}
		names.WriteString(s.nameOf(rule))
	}
	return names.String()
}

// about puts a spot of a rule into words that name the rule.
func (s *subject) about(rule int) string {
	if name := s.nameOf(rule); name != "rules["+strconv.Itoa(rule)+"]" {
		return name
	}
	return "this rule"
}
