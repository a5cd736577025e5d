package config

import "github.com/sessiongate/sessiongate/internal/session"

// tokenKinds describes kinds[].
func tokenKinds(k *session.KindCondition) *Table {
	return &Table{
		Name: "providers[].kinds[]",
		Doc:  "A kind of tokens, recognised by a condition on one claim, with either `values` or `notValues`, as in `rules[].require[]`.",
		Fields: append([]*Field{
			{Name: "kind", Kind: Choice, OneOf: session.TokenKindNames, Required: true,
				Doc: "The kind of the tokens for which the condition holds.",
				at:  &k.Kind},
		}, conditionFields(&k.Condition)...),
		OneOf: []string{"values", "notValues"},
	}
}

// conditions describes requiredClaims[].
func conditions(c *session.Condition) *Table {
	return &Table{
		Name:   "providers[].requiredClaims[]",
		Doc:    "A condition on one claim of every token, with either `values` or `notValues`, as in `rules[].require[]`.",
		Fields: conditionFields(c),
		OneOf:  []string{"values", "notValues"},
	}
}

// conditionFields are those of a condition, which is a part of what a table
// describes.
func conditionFields(c *session.Condition) []*Field {
	return []*Field{
		{Name: "claim", Kind: ClaimPath, Required: true, Foreign: []string{"key"},
			Doc: "Where the claim stands: a dotted path, or a list of exact names.",
			at:  &c.Claim},
		{Name: "values", Kind: List, Otherwise: "none", Foreign: []string{"value"},
			Doc: "The condition holds if some element of the claim matches one of these: exact, `prefix*`, `*suffix` or `*`. It never holds for a missing claim.",
			at:  &c.Values},
		{Name: "notValues", Kind: List, Otherwise: "none",
			Doc: "The condition fails if any element of the claim matches one of these. It holds for a missing claim.",
			at:  &c.NotValues},
	}
}
