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
	i := slices.Index(g.OneOf, g.Text)
	switch {
	case g.IsObject():
		r.object.read(g)
	case !g.IsString():
		g.failKind()
	case i < 0:
		g.fail(notOneOf("known", g.Text, g.OneOf))
	default:
		*g.at.(*session.Reverification) = presets.All.Reverifications()[i]
	}
}

func (r reverification) show(f *Field) any {
	if name := f.at.(*session.Reverification).Name; name != "" {
		return name
	}
	return r.object.show(f)
}

// reverifications describes reverification.
func reverifications(r *session.Reverification) *Table {
	return &Table{
		Name: "rules[].reverification",
		Doc:  "How recently and with which factors the user must have been verified, where the requirement has no name.",
		Fields: []*Field{
			{Name: "level", Kind: Choice, OneOf: presets.All.ReverificationLevels(), Required: true,
				Doc: "The factors that count. For a user who has no second factor, `second_factor` and `multi_factor` ask for the first factor. For all other users, `multi_factor` asks for both.",
				at:  &r.Level},
			{Name: "afterMinutes", Kind: Number, Min: 1, Max: 525600, Required: true,
				Doc: "The age in minutes from which a verification is too old.",
				at:  &r.AfterMinutes},
		},
	}
}
