package config

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/problem"
)

// object is one object, which Elements describes. It is read into a T, or into
// a pointer that is nil where there is none.
type object[T any] struct{}

func (object[T]) example(f *Field) string {
	return "write an object: {" + problem.Quote(f.Elements.Fields[0].Name) + ": ...}"
}

func (object[T]) read(g given, at any) {
	if strings.Trim(g.Raw, "{} \t\r\n") == "" {
		g.fail("an empty object; " + g.Kind.example(g.Field))
		return
	}
	one, ok := at.(*T)
	if !ok {
		one = new(T)
		*at.(**T) = one
	}
	g.d.object(g.path, g.Elements, g.Value, one)
}

func (object[T]) show(f *Field, at any) any {
	one, ok := at.(*T)
	if !ok {
		one = *at.(**T)
	}
	if one == nil {
		return nil
	}
	if members := f.Elements.values(one); len(members) > 0 {
		return members
	}
	return nil
}

func (object[T]) single() {}

// IsSingle reports whether a field with Elements is one object, and not a list.
func (f *Field) IsSingle() bool {
	_, single := f.Kind.(interface{ single() })
	return single
}
