package config

import (
	"time"

	"github.com/sessiongate/sessiongate/internal/presets"
	"github.com/sessiongate/sessiongate/internal/session"
)

// The fields of a provider, by what they are about, in the order of the reference.

// issuerFields: whose tokens these are, and what their header may be.
func issuerFields(s *settings) []*Field {
	return []*Field{
		{Name: "name", Kind: Text, Otherwise: "the preset's name", check: providerName, Pattern: ownNamePattern,
			Doc: "Unique name of the provider, 1 to 64 of `a-z`, `0-9`, `_` and `-`. It appears in metrics, headers and logs, and rules refer to it.",
			at:  &s.Name},
		{Name: "preset", Kind: Choice, OneOf: presets.All.Choices(), Otherwise: "none",
			Doc: "The vendor that issues the sessions. A preset fills in the other fields and determines what the vendor's cookies mean; you can still set every field by hand.",
			at:  &s.Preset},
		{Name: "publishableKey", Kind: Text, Otherwise: "none",
			Doc: "Clerk: the instance's publishable key, `pk_live_...` or `pk_test_...`. It gives the Frontend API's host, and so `issuer`, `jwksUri`, the suffix of the cookies and whether this is a development instance.",
			at:  &s.PublishableKey},
		{Name: "projectId", Kind: Text, Otherwise: "none",
			Doc: "Corbado: the project id, `pro-...`. It gives `issuer` (all the forms that Corbado uses), `jwksUri` and the header of the fetch.",
			at:  &s.ProjectID},
		{Name: "frontendApi", Kind: Text, Otherwise: "Corbado's own host of the project", check: httpsOrigin,
			Doc: "Corbado: the Frontend API, where you have given it a name of your own (CNAME): an https origin without path, or the host alone.",
			at:  &s.FrontendAPI},
		{Name: "issuer", Kind: TextOrList, Otherwise: "the preset's, if it has one; else an error", Foreign: []string{"issuers", "iss"},
			Doc: "Accepted values of the claim `iss`, compared byte for byte: a string or a list.",
			at:  &s.Issuers},
		{Name: "audiences", Kind: List, Otherwise: "not checked", Foreign: []string{"aud"},
			Doc: "Accepted audiences: a token passes if its `aud` has any of them. Once this field is set, a token without `aud` fails.",
			at:  &s.Audiences},
		{Name: "authorizedParties", Kind: List, Otherwise: "not checked", Foreign: []string{"azp"},
			Doc: "Accepted values of the claim `azp`, compared byte for byte: with Clerk, the origins of your own pages. Once this field is set, a token without `azp` fails.",
			at:  &s.AuthorizedParties},
		{Name: "algorithms", Kind: List, OneOf: algorithms, check: algorithm, Otherwise: "clerk `RS256`, `RS384`, `RS512`; oneauxilia and corbado `RS256`; else all", Foreign: []string{"algs", "alg"},
			Doc: "Signature algorithms that tokens may use. `Ed25519` is RFC 9864's name for `EdDSA`; either stands for both. The filter never accepts HMAC and `none`.",
			at:  &s.Algorithms},
		{Name: "types", Kind: List, check: tokenType, Otherwise: "presets `[\"JWT\"]`; else `[\"JWT\", \"at+jwt\"]`", Foreign: []string{"typ"},
			Doc: "Accepted values of the token's header `typ`, without regard to case, with or without `application/`. A token without `typ` passes.",
			at:  &s.Types},
	}
}

// keyFields: where the keys are.
func keyFields(s *settings) []*Field {
	return []*Field{
		{Name: "jwksUri", NotWith: "jwks", Kind: Text, Otherwise: "the preset's", check: anyURL, Pattern: webURL, Foreign: []string{"httpUri", "uri", "jwksUrl"},
			Doc: "The https URL from which the proxy fetches the keys.",
			at:  &s.JWKSURI},
		{Name: "allowInsecureJwks", NotWith: "jwks", Kind: Flag, Otherwise: "false",
			Doc: "Accepts a `jwksUri` of http. An attacker between the proxy and the key server can then serve keys of their own and sign in as any user.",
			at:  &s.AllowInsecureJWKS},
		{Name: "jwksCluster", NotWith: "jwks", Kind: Text, Otherwise: "`outbound|PORT||HOST` of `jwksUri`", check: clusterName, Pattern: `^[!-~]+$`, Foreign: []string{"cluster"},
			Doc: "The Envoy cluster that reaches the key server. The cluster determines whether the proxy uses TLS; the scheme of `jwksUri` does not. The default is Istio's name for the host of a ServiceEntry.",
			at:  &s.JWKSCluster},
		{Name: "jwks", Kind: KeySet, Otherwise: "none", Foreign: []string{"localJwks", "inlineString", "jwtKey", "inlineJwks"},
			Doc: "Keys in the configuration instead of fetched ones: a JWK Set (as an object or as a string), or one PEM public key. A PEM key verifies tokens of any `kid`.",
			at:  &s.InlineKeys},
		{Name: "jwksHeaders", NotWith: "jwks", Kind: Pairs, Otherwise: "corbado `X-Corbado-ProjectID`; else none", check: headerName,
			Doc: "Request headers of the fetch: an object of names and values.",
			at:  &s.JWKSHeaders},
		{Name: "jwksRefreshInterval", NotWith: "jwks", Kind: Duration, Min: second, Max: 168 * hour, Otherwise: "`5m`", Foreign: []string{"cacheDuration", "jwksCacheDuration"},
			Doc: "The proxy fetches keys older than this again, in the background.",
			at:  &s.JWKSRefreshInterval},
		{Name: "jwksTimeout", NotWith: "jwks", Kind: Duration, Min: 100 * int64(time.Millisecond), Max: 60 * second, Otherwise: "`5s`", Foreign: []string{"timeout", "fetchTimeout"},
			Doc: "How long one fetch may take, and how long a request waits for the first keys or for an unknown key.",
			at:  &s.JWKSTimeout},
		{Name: "jwksMaxStale", NotWith: "jwks", Kind: Duration, Min: second, Max: 168 * hour, Otherwise: "`1h`",
			Doc: "How long the filter trusts keys while it cannot refresh them. After that, requests with a token get 503 until a fetch succeeds.",
			at:  &s.JWKSMaxStale},
		{Name: "jwksUnknownKeyInterval", NotWith: "jwks", Kind: Duration, Min: second, Max: 168 * hour, Otherwise: "`10s`",
			Doc: "The time in which unknown key ids cause at most one successful fetch.",
			at:  &s.JWKSUnknownKeyInterval},
	}
}

// sourceFields: where tokens are looked for.
func sourceFields(s *settings) []*Field {
	return []*Field{
		{Name: "fromHeaders", Kind: objects[session.HeaderSource]{headerSources}, AllowEmpty: true, Otherwise: "`Authorization` with `Bearer`",
			Doc: "Headers that may hold a token. `[]`: none.",
			at:  &s.FromHeaders},
		{Name: "fromParams", Kind: List, AllowEmpty: true, check: paramName, Otherwise: "none",
			Doc: "Query parameters that may hold a token. URLs end up in logs: prefer headers and cookies.",
			at:  &s.FromParams},
		{Name: "fromCookies", Kind: List, AllowEmpty: true, check: cookieName, Otherwise: "oneauxilia `__session`; corbado `cbo_session_token`; else none", Foreign: []string{"cookieName", "cookie"},
			Doc: "Cookies that may hold a token. Preset clerk knows its own cookies and takes only `[]`, which means bearer tokens only and no handshake.",
			at:  &s.FromCookies},
		{Name: "foreignTokens", Kind: object[foreign]{foreignTokens}, Otherwise: "none",
			Doc: "Credentials of other parties in the headers of `fromHeaders`. The filter leaves them for the backend to verify. See [Other parties' tokens](callers.md#other-parties-tokens).",
			at:  &s.ForeignTokens},
	}
}

// claimFields: what a token has to say.
func claimFields(s *settings) []*Field {
	return []*Field{
		{Name: "clockSkew", Kind: Duration, Min: 0, Max: 300 * second, Otherwise: "`5s`", Foreign: []string{"clockSkewSeconds", "clockSkewInMs", "leeway"},
			Doc: "How far clocks may differ in the checks of `exp`, `nbf`, `iat` and `maxTokenAge`. `0s` means none.",
			at:  &s.ClockSkew},
		{Name: "requireExpiration", Kind: Flag, Otherwise: "true",
			Doc: "Whether a token without `exp` fails.",
			at:  &s.RequireExpiration},
		{Name: "maxTokenAge", Kind: Duration, Min: second, Max: year, Otherwise: "not checked", Foreign: []string{"maxLifetime"},
			Doc: "A token whose `iat` is longer ago fails, and so does a token without `iat`.",
			at:  &s.MaxTokenAge},
		{Name: "tokens", Kind: List, OneOf: session.TokenKindNames, Otherwise: "`[\"session\"]`",
			Doc: "Kinds of tokens that the provider accepts. Preset clerk tells the kinds apart by itself; without a preset, `kinds` does. Tokens of kinds other than `session` come in headers only. See [Kinds of callers](#kinds-of-callers).",
			at:  &s.Tokens},
		{Name: "kinds", Kind: objects[session.KindCondition]{tokenKinds}, Otherwise: "every token is a session's",
			Doc: "Conditions that tell the kind of a token; only without a preset. The first entry that holds counts. The filter refuses a token for which no entry holds: `token-type-mismatch`.",
			at:  &s.Kinds},
		{Name: "machines", Kind: List, Otherwise: "not checked; an error with preset clerk and `m2m`",
			Doc: "Machines that may call with an `m2m` token: exact values of `sub`.",
			at:  &s.Machines},
		{Name: "clients", Kind: List, Otherwise: "not checked",
			Doc: "Applications that may call with an `oauth` token: exact values of `client_id`.",
			at:  &s.Clients},
		{Name: "requiredClaims", Kind: objects[session.Condition]{conditions}, Otherwise: "none",
			Doc: "Conditions on claims that every token has to meet. The filter refuses a token that does not meet them: `token-not-accepted`.",
			at:  &s.RequiredClaims},
		{Name: "userIdClaim", Kind: ClaimPath, Otherwise: "`sub`", Foreign: []string{"principalClaim", "subjectClaim"},
			Doc: "The claim that names the user, in place of `sub`: a string or an integer. A token without it fails.",
			at:  &s.UserIDClaim},
		{Name: "sessionIdClaim", Kind: ClaimPath, Otherwise: "`sid`",
			Doc: "The claim that names the session, in place of `sid`: a string or an integer.",
			at:  &s.SessionIDClaim},
		{Name: "allowUnboundUse", Kind: Flag, Default: "false",
			Doc: "Takes tokens that are bound to a key (`cnf`: DPoP, mutual TLS) as bearer tokens. The filter does not check that the sender has the key, so a stolen token works.",
			at:  &s.AllowUnboundUse},
	}
}

// outputFields: what the backend gets of a token.
func outputFields(s *settings) []*Field {
	return []*Field{
		{Name: "forwardOriginalToken", Kind: Flag, Otherwise: "true with a preset, else false", Foreign: []string{"forward"},
			Doc: "Whether the verified token stays in the request where it was. Tokens that were not verified never stay.",
			at:  &s.ForwardOriginalToken},
		{Name: "tokenToHeader", Kind: Text, check: tokenHeader, Pattern: header, Otherwise: "none",
			Doc: "The header to which the filter writes the verified token as `Bearer <token>`, wherever the token came from. On a request that is not signed-in, the filter removes a bearer value from this header (not with `skip` and `log`).",
			at:  &s.TokenToHeader},
		{Name: "outputClaimToHeaders", Kind: objects[session.ClaimHeader]{claimHeaders}, Otherwise: "none", Foreign: []string{"claimToHeaders"},
			Doc: "Claims that the filter writes to request headers. On every route, it removes a client's own values of these headers.",
			at:  &s.OutputClaimToHeaders},
		{Name: "outputPayloadToHeader", Kind: Text, check: outputHeader, Pattern: header, Otherwise: "none", Foreign: []string{"forwardPayloadHeader"},
			Doc: "The header to which the filter writes the token's payload, in base64url.",
			at:  &s.OutputPayloadToHeader},
	}
}

// browserFields: browsers: sessions of vendors, and where browsers are sent.
func browserFields(s *settings) []*Field {
	return []*Field{
		{Name: "treatPendingAsSignedOut", Kind: Flag, Otherwise: "true",
			Doc: "Clerk: whether a session whose sign-in is not finished (`sts: pending`) counts as signed-out.",
			at:  &s.TreatPendingAsSignedOut},
		{Name: "handshake", Kind: Flag, Otherwise: "true with preset clerk",
			Doc: "Clerk: whether the filter redirects a document request of unknown state to the Frontend API, which finds out the state.",
			at:  &s.Handshake},
		{Name: "isSatellite", Kind: Flag, Otherwise: "false",
			Doc: "Clerk: whether these requests are for a satellite domain of the instance.",
			at:  &s.IsSatellite},
		{Name: "domain", Kind: Text, check: hostName, Otherwise: "none",
			Doc: "Clerk: the host of the satellite domain.",
			at:  &s.Domain},
		{Name: "proxyUrl", Kind: Text, check: httpsURL, Pattern: `^[hH][tT][tT][pP][sS]://[^#?\s\\]+$`, Otherwise: "none",
			Doc: "Clerk: the absolute https URL under your own domain at which a proxy serves the Frontend API.",
			at:  &s.ProxyURL},
		{Name: "satelliteAutoSync", Kind: Flag, Otherwise: "false",
			Doc: "Clerk: whether a satellite asks the primary domain about every visitor without cookies.",
			at:  &s.SatelliteAutoSync},
		{Name: "signInUrl", Kind: Text, check: signInURL, Pattern: pageURL, Otherwise: "the top-level one",
			Doc: "This provider's sign-in page.",
			at:  &s.SignInURL},
		{Name: "stepUpUrl", Kind: Text, check: signInURL, Pattern: pageURL, Otherwise: "the top-level one",
			Doc: "This provider's page for users who have to sign in again.",
			at:  &s.StepUpURL},
	}
}
