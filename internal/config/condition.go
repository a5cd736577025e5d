package config

import "github.com/sessiongate/sessiongate/internal/session"

// conditions describes requiredClaims[].
var conditions = &Table{
	Name: "providers[].requiredClaims[]",
	Doc:  "A condition on one claim of every token, with either `values` or `notValues`, as in `rules[].require[]`.",
	Fields: []Field{
		{Name: "claim", Kind: ClaimPath, Required: true, Foreign: []string{"key"},
			Doc: "Where the claim stands: a dotted path, or a list of exact names.",
			at:  in(func(c *session.Condition) any { return &c.Claim })},
		{Name: "values", Kind: List, Otherwise: "none", Foreign: []string{"value"},
			Doc: "Holds if some element of the claim matches one of these: exact, `prefix*`, `*suffix` or `*`. Never holds for a missing claim.",
			at:  in(func(c *session.Condition) any { return &c.Values })},
		{Name: "notValues", Kind: List, Otherwise: "none",
			Doc: "Fails if any element of the claim matches one of these. Holds for a missing claim.",
			at:  in(func(c *session.Condition) any { return &c.NotValues })},
	},
	OneOf: []string{"values", "notValues"},
}
