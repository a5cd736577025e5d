package config

import (
	"slices"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/session"
)

// Lists of strings, each out of OneOf if that is set; TextOrList takes one
// string too.
var (
	List       Kind = list{}
	TextOrList Kind = list{orText: true}
)

type list struct{ orText bool }

func (l list) example(*Field) string {
	if l.orText {
		return `write a string, or a list of strings: ["..."]`
	}
	return `write a list of strings: ["..."]`
}

func (l list) read(g given) {
	switch {
	case g.IsString() && l.orText:
		if s, ok := g.checked(); ok {
			*g.at.(*[]string) = []string{s}
		}
		return
	case g.IsString() && len(g.Text) <= problem.MaxQuoted:
		g.fail(problem.Quote(g.Text) + " is a string; write a list: [" + problem.Quote(g.Text) + "]")
		return
	case !g.IsList():
		g.failKind()
		return
	}
	values, seen := []string{}, map[string]bool{}
	if !g.elements(func(e given) {
		s, ok := e.text()
		switch {
		case !ok:
		case seen[s]:
			e.fail(problem.Quote(s) + " is given twice; keep one")
		default:
			seen[s] = true
			values = append(values, s)
		}
	}) {
		return
	}
	switch at := g.at.(type) {
	case *[]string:
		*at = values
	case *jwa.Set:
		*at = algorithmsNamed(values)
	case *session.TokenKinds:
		for _, name := range values {
			*at |= session.KindsOf(session.TokenKind(slices.Index(session.TokenKindNames, name) + 1))
		}
	}
}

func algorithmsNamed(names []string) jwa.Set {
	var all []jwa.Algorithm
	for _, name := range names {
		if a, ok := jwa.ByName(name); ok {
			all = append(all, a)
		}
	}
	return jwa.SetOf(all...)
}

func (list) show(f *Field) any {
	switch at := f.at.(type) {
	case *[]string:
		if len(*at) > 0 || *at != nil && f.AllowEmpty {
			return *at
		}
	case *jwa.Set:
		var names []string
		for _, a := range at.List() {
			names = append(names, a.Name())
		}
		return names
	case *session.TokenKinds:
		var names []string
		for _, k := range at.List() {
			names = append(names, k.String())
		}
		if names != nil {
			return names
		}
	}
	return nil
}
