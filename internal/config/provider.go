package config

import (
	"slices"
	"time"

	"github.com/sessiongate/sessiongate/internal/session"
)

const (
	second = int64(time.Second)
	hour   = int64(time.Hour)
	year   = 365 * 24 * hour
)

// algorithms are the names that "algorithms" takes.
var algorithms = []string{
	"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519",
}

type settings = session.Settings

// providers describes providers[]. What a missing field means is up to package
// session, which has the defaults of every preset.
func providers(s *settings) *Table {
	return &Table{
		Name:   "providers[]",
		Doc:    "One issuer of session tokens, and where its tokens and keys are found.",
		Fields: slices.Concat(issuerFields(s), keyFields(s), sourceFields(s), claimFields(s), outputFields(s), browserFields(s)),
		Hints:  providersHints,
	}
}

var providersHints = map[string]string{
	"remotejwks":                 `a field of Envoy; write "jwksUri" and "jwksCluster"`,
	"asyncfetch":                 "not needed: keys are always fetched in the background; remove it",
	"retrypolicy":                "not needed: failed fetches are always repeated; remove it",
	"jwtcacheconfig":             `a field of Envoy; write "tokenCacheSize" at the top of the configuration`,
	"jwtcachesize":               `a field of Envoy; write "tokenCacheSize" at the top of the configuration`,
	"jwtmaxtokensize":            `a field of Envoy; write "maxTokenBytes" at the top of the configuration`,
	"subjects":                   `a field of Envoy; write a rule's "require": [{"claim": "sub", "values": [...]}]`,
	"payloadinmetadata":          `a field of Envoy, a Wasm filter has no dynamic metadata; write "outputClaimToHeaders", or "filterState" at the top of the configuration`,
	"headerinmetadata":           `a field of Envoy, a Wasm filter has no dynamic metadata; write "outputClaimToHeaders", or "filterState" at the top of the configuration`,
	"failedstatusinmetadata":     `a field of Envoy, a Wasm filter has no dynamic metadata; read the header x-identity-reason`,
	"padforwardpayloadheader":    "a field of Envoy; the filter writes the payload without padding; remove it",
	"clearroutecache":            "not needed: changed headers always clear the route cache; remove it",
	"spacedelimitedclaims":       "not needed: scope, scp and permission are split at spaces; remove it",
	"filename":                   `a field of Envoy, a Wasm filter reads no files; write the keys themselves under "jwks"`,
	"environmentvariable":        `a field of Envoy, a Wasm filter reads no variables; write the keys themselves under "jwks"`,
	"secretkey":                  "no secret belongs in a proxy, which verifies tokens with public keys; remove it and replace the secret",
	"clientsecret":               "no secret belongs in a proxy, which verifies tokens with public keys; remove it and replace the secret",
	"apisecret":                  "no secret belongs in a proxy, which verifies tokens with public keys; remove it and replace the secret",
	"header":                     `unknown field; write "fromHeaders": [{"name": "...", "prefix": "Bearer"}]`,
	"openidconfigurationurl":     `the filter does not use discovery; write "issuer" and "jwksUri"`,
	"openidconfigurationuri":     `the filter does not use discovery; write "issuer" and "jwksUri"`,
	"claims":                     `unknown field; write "requiredClaims": [{"claim": "...", "values": [...]}], or a rule's "require"`,
	"normalizepayloadinmetadata": `a field of Envoy, a Wasm filter has no dynamic metadata; remove it`,
}

// headerSources describes fromHeaders[].
func headerSources(h *session.HeaderSource) *Table {
	return &Table{
		Name: "providers[].fromHeaders[]",
		Doc:  "A header that may hold a token.",
		Fields: []*Field{
			{Name: "name", Kind: Text, Required: true, check: sourceHeader, Pattern: header, Foreign: []string{"header"},
				Doc: "Name of the header, without regard to case.",
				at:  &h.Name},
			{Name: "prefix", Kind: Text, Otherwise: "none: the whole value is the token", check: headerPrefix, Foreign: []string{"valuePrefix", "scheme"},
				Doc: "The text before the token. A prefix of letters is a scheme like `Bearer`: the filter compares it without regard to case, and at least one space follows it in the request, whether you write the space here or not. The filter compares any other prefix byte for byte.",
				at:  &h.Prefix},
		},
	}
}

// claimHeaders describes outputClaimToHeaders[].
func claimHeaders(h *session.ClaimHeader) *Table {
	return &Table{
		Name: "providers[].outputClaimToHeaders[]",
		Doc:  "A claim that the filter writes to a request header. It writes strings, numbers and booleans as they are, lists of these joined with commas, and objects as JSON.",
		Fields: []*Field{
			{Name: "header", Kind: Text, Required: true, check: outputHeader, Pattern: header, Foreign: []string{"headerName", "name"},
				Doc: "Name of the header.",
				at:  &h.Header},
			{Name: "claim", Kind: ClaimPath, Required: true, Foreign: []string{"claimName"},
				Doc: "Where the claim stands: a dotted path such as `realm_access.roles`, or a list of exact names such as `[\"https://x.example/roles\"]`.",
				at:  &h.Claim},
		},
	}
}
