package explain

import "github.com/sessiongate/sessiongate/internal/policy"

// kind says which kind of token the rule does not let in, or that a token came
// in a place where its kind may not; empty if that is not why.
func (e *Explanation) kind() string {
	for i := range e.tokens {
		t := &e.tokens[i]
		if t.parsed == nil || t.wrong() != nil || e.Decision.Provider != nil && t.provider != e.Decision.Provider {
			continue
		}
		kind, _ := t.provider.ExpectOf(t.parsed)
		index := e.rule()
		if index == policy.NoIndex {
			return t.place + ": kind " + kind.String() + "; would pass: session"
		}
		if tokens := e.policy.Rules[index].Tokens.OrSessions(); !tokens.Has(kind) {
			return t.place + ": kind " + kind.String() + "; would pass: " + kinds(tokens) + " (tokens of the rule)"
		}
		return t.place + ": kind " + kind.String() + "; would pass: the same token in a header"
	}
	return ""
}
