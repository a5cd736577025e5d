package config

import (
	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/session"
)

// document is a configuration as it was written, with the top-level defaults.
type document struct {
	policy.Settings
	providers      []session.Settings
	rules          []rule
	tokenCacheSize int
	shareKeys      bool
}

// root describes the configuration as a whole.
func root(d *document) *Table {
	return &Table{
		Doc:    "The configuration is one JSON object.",
		Fields: append(requestFields(d), vmFields(d)...),
		Hints:  rootHints,
	}
}

// requestFields: what holds for all requests.
func requestFields(d *document) []Field {
	return []Field{
		{Name: "providers", Kind: objects[session.Settings]{providers}, Required: true, Foreign: []string{"jwtRules", "provider", "issuers"},
			Doc: "Who issues the session tokens: at least one.",
			at:  &d.providers},
		{Name: "rules", Kind: objects[rule]{rules}, Otherwise: "every request needs a session", Foreign: []string{"rule"},
			Doc: "What holds for which requests; the first rule that matches counts.",
			at:  &d.rules},
		{Name: "onFailure", Kind: Choice, OneOf: onFailure, Default: `"auto"`,
			Doc: "For rules that have none, and for requests that no rule matches.",
			at:  &d.OnFailure},
		{Name: "signInUrl", Kind: Text, check: signInURL, Pattern: pageURL, Otherwise: "none: 401", Foreign: []string{"loginUrl"},
			Doc: "The sign-in page: an absolute URL, or a path on the request's own host. It gets `redirect_url` with the request's own URL. A path that falls under a `required` rule is an error.",
			at:  &d.SignInURL},
		{Name: "stepUpUrl", Kind: Text, check: signInURL, Pattern: pageURL, Otherwise: "none: refused",
			Doc: "Where documents go whose user has to sign in again: an absolute URL, or a path on the request's own host. It gets `redirect_url`, `reason=step-up` and `max_age` in seconds. A path that falls under a rule that asks for a step-up is an error.",
			at:  &d.StepUpURL},
		{Name: "identityHeaderPrefix", Kind: Text, check: identityPrefix, Pattern: "^[a-z][a-z0-9-]{2,62}-$", Default: `"x-identity-"`,
			Doc: "What the names of the identity headers begin with: lower case, at least four characters, ends in `-`, and not the beginning of a header that HTTP, Envoy or this filter uses. All headers that begin with it are removed from requests.",
			at:  &d.IdentityHeaderPrefix},
		{Name: "stripHeaders", Kind: List, AllowEmpty: true, check: strippedHeader, Pattern: header, Default: `["x-original-url", "x-rewrite-url"]`,
			Doc: "Further request headers that clients may not set. A list of your own replaces the default.",
			at:  &d.StripHeaders},
		{Name: "trustForwarded", Kind: Flag, Default: "false",
			Doc: "Whether `X-Forwarded-Host` and `CloudFront-Forwarded-Proto` say what the request's own URL is. Only behind a proxy that always sets them.",
			at:  &d.TrustForwarded},
		{Name: "allowedOrigins", Kind: List, check: origin, Pattern: originPattern, Otherwise: "not checked",
			Doc: "Origins of your own pages. A request that a cookie signs in, and that is an upgrade or neither GET nor HEAD, with an `Origin` that is not among these is refused: 403 `origin-not-allowed`.",
			at:  &d.AllowedOrigins},
		{Name: "corsOrigins", Kind: List, AllowEmpty: true, check: origin, Pattern: originPattern, Otherwise: "`allowedOrigins` and every provider's `authorizedParties`, as far as they are origins", Foreign: []string{"allowOrigins", "corsPolicy", "cors"},
			Doc: "Origins of pages on other origins that may read the answers of the filter itself: see [Answers that pages can read](#answers-that-pages-can-read). `[]` names none.",
			at:  &d.CORSOrigins},
		{Name: "bypassCorsPreflight", Kind: Flag, Default: "true",
			Doc: "Whether a CORS preflight passes as signed-out: OPTIONS with one `Origin` and one `Access-Control-Request-Method`, without `Authorization`, `Cookie` and body. Method-override headers are removed from it.",
			at:  &d.BypassCORSPreflight},
		{Name: "protectedResources", Kind: objects[policy.ProtectedResource]{protectedResources}, Otherwise: "none",
			Doc: "APIs about which clients may ask how to get a token (RFC 9728), such as MCP clients. Their documents are served on the resource's host, before any rule, and challenges lead to them.",
			at:  &d.ProtectedResources},
		{Name: "assertion", Kind: object[signed]{assertions}, Otherwise: "none",
			Doc: "A signed assertion for backends, which tells who is calling without trust in the network.",
			at:  &d.Assertion},
		{Name: "problemDetails", Kind: Flag, Default: "true",
			Doc: "Whether refusals have a body of `application/problem+json`; false: an empty one.",
			at:  &d.ProblemDetails},
		{Name: "filterState", Kind: Flag, Default: "false",
			Doc: "Whether filter state `wasm.identity.status`, `.reason`, `.rule`, `.provider`, `.kind`, `.user_id`, `.session_id`, `.org_id` and `.actor` is set too.",
			at:  &d.FilterState},
	}
}

// vmFields: what a VM keeps and reads.
func vmFields(d *document) []Field {
	return []Field{
		{Name: "tokenCacheSize", Kind: Number, Min: 0, Max: 65536, Default: "1024", Foreign: []string{"jwtCacheSize"},
			Doc: "How many verified tokens are kept per worker and configuration, in at most 2 MiB; 0 keeps none.",
			at:  &d.tokenCacheSize},
		{Name: "maxTokenBytes", Kind: Number, Min: 256, Max: 65536, Default: "8192", Foreign: []string{"jwtMaxTokenSize"},
			Doc: "Longer session tokens are refused unread. Handshake tokens may have four times that.",
			at:  &d.MaxTokenBytes},
		{Name: "shareKeys", Kind: Flag, Default: "true",
			Doc: "Whether the VMs of one process share fetched keys through shared data, which every plugin of the same VM id can write; false: each VM fetches for itself.",
			at:  &d.shareKeys},
	}
}

var rootHints = map[string]string{
	"apiversion":           `belongs to the WasmPlugin resource; the filter gets what stands under "pluginConfig"`,
	"kind":                 `belongs to the WasmPlugin resource; the filter gets what stands under "pluginConfig"`,
	"metadata":             `belongs to the WasmPlugin resource; the filter gets what stands under "pluginConfig"`,
	"spec":                 `belongs to the WasmPlugin resource; the filter gets what stands under "pluginConfig"`,
	"pluginconfig":         "belongs to the WasmPlugin resource; write what stands under it",
	"selector":             "belongs to the WasmPlugin resource, beside pluginConfig; move it there",
	"targetref":            "belongs to the WasmPlugin resource, beside pluginConfig; move it there",
	"targetrefs":           "belongs to the WasmPlugin resource, beside pluginConfig; move it there",
	"action":               `a field of Istio; write "auth" in each of "rules"`,
	"requirementmap":       `a field of Envoy; write "rules" with "auth", "providers" and "require"`,
	"filterstaterules":     `a field of Envoy; write "rules" with "auth", "providers" and "require"`,
	"stripfailureresponse": `a field of Envoy; write "problemDetails": false`,
	"jwtcacheconfig":       `a field of Envoy; write "tokenCacheSize"`,
	"secretkey":            "no secret belongs in a proxy, tokens are verified with public keys; remove it and replace the secret",
}

// Tables are the tables of fields, in the order of the reference.
func Tables() []*Table {
	return []*Table{
		root(new(document)), providers(new(settings)), headerSources(new(session.HeaderSource)), foreignTokens(new(foreign)),
		claimHeaders(new(session.ClaimHeader)), tokenKinds(new(session.KindCondition)), conditions(new(session.Condition)),
		rules(new(rule)), requirements(new(policy.Requirement)), reverifications(new(session.Reverification)),
		protectedResources(new(resource)), assertions(new(signed)),
	}
}
