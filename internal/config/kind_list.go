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
	List       Kind = list{howTo: `write a list of strings: ["..."]`}
	TextOrList Kind = list{howTo: `write a string, or a list of strings: ["..."]`, orText: true}
)

type list struct {
	howTo  string
	orText bool
}

func (l list) example(*Field) string { return l.howTo }

// read takes a text in the place of a list as its one element.
func (l list) read(g given) {
	values, seen := []string{}, map[string]bool{}
	add := func(e given) {
		s, ok := e.text()
		switch {
		case !ok:
		case seen[s]:
			e.fail(problem.Quote(s) + " is given twice; keep one")
		default:
			seen[s] = true
			values = append(values, s)
		}
	}
	switch {
	case g.IsString() && l.orText:
		add(g)
	case g.IsString() && len(g.Text) <= problem.MaxQuoted:
		g.fail(problem.Quote(g.Text) + " is a string; write a list: [" + problem.Quote(g.Text) + "]")
		return
	case !g.IsList():
		g.failKind()
		return
	case !g.elements(add):
		return
	}
	switch at := g.at.(type) {
	case *[]string:
		*at = values
	case *jwa.Set:
		for _, name := range values {
			algorithm, _ := jwa.ByName(name)
			*at |= jwa.SetOf(algorithm)
		}
	case *session.TokenKinds:
		for _, name := range values {
			*at |= session.KindsOf(session.TokenKind(slices.Index(session.TokenKindNames, name) + 1))
		}
	}
}

func (list) show(f *Field) any {
	var names []string
	switch at := f.at.(type) {
	case *[]string:
		names = *at
	case *jwa.Set:
		for _, a := range at.List() {
			names = append(names, a.Name())
		}
	case *session.TokenKinds:
		for _, k := range at.List() {
			names = append(names, k.String())
		}
	}
	if len(names) > 0 || names != nil && f.AllowEmpty {
		return names
	}
	return nil
}
