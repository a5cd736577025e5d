package config

import (
	"strconv"
	"strings"

	"github.com/sessiongate/sessiongate/internal/problem"
)

// Number is a whole number from Min to Max.
var Number Kind = number{}

type number struct{}

func (number) example(*Field) string { return "write a whole number" }

func (number) read(g given) {
	n, err := strconv.ParseInt(g.Raw, 10, 64)
	_, notInText := strconv.ParseInt(g.Text, 10, 64)
	bounds := "; write a number from " + strconv.FormatInt(g.Min, 10) + " to " + strconv.FormatInt(g.Max, 10)
	switch {
	case g.IsString() && notInText == nil:
		g.fail(problem.Quote(g.Text) + " is a string; write " + g.Text)
	case !g.IsNumber():
		g.failKind()
	case strings.ContainsAny(g.Raw, ".eE"):
		g.fail(shown(g.Value) + " is not a whole number" + bounds)
	case err != nil || n < g.Min || n > g.Max:
		g.fail(shown(g.Value) + " is out of bounds" + bounds)
	default:
		*g.at.(*int) = int(n)
	}
}

func (number) show(f *Field) any { return assigned[int](f.at, f.Default != "") }
