package config

import (
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/session"
)

// ClaimPath is where a claim stands: a dotted path, or a list of exact names.
var ClaimPath Kind = claimPath{}

type claimPath struct{}

func (claimPath) example(*Field) string {
	return `write a dotted path like "realm_access.roles", or a list of exact names`
}

func (claimPath) read(g given) {
	claim := g.at.(*session.Claim)
	switch {
	case g.IsString():
		s, ok := g.checked()
		claim.Names, claim.Text = strings.Split(s, "."), s
		if ok && slices.Contains(claim.Names, "") {
			g.fail(problem.Quote(s) + ` has an empty name between dots; write a name with dots as a list: ["..."]`)
		}
	case g.IsList():
		var texts []string
		g.elements(func(e given) {
			if e.Text == "" {
				e.fail("not a name; write a string")
			}
			claim.Names, texts = append(claim.Names, e.Text), append(texts, problem.Quote(e.Text))
		})
		claim.Text = "[" + strings.Join(texts, ", ") + "]"
	default:
		g.failKind()
	}
}

func (claimPath) show(f *Field) any {
	claim := f.at.(*session.Claim)
	switch {
	case claim.Names == nil:
		return nil
	case strings.Join(claim.Names, ".") == claim.Text:
		return claim.Text
	}
	return claim.Names
}
