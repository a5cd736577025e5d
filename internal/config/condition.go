package config

import "github.com/sessiongate/sessiongate/internal/session"

// tokenKinds describes kinds[].
var tokenKinds = &Table{
	Name: "providers[].kinds[]",
	Doc:  "A kind of tokens, known by a condition on one claim, with either `values` or `notValues`, as in `rules[].require[]`.",
	Fields: append([]Field{
		{Name: "kind", Kind: Choice, OneOf: session.TokenKindNames, Required: true,
			Doc: "The kind.",
			at:  in(func(k *session.KindCondition) any { return &k.Kind })},
	}, conditionFields(func(k *session.KindCondition) *session.Condition { return &k.Condition })...),
	OneOf: []string{"values", "notValues"},
}

// conditions describes requiredClaims[].
var conditions = &Table{
	Name:   "providers[].requiredClaims[]",
	Doc:    "A condition on one claim of every token, with either `values` or `notValues`, as in `rules[].require[]`.",
	Fields: conditionFields(func(c *session.Condition) *session.Condition { return c }),
	OneOf:  []string{"values", "notValues"},
}

// conditionFields are those of a condition, which is a part of what a table
// describes.
func conditionFields[T any](of func(*T) *session.Condition) []Field {
	return []Field{
		{Name: "claim", Kind: ClaimPath, Required: true, Foreign: []string{"key"},
			Doc: "Where the claim stands: a dotted path, or a list of exact names.",
			at:  in(func(t *T) any { return &of(t).Claim })},
		{Name: "values", Kind: List, Otherwise: "none", Foreign: []string{"value"},
			Doc: "Holds if some element of the claim matches one of these: exact, `prefix*`, `*suffix` or `*`. Never holds for a missing claim.",
			at:  in(func(t *T) any { return &of(t).Values })},
		{Name: "notValues", Kind: List, Otherwise: "none",
			Doc: "Fails if any element of the claim matches one of these. Holds for a missing claim.",
			at:  in(func(t *T) any { return &of(t).NotValues })},
	}
}
