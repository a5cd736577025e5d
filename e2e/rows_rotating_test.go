package e2e

import (
	"github.com/sessiongate/sessiongate/internal/demo/idp"
	kit "github.com/sessiongate/sessiongate/internal/testkit/issuers"
)

// rotatingIssuer is an issuer in the middle of a rotation: it publishes two
// keys, and signs with the second.
func rotatingIssuer() *idp.Issuer {
	next := kit.Key("next", "RS256")
	issuer := kit.Plain("rotating.example.com", kit.Key("rotating", "RS256"), next)
	issuer.Use(next)
	return issuer
}

func init() {
	configs["rotating"] = Config{JSON: `{"providers": [{"name": "rotating", "issuer": "{issuer rotating}", "jwks": {jwks rotating}}]}`}
}

// rotatingRows: a token that names no key is tried with every key that fits,
// and with no other.
var rotatingRows = []Row{
	{
		Name: "two keys: a token that names one", Config: "rotating",
		Request: "GET /\nAuthorization: Bearer {rotating}",
		Want:    Want{Upstream: "x-identity-status: signed-in\nx-identity-provider: rotating\nx-identity-user-id: *"},
	},
	{
		Name: "two keys: a token without kid, of the second", Config: "rotating",
		Request: "GET /\nAuthorization: Bearer {rotating -header.kid}",
		Want:    Want{Upstream: "x-identity-status: signed-in\nx-identity-provider: rotating\nx-identity-user-id: *"},
	},
	{
		Name: "two keys: a token without kid, of neither", Config: "rotating",
		Request: "GET /\nAuthorization: Bearer {rotating -header.kid key=stray}",
		Want:    Want{Status: 401, Reason: "token-invalid-signature"},
	},
	{
		Name: "two keys: a token that names the other", Config: "rotating",
		Request: "GET /\nAuthorization: Bearer {rotating header.kid=rotating}",
		Want:    Want{Status: 401, Reason: "token-invalid-signature"},
	},
	{
		Name: "two keys: a token without kid, changed", Config: "rotating",
		Request: "GET /\nAuthorization: Bearer {rotating -header.kid tamper=payload}",
		Want:    Want{Status: 401, Reason: "token-invalid-signature"},
	},
	{
		Name: "two keys: a token without kid, under another algorithm", Config: "rotating",
		Request: "GET /\nAuthorization: Bearer {rotating -header.kid header.alg=ES256}",
		Want:    Want{Status: 401, Reason: "token-verification-failed"},
	},
}
