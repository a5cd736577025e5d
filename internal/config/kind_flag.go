package config

import "github.com/sessiongate/sessiongate/internal/problem"

// Flag is true or false.
var Flag Kind = flag{}

type flag struct{}

func (flag) example(*Field) string { return "write true or false" }

func (flag) read(g given) {
	switch {
	case g.Text == "true" || g.Text == "false":
		g.fail(problem.Quote(g.Text) + " is a string; write " + g.Text)
	case !g.IsBool():
		g.failKind()
	default:
		assign(g.at, g.Raw == "true")
	}
}

func (flag) show(f *Field) any { return assigned[bool](f.at, f.Default != "") }
