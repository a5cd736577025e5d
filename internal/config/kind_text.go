package config

import (
	"slices"
	"strings"
	"unicode"

	"github.com/sessiongate/sessiongate/internal/problem"
)

// Text is a string.
var Text Kind = text{}

type text struct{}

func (text) example(*Field) string { return "write a string" }

func (text) read(g given) {
	if s, ok := g.text(); ok {
		*g.at.(*string) = s
	}
}

func (text) show(f *Field) any { return assigned[string](f.at, false) }

// text is a string in its normal form.
func (g given) text() (string, bool) {
	switch {
	case g.IsString():
		return g.checked()
	case g.IsNumber() || g.IsBool():
		g.fail(what(g.Value) + "; write " + problem.Quote(g.Raw))
	default:
		g.fail(what(g.Value) + "; " + Text.example(g.Field))
	}
	return "", false
}

// checked is a string in its normal form, if the field takes it.
func (g given) checked() (string, bool) {
	s, wrong := g.Text, ""
	switch {
	case s == "":
		wrong = "empty; write a value, or leave it out"
	case strings.ContainsFunc(s, unicode.IsControl):
		wrong = "holds a control character; remove it"
	case g.check != nil:
		s, wrong = g.check(s)
	}
	if wrong == "" && g.OneOf != nil && !slices.Contains(g.OneOf, s) {
		wrong = notOneOf("known", s, g.OneOf)
	}
	if wrong != "" {
		g.fail(wrong)
	}
	return s, wrong == ""
}

// notOneOf says that a text is not what the values are.
func notOneOf(what, s string, values []string) string {
	wrong := problem.Quote(s) + " is not " + what
	if near := nearest(s, values); near != "" {
		return wrong + "; did you mean " + problem.Quote(near) + "?"
	}
	return wrong + "; write " + problem.OneOf(values)
}
