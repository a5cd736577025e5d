package config

import "github.com/sessiongate/sessiongate/internal/problem"

// objects is a list of objects, which Elements describes.
type objects[T any] struct{}

func (objects[T]) example(f *Field) string {
	return "write a list of objects: [{" + problem.Quote(f.Elements.Fields[0].Name) + ": ...}]"
}

func (objects[T]) read(g given, at any) {
	if !g.IsList() {
		g.failKind()
		return
	}
	all := []T{}
	g.elements(func(e given) {
		all = append(all, *new(T))
		g.d.object(e.path, g.Elements, e.Value, &all[len(all)-1])
	})
	*at.(*[]T) = all
}

func (objects[T]) show(f *Field, at any) any {
	list := *at.(*[]T)
	if len(list) == 0 && (list == nil || !f.AllowEmpty) {
		return nil
	}
	all := []Object{}
	for i := range list {
		all = append(all, f.Elements.values(&list[i]))
	}
	return all
}
