package config

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/problem"
)

// object is one object.
type object[T any] struct {
	table func(*T) *Table
}

// Elements is the table of the object.
func (o object[T]) Elements() *Table { return o.table(new(T)) }

func (o object[T]) example(*Field) string {
	return "write an object: {" + problem.Quote(o.Elements().Fields[0].Name) + ": ...}"
}

func (o object[T]) read(g given) {
	if strings.Trim(g.Raw, "{} \t\r\n") == "" {
		g.fail("an empty object; " + g.Kind.example(g.Field))
		return
	}
	g.d.object(g.path, o.table(g.at.(*T)), g.Value)
}

func (o object[T]) show(f *Field) any { return orNothing(o.table(f.at.(*T)).values()) }
