package e2e

import "maps"

func init() { maps.Copy(configs, ruleCheckConfigs) }

var ruleCheckConfigs = map[string]Config{
	"rule-check": {JSON: `{"providers": [{` + minePlain + `, "fromCookies": ["session", "legacy"]}, {` + mineCorbado + `}],
		"rules": [
			{"paths": ["/both"], "providers": ["mine", "corbado"], "require": [{"claim": "role", "values": ["admin"]}]},
			{"paths": ["/try"], "providers": ["mine"], "require": [{"claim": "role", "values": ["admin"]}], "onFailure": "log"}
		]}`},
	"rule-check-clerk": {JSON: `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwks": {jwks clerk}}],
		"rules": [{"require": [{"claim": "org_role", "values": ["org:admin"]}]}]}`},
}

const (
	secondPlain = `
		x-identity-status: signed-in
		x-identity-provider: mine
		x-identity-user-id: user_two`
	corbadoID = `
		x-identity-status: signed-in
		x-identity-provider: corbado
		x-identity-user-id: usr-corbado
		x-identity-name: Ada Example
		x-identity-email: ada@example.com`
)

// ruleCheckRows: what a rule asks of a token that its provider has verified.
// A cookie that is not good enough counts as failed, and the next is asked.
var ruleCheckRows = []Row{
	{Name: "rule check: the first cookie is good enough", Config: "rule-check", Request: "GET /both\nCookie: session={plain role=admin}; legacy={plain sub=user_two role=admin}",
		Want: Want{Upstream: plainUser}},
	{Name: "rule check: the next cookie of the provider", Config: "rule-check", Request: "GET /both\nCookie: session={plain role=user}; legacy={plain sub=user_two role=admin}; a=1",
		Want: Want{Upstream: secondPlain + "\ncookie: a=1"}},
	{Name: "rule check: the next provider's cookie", Config: "rule-check", Request: "GET /both\nCookie: session={plain role=user}; cbo_session_token={corbado role=admin}; a=1",
		Want: Want{Upstream: corbadoID + "\ncookie: a=1"}},
	{Name: "rule check: no cookie is good enough", Config: "rule-check", Request: "GET /both\nCookie: session={plain role=user}; cbo_session_token={corbado}",
		Want: Want{Status: 403, Reason: "claims-mismatch", Logged: plainUser}},
	{Name: "rule check: a header decides alone", Config: "rule-check", Request: "GET /both\nAuthorization: Bearer {plain role=user}\nCookie: cbo_session_token={corbado role=admin}",
		Want: Want{Status: 403, Reason: "claims-mismatch", Logged: plainUser}},
	{Name: "rule check: an expired token that is not good enough has expired", Config: "rule-check", Request: "GET /both\nAuthorization: Bearer {plain role=user exp=-60s}",
		Want: denied(401, "token-expired")},
	{Name: "rule check: where it is tried out, the user stays signed in", Config: "rule-check", Request: "GET /try\nCookie: session={plain role=user}",
		Want: Want{Reason: "claims-mismatch", Upstream: plainUser}},
	{Name: "rule check: where it is tried out, the next cookie", Config: "rule-check", Request: "GET /try\nCookie: session={plain role=user}; legacy={plain sub=user_two role=admin}",
		Want: Want{Upstream: secondPlain}},
	{Name: "rule check: a handshake does not make the user somebody else", Config: "rule-check-clerk", Tokens: back,
		Request: "GET /?__clerk_handshake={other}" + document + "\nCookie: __session={clerk o:={\"id\":\"org_clerk\",\"rol\":\"member\"}}; __client_uat=1",
		Want:    Want{Status: 403, Reason: "claims-mismatch", Response: "!set-cookie"}},
}
