package config

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/problem"
)

// object is one object. It is read into a T, or into a pointer that is nil where
// there is none.
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
	var one T
	g.d.object(g.path, o.table(&one), g.Value)
	assign(g.at, one)
}

func (o object[T]) show(f *Field) any {
	one, ok := f.at.(*T)
	if !ok {
		one = *f.at.(**T)
	}
	if one == nil {
		return nil
	}
	if members := o.table(one).values(); len(members) > 0 {
		return members
	}
	return nil
}
