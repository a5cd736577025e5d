package config

import (
	"slices"

	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/session"
)

// Choice is a string out of OneOf.
var Choice Kind = choice{}

type choice struct{}

func (choice) example(f *Field) string { return "write " + problem.OneOf(f.OneOf) }

func (choice) read(g given) {
	i := slices.Index(g.OneOf, g.Text)
	switch {
	case !g.IsString():
		g.failKind()
	case i < 0:
		g.fail(notOneOf("known", g.Text, g.OneOf))
	default:
		choose(g.at, g.Text, i)
	}
}

// choose puts the text that is number i of OneOf into a place.
func choose(at any, s string, i int) {
	switch at := at.(type) {
	case *string:
		*at = s
	case *session.TokenKind: // the first one, NoKind, has no name
		*at = session.TokenKind(i + 1)
	case *policy.Auth:
		*at = policy.Auth(i)
	case *policy.OnFailure: // the first one, Inherit, has no name
		*at = policy.OnFailure(i + 1)
	}
}

func (choice) show(f *Field) any {
	switch at := f.at.(type) {
	case *string:
		return assigned[string](f.at, false)
	case *session.TokenKind:
		return at.String()
	case *policy.Auth:
		return f.OneOf[*at]
	case *policy.OnFailure:
		if *at != policy.Inherit {
			return f.OneOf[*at-1]
		}
	}
	return nil
}
