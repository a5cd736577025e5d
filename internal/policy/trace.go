package policy

import (
	"slices"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
)

// Trace says which rules a request falls under, and why. It is for people:
// Decide makes none, and no proxy pays for it.
type Trace struct {
	// Bad is why nobody can tell; Readings are none then.
	Bad reason.Reason
	// Readings are the ways to read the request, that as sent first.
	Readings []Reading
}

// Reading is one way in which a server could read a request.
type Reading struct {
	Path   string
	Folded bool   // Path is without regard to case
	Method string // empty where no rule has methods
	// Rule is the index of the rule that it falls under; NoIndex: none.
	Rule   int
	Misses []Miss // the rules before that one, in order
}

// NoIndex is the index of no rule.
const NoIndex = -1

// Miss is why a rule does not match a reading.
type Miss struct {
	Rule  int
	Field string // "methods", "notMethods", "hosts", "notHosts", "paths" or "notPaths"
}

// Trace looks up the rules as Decide does, and notes what each compared.
func (p *Policy) Trace(r *request.Request) (t Trace) {
	if _, t.Bad = p.pick(r, nil); t.Bad != reason.None {
		return t
	}
	var methods []string
	if len(p.methodNames) == 0 {
		methods = []string{""}
	} else {
		r.Methods(func(method string) {
			if !slices.Contains(methods, method) {
				methods = append(methods, method)
			}
		})
	}
	add := func(path string, folded bool) {
		for _, method := range methods {
			t.Readings = append(t.Readings, p.reading(r.Host, Reading{Path: path, Folded: folded, Method: method}))
		}
	}
	if !p.hasPaths {
		paths, _ := r.PathAsSent()
		add(paths[0], false)
		return t
	}
	paths, _ := r.Readings()
	for _, path := range paths {
		add(path, false)
		if folded := request.Fold(path); p.capitals || folded != path {
			add(folded, true)
		}
	}
	return t
}

// reading finds the rule of one reading.
func (p *Policy) reading(host string, in Reading) Reading {
	for i := range p.rules {
		field := p.rules[i].missed(&p.Rules[i], host, p.methodOf(in.Method), in)
		if field == "" {
			in.Rule = i
			return in
		}
		in.Misses = append(in.Misses, Miss{i, field})
	}
	in.Rule = NoIndex
	return in
}

// missed names the first field of the rule that keeps it from matching; empty:
// it matches.
func (c *compiledRule) missed(rule *Rule, host string, methods methodSet, in Reading) string {
	switch {
	case c.methods&methods == 0 && rule.Methods != nil && !slices.Contains(rule.Methods, in.Method):
		return "methods"
	case c.methods&methods == 0:
		return "notMethods"
	case c.matchesHost(host) && c.matchesPath(in.Path, in.Folded):
		return ""
	case !(&compiledRule{hosts: c.hosts}).matchesHost(host):
		return "hosts"
	case !c.matchesHost(host):
		return "notHosts"
	case !(&compiledRule{paths: c.paths}).matchesPath(in.Path, in.Folded):
		return "paths"
	}
	return "notPaths"
}

// Unmet is a condition that a verified token does not meet.
type Unmet struct {
	Requirement
	Named string // of Equals: what the request has there; empty: not one value
}

// Unmet are the conditions of a rule that a verified token does not meet, but for
// those about time.
func (p *Policy) Unmet(index int, r *request.Request, of *session.Provider, v *session.Verified) (unmet []Unmet) {
	check := p.rules[index].check
	for i, required := range p.Rules[index].Require {
		q := &check.require[i]
		if q.name == "" && !q.match.Holds(v, of) {
			unmet = append(unmet, Unmet{Requirement: required})
		}
		if q.name != "" && !check.isNamed(r, q, of, v) {
			value, ok := p.named(r, &p.rules[index], q.name)
			if !ok {
				value = ""
			}
			unmet = append(unmet, Unmet{required, value})
		}
	}
	return unmet
}
