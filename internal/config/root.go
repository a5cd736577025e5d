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
	assertion      signed // without an issuer: none
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
func requestFields(d *document) []*Field {
	return []*Field{
		{Name: "providers", Kind: objects[session.Settings]{providers}, Required: true, Foreign: []string{"jwtRules", "provider", "issuers"},
			Doc: "The issuers of session tokens, at least one.",
			at:  &d.providers},
		{Name: "rules", Kind: objects[rule]{rules}, Otherwise: "every request needs a session", Foreign: []string{"rule"},
			Doc: "Which requests need a session, and under which conditions they pass; the first rule that matches counts.",
			at:  &d.rules},
		{Name: "onFailure", Kind: Choice, OneOf: onFailure, Default: `"auto"`,
			Doc: "What the filter does with a request that does not pass, where its rule has no `onFailure` and where no rule matches.",
			at:  &d.OnFailure},
		{Name: "signInUrl", Kind: Text, check: signInURL, Pattern: pageURL, Otherwise: "none: 401", Foreign: []string{"loginUrl"},
			Doc: "The sign-in page: an absolute URL, or a path on the request's own host. The filter adds `redirect_url` with the request's own URL. A path that falls under a `required` rule is an error.",
			at:  &d.SignInURL},
		{Name: "stepUpUrl", Kind: Text, check: signInURL, Pattern: pageURL, Otherwise: "none: refused",
			Doc: "The page to which the filter redirects documents whose user has to sign in again: an absolute URL, or a path on the request's own host. The filter adds `redirect_url`, `reason=step-up` and `max_age` in seconds. A path that falls under a rule that asks for a step-up is an error.",
			at:  &d.StepUpURL},
		{Name: "identityHeaderPrefix", Kind: Text, check: identityPrefix, Pattern: "^[a-z][a-z0-9-]{2,62}-$", Default: `"x-identity-"`,
			Doc: "The prefix of the identity headers: in lower case, at least four characters long, with `-` at its end, and not the beginning of a header that HTTP, Envoy or this filter uses. The filter removes all headers that begin with it from requests.",
			at:  &d.IdentityHeaderPrefix},
		{Name: "stripHeaders", Kind: List, AllowEmpty: true, check: strippedHeader, Pattern: header, Default: `["x-original-url", "x-rewrite-url"]`,
			Doc: "Further request headers that clients may not set: the filter removes them. A list of your own replaces the default.",
			at:  &d.StripHeaders},
		{Name: "trustForwarded", Kind: Flag, Default: "false",
			Doc: "Whether `X-Forwarded-Host` and `CloudFront-Forwarded-Proto` determine the request's own URL. Turn it on only behind a proxy that always sets these headers.",
			at:  &d.TrustForwarded},
		{Name: "allowedOrigins", Kind: List, check: origin, Pattern: originPattern, Otherwise: "not checked",
			Doc: "Origins of your own pages. The filter refuses a request that a cookie signs in, if it is an upgrade or neither GET nor HEAD and its `Origin` is not in this list: 403 `origin-not-allowed`.",
			at:  &d.AllowedOrigins},
		{Name: "corsOrigins", Kind: List, AllowEmpty: true, check: origin, Pattern: originPattern, Otherwise: "`allowedOrigins` and every provider's `authorizedParties`, as far as they are origins", Foreign: []string{"allowOrigins", "corsPolicy", "cors"},
			Doc: "Origins whose pages may read the filter's own answers: see [Answers that pages can read](#answers-that-pages-can-read). `[]` names none.",
			at:  &d.CORSOrigins},
		{Name: "bypassCorsPreflight", Kind: Flag, Default: "true",
			Doc: "Whether a CORS preflight passes as signed-out. A preflight is an OPTIONS request with one `Origin` and one `Access-Control-Request-Method`, without `Authorization`, `Cookie` and body. The filter removes method-override headers from it.",
			at:  &d.BypassCORSPreflight},
		{Name: "protectedResources", Kind: objects[policy.ProtectedResource]{protectedResources}, Otherwise: "none",
			Doc: "APIs whose clients, such as MCP clients, may ask how to get a token (RFC 9728). The filter serves a document about each API on the resource's host, before any rule, and names it in challenges.",
			at:  &d.ProtectedResources},
		{Name: "assertion", Kind: object[signed]{assertions}, Otherwise: "none",
			Doc: "A signed assertion about the caller, for backends that do not trust the network.",
			at:  &d.assertion},
		{Name: "problemDetails", Kind: Flag, Default: "true",
			Doc: "Whether refusals have a body of `application/problem+json`; with false, the body is empty.",
			at:  &d.ProblemDetails},
		{Name: "filterState", Kind: Flag, Default: "false",
			Doc: "Whether the filter also sets the filter state `wasm.identity.status`, `.reason`, `.rule`, `.provider`, `.kind`, `.user_id`, `.session_id`, `.org_id` and `.actor`.",
			at:  &d.FilterState},
	}
}

// vmFields: what a VM keeps and reads.
func vmFields(d *document) []*Field {
	return []*Field{
		{Name: "tokenCacheSize", Kind: Number, Min: 0, Max: 65536, Default: "1024", Foreign: []string{"jwtCacheSize"},
			Doc: "How many verified tokens the cache keeps per worker and configuration, in at most 2 MiB; with 0 it keeps none.",
			at:  &d.tokenCacheSize},
		{Name: "maxTokenBytes", Kind: Number, Min: 256, Max: 65536, Default: "8192", Foreign: []string{"jwtMaxTokenSize"},
			Doc: "The filter refuses longer session tokens without reading them. Handshake tokens may be four times as long.",
			at:  &d.MaxTokenBytes},
		{Name: "shareKeys", Kind: Flag, Default: "true",
			Doc: "Whether the VMs of one process share fetched keys through shared data, which every plugin of the same VM id can write; with false, each VM fetches for itself.",
			at:  &d.shareKeys},
	}
}

var rootHints = map[string]string{
	"apiversion":           `belongs to the WasmPlugin resource; the filter gets what stands under "pluginConfig"`,
	"kind":                 `belongs to the WasmPlugin resource; the filter gets what stands under "pluginConfig"`,
	"metadata":             `belongs to the WasmPlugin resource; the filter gets what stands under "pluginConfig"`,
	"spec":                 `belongs to the WasmPlugin resource; the filter gets what stands under "pluginConfig"`,
	"pluginconfig":         "belongs to the WasmPlugin resource; write the fields under it",
	"selector":             "belongs to the WasmPlugin resource, beside pluginConfig; move it there",
	"targetref":            "belongs to the WasmPlugin resource, beside pluginConfig; move it there",
	"targetrefs":           "belongs to the WasmPlugin resource, beside pluginConfig; move it there",
	"action":               `a field of Istio; write "auth" in each of "rules"`,
	"requirementmap":       `a field of Envoy; write "rules" with "auth", "providers" and "require"`,
	"filterstaterules":     `a field of Envoy; write "rules" with "auth", "providers" and "require"`,
	"stripfailureresponse": `a field of Envoy; write "problemDetails": false`,
	"jwtcacheconfig":       `a field of Envoy; write "tokenCacheSize"`,
	"secretkey":            "no secret belongs in a proxy, which verifies tokens with public keys; remove it and replace the secret",
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
