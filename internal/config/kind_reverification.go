package config

import (
	"slices"

	"github.com/sessiongate/sessiongate/internal/presets"
	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/session"
)

// reverification is the name of one, out of OneOf, or an object.
type reverification struct {
	object[session.Reverification]
}

func (r reverification) example(f *Field) string {
	return "write " + problem.OneOf(f.OneOf) + ", or an object: {\"level\": ..., \"afterMinutes\": ...}"
}

func (r reverification) read(g given) {
	switch {
	case g.IsObject():
		r.object.read(g)
		return
	case !g.IsString():
		g.failKind()
		return
	}
	all := presets.All.Reverifications()
	i := slices.IndexFunc(all, func(r session.Reverification) bool { return r.Name == g.Text })
	if i < 0 {
		g.fail(notOneOf(g.Text, g.OneOf))
		return
	}
	*g.at.(*session.Reverification) = all[i]
}

func (r reverification) show(f *Field) any {
	switch asked := f.at.(*session.Reverification); {
	case asked.AfterMinutes == 0:
		return nil
	case asked.Name != "":
		return asked.Name
	}
	return r.object.show(f)
}

// reverifications describes reverification.
func reverifications(r *session.Reverification) *Table {
	return &Table{
		Name: "rules[].reverification",
		Doc:  "How lately and how strongly the user has to have been verified, where it has no name.",
		Fields: []Field{
			{Name: "level", Kind: Choice, OneOf: presets.All.ReverificationLevels(), Required: true,
				Doc: "Which factors count. `second_factor` takes the first one of a user who has no second one, and so does `multi_factor`, which asks for both of all others.",
				at:  &r.Level},
			{Name: "afterMinutes", Kind: Number, Min: 1, Max: 525600, Required: true,
				Doc: "From how many minutes on a verification is too old.",
				at:  &r.AfterMinutes},
		},
	}
}
