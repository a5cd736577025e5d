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
	_, err := strconv.ParseInt(g.Text, 10, 64)
	bounds := "; write a number from " + strconv.FormatInt(g.Min, 10) + " to " + strconv.FormatInt(g.Max, 10)
	switch {
	case g.IsString() && err == nil:
		g.fail(problem.Quote(g.Text) + " is a string; write " + g.Text)
		return
	case !g.IsNumber():
		g.failKind()
		return
	case strings.ContainsAny(g.Raw, ".eE"):
		g.fail(shown(g.Value) + " is not a whole number" + bounds)
		return
	}
	n, err := strconv.ParseInt(g.Raw, 10, 64)
	if err != nil || n < g.Min || n > g.Max {
		g.fail(shown(g.Value) + " is out of bounds" + bounds)
		return
	}
	*g.at.(*int) = int(n)
}

func (number) show(f *Field) any { return *f.at.(*int) }
