package config

import (
	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/presets"
	"github.com/sessiongate/sessiongate/internal/session"
)

// rule is one entry of rules[] with the names of its providers, which are
// looked up when all providers have been made.
type rule struct {
	policy.Rule
	providers []string
}

var onFailure = []string{"auto", "deny", "redirect", "log"}

// rules describes rules[].
func rules(r *rule) *Table {
	return &Table{
		Name: "rules[]",
		Doc:  "What holds for some of the requests. The first rule that matches counts; requests that no rule matches are `required`. The conditions of one rule must all hold, and of the values of one condition any. Values are exact, `prefix*`, `*suffix` or `*`.",
		Fields: []Field{
			{Name: "hosts", Kind: List, Otherwise: "all",
				Doc: "Hosts: `:authority` in lower case, without its port, never a forwarded header. `{tenant}` or another name is one label that `require` compares with a claim. Where a rule has hosts, a request that names no valid host is refused (400, `authority-invalid`).",
				at:  &r.Hosts},
			{Name: "notHosts", Kind: List, Otherwise: "none",
				Doc: "Hosts that the rule leaves out.",
				at:  &r.NotHosts},
			{Name: "paths", Kind: List, Otherwise: "all", Foreign: []string{"prefix", "path", "pathPrefix"},
				Doc: "Paths, without query. Beside the common patterns, Istio's templates: `{*}` is one segment, `{**}` any number of them. `{tenant}` or another name is one segment that `require` compares with a claim. `/admin/*` does not cover `/admin`.",
				at:  &r.Paths},
			{Name: "notPaths", Kind: List, Otherwise: "none",
				Doc: "Paths that the rule leaves out.",
				at:  &r.NotPaths},
			{Name: "methods", Kind: List, Otherwise: "all", Pattern: `^[^a-z\s]+$`,
				Doc: "Methods, in capitals. Every method that a server could read in the request counts: see Hosts and methods.",
				at:  &r.Methods},
			{Name: "notMethods", Kind: List, Otherwise: "none", Pattern: `^[^a-z\s]+$`,
				Doc: "Methods that the rule leaves out.",
				at:  &r.NotMethods},
			{Name: "auth", Kind: Choice, OneOf: []string{"required", "optional", "skip"}, Default: `"required"`, Foreign: []string{"action", "mode"},
				Doc: "`required`: a session. `optional`: signed-out requests pass as signed-out; a bad token never makes a signed-in one. `skip`: nothing is verified; identity headers are still taken away.",
				at:  &r.Auth},
			{Name: "providers", Kind: List, Otherwise: "all", Foreign: []string{"provider", "requires", "requirementName", "providerName"},
				Doc: "Names of providers: only what these read is read, and any of them will do.",
				at:  &r.providers},
			{Name: "tokens", Kind: List, OneOf: session.TokenKindNames, Otherwise: "`[\"session\"]`",
				Doc: "Kinds of tokens that may enter, of those that the providers accept; else `token-type-mismatch`.",
				at:  &r.Tokens},
			{Name: "audiences", Kind: List, Otherwise: "not checked", Foreign: []string{"aud"},
				Doc: "Audiences of these requests: any of them in `aud` passes, beside the provider's `audiences`; else `token-audience-mismatch`.",
				at:  &r.Audiences},
			{Name: "require", Kind: objects[policy.Requirement]{requirements}, Otherwise: "none", Foreign: []string{"conditions"},
				Doc: "Conditions on claims, all of which must hold; else 403. Only with `auth: required`; with several providers the rule must name its `providers`.",
				at:  &r.Require},
			{Name: "reverification", Kind: reverification{object[session.Reverification]{reverifications}}, OneOf: presets.All.ReverificationNames(), Otherwise: "not asked for",
				Doc: "Presets clerk and oneauxilia: how lately and how strongly the user has to have been verified, as Clerk's `has({reverification})` reads it; else 403 `step-up-required`. Only with `auth: required`. See [step-up](step-up.md).",
				at:  &r.Reverification},
			{Name: "onFailure", Kind: Choice, OneOf: onFailure, Otherwise: "the top-level one",
				Doc: "What a request gets that does not pass. `auto`: documents go to the sign-in page where there is one, everything else is refused. `deny`: always refused. `redirect`: every GET and HEAD goes to the sign-in page, the rest is refused. `log`: everything passes, and what would have been answered is counted and named.",
				at:  &r.OnFailure},
			{Name: "signInUrl", Kind: Text, check: signInURL, Pattern: pageURL, Otherwise: "the provider's, then the top-level one",
				Doc: "The sign-in page of these requests.",
				at:  &r.SignInURL},
			{Name: "stepUpUrl", Kind: Text, check: signInURL, Pattern: pageURL, Otherwise: "the provider's, then the top-level one",
				Doc: "Where documents go whose user has to sign in again.",
				at:  &r.StepUpURL},
			{Name: "name", Kind: Text, check: ruleName, Pattern: ownNamePattern, Otherwise: "`rules[3]`, by its place", Foreign: []string{"ruleName", "id"},
				Doc: "A unique name of 1 to 64 of a-z, 0-9, _ and -. It stands in access logs, metrics and filter state: see [Metrics and log](#metrics-and-log). No answer has it.",
				at:  &r.Name},
			{Name: "assertionAudience", Kind: Text, Otherwise: "`assertion.audience`",
				Doc: "The audience of the assertions of these requests. A request whose path can be read so that it falls under rules with different ones is refused: 400, `path-invalid`.",
				at:  &r.AssertionAudience},
		},
		Hints: rulesHints,
	}
}

var rulesHints = map[string]string{
	"to":                `a field of Istio; write "hosts", "paths" and "methods" in the rule itself`,
	"operation":         `a field of Istio; write "hosts", "paths" and "methods" in the rule itself`,
	"match":             `a field of Envoy; write "hosts", "paths" and "methods" in the rule itself`,
	"from":              `a field of Istio; write "providers", and "require" for conditions on claims`,
	"source":            `a field of Istio; write "providers", and "require" for conditions on claims`,
	"requestprincipals": `a field of Istio; write "providers", and "require": [{"claim": "sub", "values": [...]}]`,
	"ports":             "not offered; configure the filter of that listener instead",
	"notports":          "not offered; configure the filter of that listener instead",
	"headers":           "not offered, a client writes its headers as it likes; remove it",
	"when":              `a field of Istio; write "require": [{"claim": "...", "values": [...]}]`,
	"claims":            `unknown field; write "require": [{"claim": "...", "values": [...]}]`,
	"permissions":       `unknown field; write "require": [{"claim": "org_permissions", "values": [...]}]`,
	"roles":             `unknown field; write "require": [{"claim": "org_role", "values": [...]}]`,
	"scopes":            `unknown field; write "require": [{"claim": "scope", "values": [...]}]`,
}

// requirements describes require[].
func requirements(r *policy.Requirement) *Table {
	return &Table{
		Name: "rules[].require[]",
		Doc:  "A condition on one claim, with one of `values`, `notValues`, `equals` and `maxAge`. With presets clerk and oneauxilia `org_id`, `org_role`, `org_slug` and `org_permissions` are the same for all versions of tokens, and `plan`, `user_plan`, `org_plan`, `feature`, `user_feature` and `org_feature` are what Clerk's `has()` reads.",
		Fields: []Field{
			{Name: "claim", Kind: ClaimPath, Required: true, Foreign: []string{"key"},
				Doc: "Where the claim stands: a dotted path, or a list of exact names.",
				at:  &r.Claim},
			{Name: "values", Kind: List, Otherwise: "none", Foreign: []string{"value"},
				Doc: "Holds if some element of the claim matches one of these: exact, `prefix*`, `*suffix` or `*`. Never holds for a missing claim. Numbers and booleans are compared as their JSON text.",
				at:  &r.Values},
			{Name: "notValues", Kind: List, Otherwise: "none",
				Doc: "Fails if any element of the claim matches one of these, and for an object. Holds for a missing claim.",
				at:  &r.NotValues},
			{Name: "equals", Kind: Text, Otherwise: "none", Pattern: `^\{[a-z][a-z0-9_-]*\}$`,
				Doc: "A name in braces that stands in the rule's `paths` or `hosts`. Holds if some element of the claim is what the request has in its place, byte for byte, and the same in every reading of the path.",
				at:  &r.Equals},
			{Name: "maxAge", Kind: Duration, Min: second, Max: year, Otherwise: "none",
				Doc: "The claim is a date such as `auth_time`, at most this long ago; else 401 `step-up-required`. Not with presets clerk and oneauxilia, which have `reverification`. See [step-up](step-up.md).",
				at:  &r.MaxAge},
		},
		OneOf: []string{"values", "notValues", "equals", "maxAge"},
	}
}
