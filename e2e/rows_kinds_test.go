package e2e

import "maps"

func init() { maps.Copy(configs, kindConfigs) }

// clerkKinds is an instance that accepts all kinds of tokens.
const clerkKinds = `"preset": "clerk", "publishableKey": "{pk clerk}", "jwks": {jwks clerk}, "authorizedParties": ["https://app.example.com"],
	"tokens": ["session", "oauth", "m2m"], "machines": ["mch_billing"], "clients": ["client_app"]`

var kindConfigs = map[string]Config{
	"kinds": {JSON: `{"providers": [{` + clerkKinds + `, "fromParams": ["token"], "tokenToHeader": "x-session-token",
			"outputClaimToHeaders": [{"header": "x-role", "claim": "org_role"}, {"header": "x-email", "claim": "email"}]}],
		"signInUrl": "https://accounts.example.com/sign-in",
		"rules": [
			{"paths": ["/any"], "tokens": ["session", "oauth", "m2m"]},
			{"paths": ["/optional"], "auth": "optional", "tokens": ["session", "m2m"]},
			{"paths": ["/try"], "tokens": ["m2m"], "onFailure": "log"},
			{"paths": ["/audience"], "tokens": ["oauth", "m2m"], "audiences": ["https://api.example.com"]},
			{"paths": ["/role"], "tokens": ["session", "oauth", "m2m"], "require": [{"claim": "org_role", "values": ["org:admin"]}]},
			{"paths": ["/guest"], "tokens": ["session", "oauth", "m2m"], "require": [{"claim": "org_role", "notValues": ["org:guest"]}]},
			{"paths": ["/verified"], "tokens": ["session", "oauth", "m2m"], "reverification": "lax"},
			{"paths": ["/plan"], "tokens": ["session", "oauth", "m2m"], "require": [{"claim": "plan", "values": ["gold"]}]},
			{"paths": ["/scope"], "tokens": ["oauth"], "require": [{"claim": "scope", "values": ["write"]}]}
		]}`},
	"kinds-sessions": {JSON: `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwks": {jwks clerk}, "tokens": ["session"]}]}`},
	"kinds-down": {JSON: `{"providers": [{"name": "down", "issuer": "{issuer down}", "jwksCluster": "idp",
		"jwksUri": "https://down.example.com/.well-known/jwks.json", "jwksTimeout": "500ms", "allowUnboundUse": false,
		"kinds": [{"kind": "m2m", "claim": "gty", "values": ["client-credentials"]}, {"kind": "session", "claim": "sub", "values": ["*"]}]}]}`},
	"kinds-claims": {JSON: `{"providers": [{` + minePlain + `, "fromCookies": ["session"], "tokens": ["session", "m2m"],
			"kinds": [{"kind": "m2m", "claim": "gty", "values": ["client-credentials"]}, {"kind": "oauth", "claim": "scope", "values": ["*"]},
				{"kind": "session", "claim": "token_use", "notValues": ["refresh"]}]}],
		"rules": [{"paths": ["/machine"], "tokens": ["m2m"]}]}`},
}

// Tokens of the instance that are no session's, without braces.
const (
	oauthToken   = `clerk header.typ=at+jwt -header.cat -sid -azp -v -o -fea -fva -sts client_id=client_app aud=https://api.example.com scp:=["read","write"]`
	machineToken = `clerk header.cat=cl_B7d4PD333AAA sub=mch_billing -sid -azp -v -o -fea -fva -sts scopes:="mch_api\u0020mch_db"`
)

func bearerOf(token string) string { return "\nAuthorization: Bearer {" + token + "}" }

// What the upstream gets of them.
const (
	kindSession = clerkUser + `
		x-identity-kind: session`
	kindOAuth = `
		x-identity-status: signed-in
		x-identity-provider: clerk
		x-identity-kind: oauth
		x-identity-user-id: user_clerk
		x-identity-client-id: client_app
		x-identity-scopes: read,write`
	kindMachine = `
		x-identity-status: signed-in
		x-identity-provider: clerk
		x-identity-kind: m2m
		x-identity-machine-id: mch_billing
		x-identity-scopes: mch_api,mch_db`
)

// kindRows: kinds of tokens, and confusion between them.
var kindRows = []Row{
	{Name: "kinds: a session", Config: "kinds", Request: "GET /any" + bearerOf("clerk"), Want: Want{Upstream: kindSession + "\nx-role: org:admin\nx-session-token ~ Bearer ey"}},
	{Name: "kinds: an OAuth token", Config: "kinds", Request: "GET /any" + bearerOf(oauthToken+" email=ada@example.com") + "\nX-Email: mallory@example.com\nX-Role: admin",
		Want: Want{Upstream: kindOAuth + "\n!x-email\n!x-role\n!x-session-token\nauthorization ~ Bearer ey"}},
	{Name: "kinds: an M2M token", Config: "kinds", Request: "GET /any" + bearerOf(machineToken), Want: Want{Upstream: kindMachine + "\n!x-session-token"}},
	{Name: "kinds: a machine brings a token of its own for the header of sessions", Config: "kinds", Request: "GET /any" + bearerOf(machineToken) + "\nX-Session-Token: Bearer {clerk}",
		Want: Want{Upstream: kindMachine + "\n!x-session-token"}},
	{Name: "kinds: a client cannot set the headers", Config: "kinds", Request: "GET /any" + bearerOf("clerk") + "\nX-Identity-Kind: m2m\nX_Identity_Machine_Id: mch_billing\nX-Identity-Client-Id: c\nx.identity.scopes: admin",
		Want: Want{Upstream: kindSession}},
	{Name: "kinds: nobody says m2m of a session by configuration alone", Config: "kinds-sessions", Request: "GET /" + bearerOf("clerk"), Want: Want{Upstream: kindSession}},

	{Name: "confusion: a session where machines enter", Config: "kinds", Request: "GET /audience" + bearerOf("clerk"), Want: Want{Status: 401, Reason: "token-type-mismatch",
		Response: `www-authenticate ~ error="invalid_token"`, Logged: "x-identity-status: signed-out"}},
	{Name: "confusion: a session's cookie where machines enter", Config: "kinds", Request: "GET /audience\nCookie: __session={clerk}; __client_uat=1", Want: denied(401, "token-type-mismatch")},
	{Name: "confusion: a session as OAuth", Config: "kinds", Request: "GET /scope" + bearerOf("clerk scp:=[\"write\"] client_id=client_app"), Want: denied(401, "token-type-mismatch")},
	{Name: "confusion: OAuth as a session, bearer", Config: "kinds", Request: "GET /" + bearerOf(oauthToken), Want: denied(401, "token-type-mismatch")},
	{Name: "confusion: OAuth as a session, cookie", Config: "kinds", Request: "GET /any\nCookie: __session={" + oauthToken + "}; __client_uat=1", Want: denied(401, "token-type-mismatch")},
	{Name: "confusion: OAuth in a cookie, seen before in a header", Config: "kinds", Before: []string{"GET /any" + bearerOf(oauthToken)},
		Request: "GET /any\nCookie: __session={" + oauthToken + "}; __client_uat=1", Want: denied(401, "token-type-mismatch")},
	{Name: "confusion: OAuth in a parameter, seen before in a header", Config: "kinds", Before: []string{"GET /any" + bearerOf(oauthToken)},
		Request: "GET /any?token={" + oauthToken + "}", Want: denied(401, "token-type-mismatch")},
	{Name: "confusion: OAuth where only sessions are configured", Config: "clerk", Request: "GET /" + bearerOf(oauthToken), Want: denied(401, "token-type-mismatch")},
	{Name: "confusion: M2M in a cookie", Config: "kinds", Request: "GET /any\nCookie: __session={" + machineToken + "}; __client_uat=1", Want: denied(401, "token-type-mismatch")},
	{Name: "confusion: mch_ with at+jwt", Config: "kinds", Request: "GET /any" + bearerOf(machineToken+" header.typ=at+jwt -header.cat client_id=client_app"), Want: denied(401, "token-type-mismatch")},
	{Name: "confusion: mch_ with a session's category", Config: "kinds", Request: "GET /any" + bearerOf(machineToken+" header.cat=cl_B7d4PD111AAA"), Want: denied(401, "token-type-mismatch")},
	{Name: "confusion: a machine's category on a user", Config: "kinds", Request: "GET /any" + bearerOf("clerk header.cat=cl_B7d4PD333AAA"), Want: denied(401, "token-type-mismatch")},
	{Name: "confusion: an ID token of the instance", Config: "kinds", Request: "GET /any" + bearerOf("clerk -header.cat -sid -azp -v -o -fea -fva -sts aud=client_app nonce=n"), Want: denied(401, "token-invalid-authorized-parties")},
	{Name: "confusion: an M2M token that claims a role", Config: "kinds", Request: "GET /role" + bearerOf(machineToken+" org_role=org:admin"), Want: denied(403, "claims-mismatch")},
	{Name: "confusion: an M2M token that claims an organisation of version 2", Config: "kinds", Request: "GET /role" + bearerOf(machineToken+` v:=2 o:={"id":"org_clerk","rol":"admin"}`), Want: denied(403, "claims-mismatch")},
	{Name: "confusion: an OAuth token that claims a role", Config: "kinds", Request: "GET /role" + bearerOf(oauthToken+" org_role=org:admin"), Want: denied(403, "claims-mismatch")},
	{Name: "confusion: a session with that role", Config: "kinds", Request: "GET /role" + bearerOf("clerk"), Want: Want{Upstream: kindSession}},
	{Name: "confusion: what a machine does not claim proves nothing", Config: "kinds", Request: "GET /guest" + bearerOf(machineToken), Want: denied(403, "claims-mismatch")},
	{Name: "confusion: an M2M token that claims a verification", Config: "kinds", Request: "GET /verified" + bearerOf(machineToken+" fva:=[0,0]"), Want: denied(403, "claims-mismatch")},
	{Name: "confusion: an OAuth token that claims a verification", Config: "kinds", Request: "GET /verified" + bearerOf(oauthToken+" fva:=[0,0]"), Want: denied(403, "claims-mismatch")},
	{Name: "confusion: an M2M token that claims a plan", Config: "kinds", Request: "GET /plan" + bearerOf(machineToken+" pla=o:gold,u:gold fea=o:reports,u:reports plan=gold"), Want: denied(403, "claims-mismatch")},
	{Name: "confusion: an M2M token that claims to be an impersonated session", Config: "kinds", Request: "GET /any" + bearerOf(machineToken+` act:={"sub":"user_support"} sid=sess_1 org_id=org_1 org_slug=x org_permissions:=["a"]`),
		Want: Want{Upstream: kindMachine}},
	{Name: "confusion: the audience that an M2M token claims is not looked at", Config: "kinds", Request: "GET /audience" + bearerOf(machineToken+" aud=https://other.example.com"), Want: Want{Upstream: kindMachine}},
	{Name: "confusion: ... and that of an OAuth token is", Config: "kinds", Request: "GET /audience" + bearerOf(oauthToken+" aud=https://other.example.com"), Want: denied(401, "token-audience-mismatch")},
	{Name: "confusion: an M2M token that is pending", Config: "kinds", Request: "GET /any" + bearerOf(machineToken+" sts=pending"), Want: Want{Upstream: kindMachine}},
	{Name: "confusion: another machine", Config: "kinds", Request: "GET /any" + bearerOf(machineToken+" sub=mch_other"), Want: denied(401, "token-not-accepted")},
	{Name: "confusion: another application", Config: "kinds", Request: "GET /any" + bearerOf(oauthToken+" client_id=client_other"), Want: denied(401, "token-not-accepted")},
	{Name: "confusion: a machine of another instance", Config: "kinds", Request: "GET /any" + bearerOf("clerk2 header.cat=cl_B7d4PD333AAA sub=mch_billing -azp header.kid=clerk"), Want: denied(401, "token-invalid-signature")},
	{Name: "confusion: a forged machine", Config: "kinds", Request: "GET /any" + bearerOf(machineToken+" tamper=payload"), Want: denied(401, "token-type-mismatch")},
	{Name: "confusion: a tampered machine", Config: "kinds", Request: "GET /any" + bearerOf(machineToken+" tamper=signature"), Want: denied(401, "token-invalid-signature")},
	{Name: "confusion: an expired OAuth token starts no handshake", Config: "kinds", Request: "GET /any" + document + bearerOf(oauthToken+" exp=-60s iat=-120s -nbf"),
		Want: Want{Status: 307, Reason: "token-expired", Response: "location ~ https://accounts.example.com/sign-in?"}},

	{Name: "kinds: a scope that the rule requires", Config: "kinds", Request: "GET /scope" + bearerOf(oauthToken), Want: Want{Upstream: kindOAuth}},
	{Name: "kinds: a scope that is missing", Config: "kinds", Request: "GET /scope" + bearerOf(oauthToken+` scp:=["read"]`), Want: Want{Status: 403, Reason: "claims-mismatch",
		Response: `www-authenticate ~ error="insufficient_scope"`}},
	{Name: "kinds: optional, a machine", Config: "kinds", Request: "GET /optional" + bearerOf(machineToken), Want: Want{Upstream: kindMachine}},
	{Name: "kinds: optional, another kind", Config: "kinds", Request: "GET /optional" + bearerOf(oauthToken), Want: Want{Reason: "token-type-mismatch", Upstream: "x-identity-status: signed-out\n!authorization"}},
	{Name: "kinds: tried out", Config: "kinds", Request: "GET /try" + bearerOf(oauthToken), Want: Want{Reason: "token-type-mismatch", Upstream: "x-identity-status: signed-out\nauthorization ~ Bearer ey"}},
	{Name: "kinds: never to the sign-in page", Config: "kinds", Request: "GET /" + document + bearerOf(machineToken), Want: denied(401, "token-type-mismatch")},

	{Name: "opaque: an API key", Config: "clerk", Request: "GET /\nAuthorization: Bearer ak_0123456789", Want: Want{Status: 401, Reason: "token-opaque",
		Response: `www-authenticate ~ error="invalid_token"`}},
	{Name: "opaque: beside a session's cookie", Config: "kinds", Request: "GET /\nAuthorization: Bearer mt_0123456789\nCookie: __session={clerk}; __client_uat=1", Want: denied(401, "token-opaque")},
	{Name: "opaque: never to the sign-in page", Config: "kinds", Request: "GET /" + document + "\nAuthorization: Bearer oat_0123456789", Want: denied(401, "token-opaque")},

	{Name: "kinds by claims: no key is waited for where the kind is not accepted", Config: "kinds-down", Request: "GET /" + bearerOf("down gty=client-credentials"), Want: denied(401, "token-type-mismatch")},
	{Name: "kinds by claims: ... and none where the token is bound to one", Config: "kinds-down", Request: "GET /" + bearerOf(`down cnf:={"jkt":"x"}`), Want: denied(401, "token-bound")},
	{Name: "kinds by claims: a key is waited for where it is", Config: "kinds-down", Request: "GET /" + bearerOf("down"), Want: denied(503, "keys-unavailable")},
	{Name: "kinds by claims: a session", Config: "kinds-claims", Request: "GET /" + bearerOf("plain"), Want: Want{Upstream: plainUser + "\nx-identity-kind: session"}},
	{Name: "kinds by claims: a session's cookie", Config: "kinds-claims", Request: "GET /\nCookie: session={plain}", Want: Want{Upstream: plainUser + "\nx-identity-kind: session"}},
	{Name: "kinds by claims: a machine", Config: "kinds-claims", Request: "GET /machine" + bearerOf("plain gty=client-credentials sub=svc scope=read client_id=svc"), Want: Want{Upstream: `
		x-identity-status: signed-in
		x-identity-provider: mine
		x-identity-kind: m2m
		x-identity-client-id: svc
		x-identity-machine-id: svc
		x-identity-scopes: read`}},
	{Name: "kinds by claims: a machine as a session", Config: "kinds-claims", Request: "GET /" + bearerOf("plain gty=client-credentials"), Want: denied(401, "token-type-mismatch")},
	{Name: "kinds by claims: a session as a machine", Config: "kinds-claims", Request: "GET /machine" + bearerOf("plain"), Want: denied(401, "token-type-mismatch")},
	{Name: "kinds by claims: a machine in a cookie", Config: "kinds-claims", Request: "GET /machine\nCookie: session={plain gty=client-credentials}", Want: denied(401, "token-type-mismatch")},
	{Name: "kinds by claims: one that is not accepted", Config: "kinds-claims", Request: "GET /" + bearerOf("plain scope=read"), Want: denied(401, "token-type-mismatch")},
	{Name: "kinds by claims: none, before the signature", Config: "kinds-claims", Request: "GET /" + bearerOf("plain token_use=refresh tamper=signature"), Want: denied(401, "token-type-mismatch")},
}
