package config

import "github.com/sessiongate/sessiongate/internal/session"

// tokenKinds describes kinds[].
var tokenKinds = &Table{
	Name: "providers[].kinds[]",
	Doc:  "A kind of tokens, known by a condition on one claim, with either `values` or `notValues`, as in `rules[].require[]`.",
	Fields: []Field{
		{Name: "kind", Kind: Choice, OneOf: session.TokenKindNames, Required: true,
			Doc: "The kind.",
			at:  in(func(k *session.KindCondition) any { return &k.Kind })},
		{Name: "claim", Kind: ClaimPath, Required: true, Foreign: []string{"key"},
			Doc: "Where the claim stands: a dotted path, or a list of exact names.",
			at:  in(func(k *session.KindCondition) any { return &k.Claim })},
		{Name: "values", Kind: List, Otherwise: "none", Foreign: []string{"value"},
			Doc: "Holds if some element of the claim matches one of these: exact, `prefix*`, `*suffix` or `*`. Never holds for a missing claim.",
			at:  in(func(k *session.KindCondition) any { return &k.Values })},
		{Name: "notValues", Kind: List, Otherwise: "none",
			Doc: "Fails if any element of the claim matches one of these. Holds for a missing claim.",
			at:  in(func(k *session.KindCondition) any { return &k.NotValues })},
	},
	OneOf: []string{"values", "notValues"},
}

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
