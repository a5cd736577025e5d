package config

import "github.com/sessiongate/sessiongate/internal/problem"

// objects is a list of objects.
type objects[T any] struct {
	table func(*T) *Table
}

// Elements is the table of the elements.
func (o objects[T]) Elements() *Table { return o.table(new(T)) }

func (o objects[T]) example(*Field) string {
	return "write a list of objects: [{" + problem.Quote(o.Elements().Fields[0].Name) + ": ...}]"
}

func (o objects[T]) read(g given) {
	if !g.IsList() {
		g.failKind()
		return
	}
	all := []T{}
	g.elements(func(e given) {
		all = append(all, *new(T))
		g.d.object(e.path, o.table(&all[len(all)-1]), e.Value)
	})
	*g.at.(*[]T) = all
}

func (o objects[T]) show(f *Field) any {
	list := *f.at.(*[]T)
	if list == nil {
		return nil
	}
	all := []Object{}
	for i := range list {
		all = append(all, o.table(&list[i]).values())
	}
	return all
}
