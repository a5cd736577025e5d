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

// The values of policy.Auth, and those of policy.OnFailure after Inherit.
var (
	auth      = []string{"required", "optional", "skip"}
	onFailure = []string{"auto", "deny", "redirect", "log"}
)

// rules describes rules[].
func rules(r *rule) *Table {
	return &Table{
		Name: "rules[]",
		Doc:  "What some of the requests need in order to pass. The first rule that matches counts; a request that no rule matches needs a session. All of `hosts`, `paths` and `methods` that a rule has must match, each with any of its values. Values are exact, `prefix*`, `*suffix` or `*`.",
		Fields: []*Field{
			{Name: "hosts", Kind: List, Otherwise: "all",
				Doc: "Hosts: `:authority` in lower case, without its port, never a forwarded header. `{tenant}`, or another name in braces, is one label that `require` compares with a claim. Where a rule has hosts, the filter refuses a request that names no valid host (400, `authority-invalid`).",
				at:  &r.Hosts},
			{Name: "notHosts", Kind: List, Otherwise: "none",
				Doc: "Hosts that the rule does not match.",
				at:  &r.NotHosts},
			{Name: "paths", Kind: List, Otherwise: "all", Foreign: []string{"prefix", "path", "pathPrefix"},
				Doc: "Paths, without query. Beside the common patterns, Istio's templates work: `{*}` is one segment, `{**}` any number of segments. `{tenant}`, or another name in braces, is one segment that `require` compares with a claim. `/admin/*` does not cover `/admin`.",
				at:  &r.Paths},
			{Name: "notPaths", Kind: List, Otherwise: "none",
				Doc: "Paths that the rule does not match.",
				at:  &r.NotPaths},
			{Name: "methods", Kind: List, Otherwise: "all", Pattern: `^[^a-z\s]+$`,
				Doc: "Methods, in capitals. Every method that a server could read in the request counts: see Hosts and methods.",
				at:  &r.Methods},
			{Name: "notMethods", Kind: List, Otherwise: "none", Pattern: `^[^a-z\s]+$`,
				Doc: "Methods that the rule does not match.",
				at:  &r.NotMethods},
			{Name: "auth", Kind: Choice, OneOf: auth, Default: `"required"`, Foreign: []string{"action", "mode"},
				Doc: "`required`: the request needs a session. `optional`: a signed-out request passes as signed-out, and a bad token never signs a request in. `skip`: the filter verifies nothing, but still removes identity headers.",
				at:  &r.Auth},
			{Name: "providers", Kind: List, Otherwise: "all", Foreign: []string{"provider", "requires", "requirementName", "providerName"},
				Doc: "Names of providers: the filter looks for tokens only where these providers read them, and a session of any of them counts.",
				at:  &r.providers},
			{Name: "tokens", Kind: List, OneOf: session.TokenKindNames, Otherwise: "`[\"session\"]`",
				Doc: "Kinds of tokens that the rule lets in, of the kinds that the providers accept. A token of another kind gives `token-type-mismatch`.",
				at:  &r.Tokens},
			{Name: "audiences", Kind: List, Otherwise: "not checked", Foreign: []string{"aud"},
				Doc: "Audiences of these requests, checked in addition to the provider's `audiences`: a token passes if its `aud` has any of them; else `token-audience-mismatch`.",
				at:  &r.Audiences},
			{Name: "require", Kind: objects[policy.Requirement]{requirements}, Otherwise: "none", Foreign: []string{"conditions"},
				Doc: "Conditions on claims, all of which must hold; else the request gets 403. Only with `auth: required`; with several providers the rule must name its `providers`.",
				at:  &r.Require},
			{Name: "reverification", Kind: reverification{object[session.Reverification]{reverifications}}, OneOf: presets.All.ReverificationNames(), Otherwise: "not asked for",
				Doc: "Presets clerk and oneauxilia: how recently and with which factors the user must have been verified, as Clerk's `has({reverification})` reads it; else 403 `step-up-required`. Only with `auth: required`. See [step-up](step-up.md).",
				at:  &r.Reverification},
			{Name: "onFailure", Kind: Choice, OneOf: onFailure, Otherwise: "the top-level one",
				Doc: "What the filter does with a request that does not pass. `auto`: it redirects documents to the sign-in page where one is set, and refuses everything else. `deny`: it refuses every such request. `redirect`: it redirects every GET and HEAD to the sign-in page, and refuses the rest. `log`: it lets every request pass, counts the answer that it would have given, and names the reason.",
				at:  &r.OnFailure},
			{Name: "signInUrl", Kind: Text, check: signInURL, Pattern: pageURL, Otherwise: "the provider's, then the top-level one",
				Doc: "The sign-in page of these requests.",
				at:  &r.SignInURL},
			{Name: "stepUpUrl", Kind: Text, check: signInURL, Pattern: pageURL, Otherwise: "the provider's, then the top-level one",
				Doc: "The page to which the filter redirects documents whose user has to sign in again.",
				at:  &r.StepUpURL},
			{Name: "name", Kind: Text, check: ruleName, Pattern: ownNamePattern, Otherwise: "`rules[3]`, by its place", Foreign: []string{"ruleName", "id"},
				Doc: "A unique name of 1 to 64 of a-z, 0-9, _ and -. It stands in access logs, metrics and filter state: see [Metrics and log](#metrics-and-log). No answer names it.",
				at:  &r.Name},
			{Name: "assertionAudience", Kind: Text, Otherwise: "`assertion.audience`",
				Doc: "The audience of the assertions of these requests. The filter refuses a request whose path has readings under rules with different audiences: 400, `path-invalid`.",
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
	"headers":           "not offered, because a client can write any header; remove it",
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
		Doc:  "A condition on one claim, with exactly one of `values`, `notValues`, `equals` and `maxAge`. With presets clerk and oneauxilia `org_id`, `org_role`, `org_slug` and `org_permissions` are the same for all versions of tokens, and `plan`, `user_plan`, `org_plan`, `feature`, `user_feature` and `org_feature` are what Clerk's `has()` reads.",
		Fields: []*Field{
			{Name: "claim", Kind: ClaimPath, Required: true, Foreign: []string{"key"},
				Doc: "Where the claim stands: a dotted path, or a list of exact names.",
				at:  &r.Claim},
			{Name: "values", Kind: List, Otherwise: "none", Foreign: []string{"value"},
				Doc: "The condition holds if some element of the claim matches one of these: exact, `prefix*`, `*suffix` or `*`. It never holds for a missing claim. The filter compares numbers and booleans as their JSON text.",
				at:  &r.Values},
			{Name: "notValues", Kind: List, Otherwise: "none",
				Doc: "The condition fails if any element of the claim matches one of these, and if the claim is an object. It holds for a missing claim.",
				at:  &r.NotValues},
			{Name: "equals", Kind: Text, Otherwise: "none", Pattern: `^\{[a-z][a-z0-9_-]*\}$`,
				Doc: "A name in braces that stands in the rule's `paths` or `hosts`. The condition holds if some element of the claim equals the request's text in the place of this name, byte for byte, in every reading of the path.",
				at:  &r.Equals},
			{Name: "maxAge", Kind: Duration, Min: second, Max: year, Otherwise: "none",
				Doc: "The claim is a date such as `auth_time`, at most this long ago; else 401 `step-up-required`. Not with presets clerk and oneauxilia, which have `reverification`. See [step-up](step-up.md).",
				at:  &r.MaxAge},
		},
		OneOf: []string{"values", "notValues", "equals", "maxAge"},
	}
}
