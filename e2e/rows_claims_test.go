package e2e

import "maps"

func init() { maps.Copy(configs, claimConfigs) }

var claimConfigs = map[string]Config{
	"claims": {JSON: `{"providers": [{` + minePlain + `, "fromCookies": ["session"],
			"requiredClaims": [{"claim": "email_verified", "values": ["true"]}, {"claim": "groups", "notValues": ["guest*"]}],
			"userIdClaim": "employee.id", "sessionIdClaim": "session_state"}],
		"signInUrl": "https://accounts.example.com/sign-in",
		"rules": [{"paths": ["/optional"], "auth": "optional"}]}`},
	"audiences": {JSON: `{"providers": [{` + minePlain + `, "audiences": ["api", "web"], "fromCookies": ["session", "legacy"]}],
		"signInUrl": "https://accounts.example.com/sign-in",
		"rules": [{"paths": ["/web"], "audiences": ["web"]}, {"paths": ["/optional"], "auth": "optional", "audiences": ["web"]},
			{"paths": ["/try"], "audiences": ["web"], "onFailure": "log"}]}`},
	"unbound": {JSON: `{"providers": [{` + minePlain + `, "allowUnboundUse": true}]}`},
}

// employee is what the upstream gets of a user whose id is a claim of its own.
const employee = `
	x-identity-status: signed-in
	x-identity-provider: mine
	x-identity-user-id: 7`

// claimRows: claims that a provider requires or reads, audiences of a rule, and
// tokens that are bound to a key.
var claimRows = []Row{
	{Name: "claims: required, and a user id", Config: "claims", Request: `GET /
		Authorization: Bearer {plain email_verified:=true employee:={"id":7} groups:=["staff"]}`, Want: Want{Upstream: employee}},
	{Name: "claims: a session id", Config: "claims", Request: `GET /
		Cookie: session={plain email_verified:=true employee:={"id":"7"} session_state=s1}`, Want: Want{Upstream: employee + "\nx-identity-session-id: s1"}},
	{Name: "claims: no user id", Config: "claims", Request: `GET /
		Authorization: Bearer {plain email_verified:=true}`, Want: denied(401, "token-verification-failed")},
	{Name: "claims: a required one has another value", Config: "claims", Request: `GET /
		Authorization: Bearer {plain email_verified:=false employee:={"id":7}}`, Want: Want{Status: 401, Reason: "token-not-accepted",
		Response: `www-authenticate: Bearer realm="app.example.com", error="invalid_token", error_description="The token is valid, but its claims are not accepted here."`}},
	{Name: "claims: a required one is missing", Config: "claims", Request: `GET /
		Authorization: Bearer {plain employee:={"id":7}}`, Want: denied(401, "token-not-accepted")},
	{Name: "claims: one that must not be", Config: "claims", Request: `GET /
		Authorization: Bearer {plain email_verified:=true employee:={"id":7} groups:=["staff","guests"]}`, Want: denied(401, "token-not-accepted")},
	{Name: "claims: never to the sign-in page", Config: "claims", Request: `GET /
		Accept: text/html
		Cookie: session={plain employee:={"id":7}}`, Want: denied(401, "token-not-accepted")},
	{Name: "claims: optional", Config: "claims", Request: `GET /optional
		Cookie: session={plain employee:={"id":7}}; a=1`, Want: Want{Reason: "token-not-accepted", Upstream: "x-identity-status: signed-out\ncookie: a=1"}},

	{Name: "audiences: of the rule", Config: "audiences", Request: "GET /web\nAuthorization: Bearer {plain aud=web}", Want: Want{Upstream: plainUser}},
	{Name: "audiences: of the provider, not of the rule", Config: "audiences", Request: "GET /web\nAuthorization: Bearer {plain aud=api}",
		Want: Want{Status: 401, Reason: "token-audience-mismatch", Response: `www-authenticate ~ error="invalid_token"`, Logged: "x-identity-status: signed-out"}},
	{Name: "audiences: elsewhere", Config: "audiences", Request: "GET /\nAuthorization: Bearer {plain aud=api}", Want: Want{Upstream: plainUser}},
	{Name: "audiences: a token seen before elsewhere", Config: "audiences", Before: []string{"GET /\nAuthorization: Bearer {plain aud=api}"},
		Request: "GET /web\nAuthorization: Bearer {plain aud=api}", Want: denied(401, "token-audience-mismatch")},
	{Name: "audiences: not of the provider", Config: "audiences", Request: "GET /web\nAuthorization: Bearer {plain aud=other}", Want: denied(401, "token-verification-failed")},
	{Name: "audiences: missing", Config: "audiences", Request: "GET /web" + asPlain, Want: denied(401, "token-verification-failed")},
	{Name: "audiences: an expired token has expired", Config: "audiences", Request: "GET /web\nAuthorization: Bearer {plain aud=api exp=-60s}", Want: denied(401, "token-expired")},
	{Name: "audiences: never to the sign-in page", Config: "audiences", Request: "GET /web\nAccept: text/html\nCookie: session={plain aud=api}", Want: denied(401, "token-audience-mismatch")},
	{Name: "audiences: the next cookie", Config: "audiences", Request: "GET /web\nCookie: session={plain aud=api}; legacy={plain aud=web}", Want: Want{Upstream: plainUser}},
	{Name: "audiences: optional", Config: "audiences", Request: "GET /optional\nAuthorization: Bearer {plain aud=api}",
		Want: Want{Reason: "token-audience-mismatch", Upstream: "x-identity-status: signed-out\n!authorization"}},
	{Name: "audiences: tried out", Config: "audiences", Request: "GET /try\nAuthorization: Bearer {plain aud=api}",
		Want: Want{Reason: "token-audience-mismatch", Upstream: "x-identity-status: signed-out\nauthorization ~ Bearer ey"}},

	{Name: "cnf: a token that is bound to a key", Config: "inline", Request: `GET /
		Authorization: Bearer {plain cnf:={"jkt":"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}}`,
		Want: Want{Status: 401, Reason: "token-bound", Response: `www-authenticate ~ error="invalid_token"`}},
	{Name: "cnf: in a cookie", Config: "inline", Request: `GET /
		Cookie: session={plain cnf:={"x5t#S256":"x"}}`, Want: denied(401, "token-bound")},
	{Name: "cnf: clerk", Config: "clerk", Request: `GET /
		Authorization: Bearer {clerk cnf:={"jkt":"x"}}`, Want: denied(401, "token-bound")},
	{Name: "cnf: where it is allowed", Config: "unbound", Request: `GET /
		Authorization: Bearer {plain cnf:={"jkt":"x"}}`, Want: Want{Upstream: plainUser}},
	{Name: "cnf: scheme DPoP is no token", Config: "inline", Request: "GET /\nAuthorization: DPoP {plain}", Want: denied(401, "token-missing")},
	{Name: "cnf: scheme DPoP is taken away", Config: "taken", Request: "GET /\nAuthorization: dpop {plain}\nX-Token: {plain}",
		Want: Want{Upstream: plainUser + "\n!authorization\n!x-token"}},
	{Name: "cnf: scheme DPoP is taken away where nobody is signed in", Config: "taken", Request: "GET /\nAuthorization: DPoP {plain}",
		Want: Want{Reason: "token-missing", Upstream: "x-identity-status: signed-out\n!authorization"}},
	{Name: "cnf: scheme DPoP stays where a rule skips", Config: "rules", Request: "GET /open\nAuthorization: DPoP abc", Want: Want{Upstream: "authorization: DPoP abc"}},
}
