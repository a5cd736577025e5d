package config

import (
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/internal/assertion"
	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/request"
)

type signed = assertion.Settings

// keysBelong is what a private key in the configuration is answered with.
const keysBelong = `no private key belongs in the configuration; put the key into the environment of the VM, from the environment of the proxy, and write the name of its variable: "keyEnv"`

// assertions describes assertion.
func assertions(s *signed) *Table {
	return &Table{
		Name: "assertion",
		Doc:  "A signed JWT (ES256) about the caller, for backends that do not trust the network. The filter sets it on signed-in requests, and removes a client's own on every route. Its claims are `iss`, `aud`, `iat`, `exp`, `sub` (the user id, or with an `m2m` token the machine id) and, where the token has them, `sid`, `provider`, `kind`, `org_id`, `org_role`, `org_slug`, `org_permissions`, `actor`, `name` and `email`. It expires after `lifetime`, and at most `clockSkew` and 30 seconds after the session token.",
		Fields: []*Field{
			{Name: "issuer", Kind: Text, Required: true, Foreign: []string{"iss"},
				Doc: "The claim `iss`: a name for this proxy, best a URL of its own.",
				at:  &s.Issuer},
			{Name: "audience", Kind: Text, Required: true, Foreign: []string{"aud", "audiences"},
				Doc: "The claim `aud`: the backends that the assertion is for. A rule may name another audience.",
				at:  &s.Audience},
			{Name: "header", Kind: Text, check: outputHeader, Pattern: header, Default: `"x-sessiongate-assertion"`,
				Doc: "The request header to which the filter writes the assertion.",
				at:  &s.Header},
			{Name: "lifetime", Kind: Duration, Min: 10 * second, Max: 600 * second, Default: `"1m"`, Foreign: []string{"ttl", "expiresIn"},
				Doc: "How long an assertion is valid. The filter makes one for each token and audience, and makes a new one once less than half of this time is left, or less than 30 seconds.",
				at:  &s.Lifetime},
			{Name: "keyEnv", Kind: Text, check: variable, Pattern: "^[A-Za-z_][A-Za-z0-9_]{0,122}$", Default: `"SESSIONGATE_SIGNING_KEY"`,
				Doc: "The variable of the VM's environment that holds the private key: P-256, in PEM, as PKCS #8 or SEC 1. If there is a variable of this name with `_NEXT` at its end, the filter publishes the public part of the key in it too.",
				at:  &s.KeyEnv},
			{Name: "jwksPath", Kind: Text, check: keysPath, Pattern: `^/\.well-known/[A-Za-z0-9._~!$&'()*+,=:@/-]+$`, Default: `"/.well-known/sessiongate/jwks.json"`,
				Doc: "The path at which the filter serves the public keys as a JWK Set, on every host and before any rule, to GET and HEAD of exactly this path. Pages of any origin may read the keys.",
				at:  &s.JWKSPath},
			{Name: "type", Kind: Text, check: assertionType, Pattern: header, Default: `"sessiongate+jwt"`, Foreign: []string{"typ"},
				Doc: "The member `typ` of the assertion's header. Write `JWT` for libraries that accept no other type.",
				at:  &s.Type},
			{Name: "subject", Kind: Choice, OneOf: []string{assertion.Plain, assertion.ProviderAndID}, Otherwise: "`plain`; an error with several providers", Foreign: []string{"sub"},
				Doc: "The claim `sub`: the user's id, or the provider's name, `|`, and the user's id. Two providers may give one id to different users.",
				at:  &s.Subject},
		},
		Hints: assertionsHints,
	}
}

var assertionsHints = map[string]string{
	"key": keysBelong, "privatekey": keysBelong, "signingkey": keysBelong, "secret": keysBelong, "pem": keysBelong, "jwk": keysBelong,
	"algorithm":  "ES256 is the only one; remove it",
	"alg":        "ES256 is the only one; remove it",
	"algorithms": "ES256 is the only one; remove it",
	"kid":        "the key's RFC 7638 thumbprint; remove it",
	"claims":     "not offered: an assertion says what the identity headers say; remove it",
}

// variable takes the name of an environment variable, to which "_NEXT" is
// added.
func variable(s string) (string, string) {
	switch {
	case consistsOf(s[:1], digits) || !consistsOf(s, letters+digits+"_"):
		return "", problem.Quote(s) + ` is not the name of a variable; write letters, digits and _: "SESSIONGATE_SIGNING_KEY"`
	case len(s) > 123:
		return "", "longer than 123 bytes; write a shorter name"
	}
	return s, ""
}

// keysPath takes a path that is written in one way only: it is compared with
// requests as they were sent.
func keysPath(s string) (string, string) {
	rest, ok := strings.CutPrefix(s, "/.well-known/")
	wrong := checkURLText(s)
	switch {
	case wrong != "":
		return "", wrong
	case !ok || rest == "":
		return "", problem.Quote(s) + ` does not begin with /.well-known/; write it like "/.well-known/sessiongate/jwks.json"`
	case strings.ContainsAny(s, "?%;") || strings.Contains(s, "//"):
		return "", problem.Quote(s) + " can be written in other ways; write it without ? % ; and //"
	case strings.Contains(s+"/", "/./") || strings.Contains(s+"/", "/../"):
		return "", problem.Quote(s) + " can be written in other ways; write it without dot segments"
	}
	return s, ""
}

// assertionType takes a media type without "application/" (RFC 7515 section
// 4.1.9).
var assertionType = plain(
	func(s string) bool { return isToken(s) && len(s) <= 64 },
	` is not a type; write it like "sessiongate+jwt" or "JWT"`)

// assertionHeader checks that no other field is about the assertion's header.
// Those that write headers are checked with each provider.
func (d *decoder) assertionHeader(s *policy.Settings) {
	if s.Assertion == nil {
		return
	}
	name := s.Assertion.Header
	if request.FoldedHasPrefix(name, s.IdentityHeaderPrefix) {
		d.fail("assertion.header", problem.Quote(name)+" begins with identityHeaderPrefix; write another header")
	}
	i := slices.IndexFunc(s.StripHeaders, func(other string) bool { return request.FoldedEqual(name, other) })
	if i >= 0 {
		d.fail(problem.Element("stripHeaders", i), problem.Quote(name)+" is the assertion's header, which the filter removes anyway; leave it out")
	}
}
