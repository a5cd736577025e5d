package decisions

import "testing"

// TestKindInFilterState: access logs have the kind of caller where the
// configuration speaks of kinds.
func TestKindInFilterState(t *testing.T) {
	run(t, []row{
		{"a machine", `{"providers": [{CLERK, "tokens": ["m2m"], "machines": ["mch_1"]}], "filterState": true, "rules": [{"tokens": ["m2m"]}]}`, `GET /a
			Authorization: Bearer {clerk {"sub":"mch_1","scopes":"a b"}}`, false, `
			forward signed-in
			x-identity-status: signed-in
			x-identity-provider: clerk
			x-identity-kind: m2m
			x-identity-machine-id: mch_1
			x-identity-scopes: a,b
			state.identity.status: signed-in
			state.identity.rule: rules[0]
			state.identity.provider: clerk
			state.identity.kind: m2m`},
		{"a kind that the rule does not let in", `{"providers": [{CLERK, "tokens": ["session", "m2m"], "machines": ["mch_1"]}], "filterState": true, "rules": [{"paths": ["/b"], "tokens": ["m2m"]}]}`, `GET /a
			Authorization: Bearer {clerk {"sub":"mch_1"}}`, false, `
			respond denied 401
			x-identity-status: signed-out
			x-identity-reason: token-type-mismatch
			state.identity.status: signed-out
			state.identity.reason: token-type-mismatch
			state.identity.rule: none
			< www-authenticate: Bearer realm="app.example.com", error="invalid_token", error_description="The token is not of a kind that is accepted here, such as a session token."
			< x-clerk-auth-status: signed-out
			< x-clerk-auth-reason: token-type-mismatch
			< x-clerk-auth-message: The token is not of a kind that is accepted here, such as a session token.`},
	})
}
