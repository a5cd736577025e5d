package e2e

import "maps"

func init() { maps.Copy(configs, impersonationConfigs) }

// impersonationConfigs refuse those who act as somebody else, where something is
// lost for good.
var impersonationConfigs = map[string]Config{
	"impersonation": {JSON: `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwks": {jwks clerk}}], "filterState": true,
		"rules": [
			{"methods": ["DELETE"], "require": [{"claim": "act", "notValues": ["*"]}]},
			{"paths": ["/account/close"], "require": [{"claim": "act", "notValues": ["*"]}]},
			{"paths": ["/support"], "require": [{"claim": "act.sub", "values": ["user_support"]}]}
		]}`},
	"impersonation-plain": {JSON: `{"providers": [{` + minePlain + `}], "rules": [{"methods": ["DELETE"], "require": [{"claim": "act", "notValues": ["*"]}]}]}`},
	"impersonation-kinds": {JSON: `{"providers": [{` + clerkKinds + `}],
		"rules": [{"methods": ["DELETE"], "tokens": ["session", "oauth", "m2m"], "require": [{"claim": "act", "notValues": ["*"]}]},
			{"paths": ["/t/{tenant}"], "tokens": ["session", "oauth", "m2m"], "require": [{"claim": "org", "equals": "{tenant}"}]},
			{"paths": ["/plan"], "tokens": ["session", "oauth", "m2m"], "require": [{"claim": "plan", "values": ["gold"]}]},
			{"paths": ["/not-free"], "tokens": ["session", "oauth", "m2m"], "require": [{"claim": "plan", "notValues": ["free"]}]},
			{"paths": ["/strict"], "tokens": ["session", "oauth", "m2m"], "reverification": "strict"},
			{"tokens": ["session", "oauth", "m2m"]}]}`},
}

// actedBy is a request of somebody who acts as Clerk's user.
func actedBy(line, act string) string {
	return line + "\nAuthorization: Bearer {clerk -o -fea act:=" + act + "}"
}

const support = `{"iss":"https://clerk.example.com","sub":"user_support"}`

var mayNot = denied(403, "claims-mismatch")

// impersonationRows: nobody who is impersonated may delete. Of OAuth and M2M
// tokens no such claim counts, whatever their owners write into them.
var impersonationRows = []Row{
	{Name: "impersonation: the user themselves", Config: "impersonation", Request: "DELETE /things/1\nAuthorization: Bearer {clerk -o -fea}", Want: Want{Upstream: clerkMember}},
	{Name: "impersonation: reading", Config: "impersonation", Request: actedBy("GET /things/1", support), Want: Want{Upstream: clerkMember + "\nx-identity-actor: user_support"}},
	{Name: "impersonation: deleting", Config: "impersonation", Request: actedBy("DELETE /things/1", support), Want: Want{Status: 403, Reason: "claims-mismatch", Logged: clerkMember + "\nx-identity-actor: user_support"}},
	{Name: "impersonation: deleting, in lower case", Config: "impersonation", Request: actedBy("delete /things/1", support), Want: mayNot, NotOn: map[host]string{onEnvoy: "its codec refuses such a method itself"}},
	{Name: "impersonation: deleting by a header", Config: "impersonation", Request: actedBy("POST /things/1", support) + "\nX-HTTP-Method-Override: DELETE", Want: mayNot},
	{Name: "impersonation: deleting by a parameter", Config: "impersonation", Request: actedBy("POST /things/1?_method=delete", support), Want: mayNot},
	{Name: "impersonation: a path of its own", Config: "impersonation", Request: actedBy("POST /account/%63lose", support), Want: mayNot},
	{Name: "impersonation: an actor without a name", Config: "impersonation", Request: actedBy("DELETE /", `{"iss":"https://clerk.example.com"}`), Want: mayNot},
	{Name: "impersonation: an empty actor", Config: "impersonation", Request: actedBy("DELETE /", `{}`), Want: mayNot},
	{Name: "impersonation: an actor that is text", Config: "impersonation", Request: actedBy("DELETE /", `"user_support"`), Want: mayNot},
	{Name: "impersonation: an actor that is a number", Config: "impersonation", Request: actedBy("DELETE /", `0`), Want: mayNot},
	{Name: "impersonation: an actor with a number for a name", Config: "impersonation", Request: actedBy("DELETE /", `{"sub":18446744073709551616}`), Want: mayNot},
	{Name: "impersonation: a list of actors", Config: "impersonation", Request: actedBy("DELETE /", `[`+support+`]`), Want: mayNot},
	{Name: "impersonation: an actor of an actor", Config: "impersonation", Request: actedBy("DELETE /", `{"act":`+support+`}`), Want: mayNot},
	{Name: "impersonation: null", Config: "impersonation", Request: actedBy("DELETE /", `null`), Want: Want{Upstream: clerkMember}},
	{Name: "impersonation: a header of the client's", Config: "impersonation", Request: "DELETE /\nAuthorization: Bearer {clerk -o -fea}\nX-Identity-Actor: user_support\nx_identity_actor: x", Want: Want{Upstream: clerkMember}},
	{Name: "impersonation: a page for support only", Config: "impersonation", Request: actedBy("GET /support", support), Want: Want{Upstream: clerkMember + "\nx-identity-actor: user_support"}},
	{Name: "impersonation: a page for support only, the user themselves", Config: "impersonation", Request: "GET /support\nAuthorization: Bearer {clerk -o -fea}", Want: mayNot},
	{Name: "impersonation: without a preset", Config: "impersonation-plain", Request: `DELETE /
		Authorization: Bearer {plain act:={"sub":"admin"}}`, Want: mayNot},
	{Name: "impersonation: without a preset, the user themselves", Config: "impersonation-plain", Request: "DELETE /" + asPlain, Want: Want{Upstream: plainUser}},

	{Name: "impersonation: an OAuth token with an actor", Config: "impersonation-kinds", Request: "GET /" + bearerOf(oauthToken+" act:="+support), Want: Want{Upstream: kindOAuth}},
	{Name: "impersonation: of an OAuth token nobody knows", Config: "impersonation-kinds", Request: "DELETE /" + bearerOf(oauthToken), Want: mayNot},
	{Name: "impersonation: of an M2M token nobody knows", Config: "impersonation-kinds", Request: "DELETE /" + bearerOf(machineToken), Want: mayNot},
	{Name: "tenant: of an M2M token", Config: "impersonation-kinds", Request: "GET /t/acme" + bearerOf(machineToken+" org=acme"), Want: mayNot},
	{Name: "tenant: of an OAuth token", Config: "impersonation-kinds", Request: "GET /t/acme" + bearerOf(oauthToken+" org=acme"), Want: mayNot},
	{Name: "tenant: of a session beside them", Config: "impersonation-kinds", Request: "GET /t/acme" + bearerOf("clerk org=acme"), Want: Want{Upstream: kindSession}},
	{Name: "plan: of an M2M token", Config: "impersonation-kinds", Request: "GET /plan" + bearerOf(machineToken+" pla=o:gold fea=o:reports"), Want: mayNot},
	{Name: "plan: no header of an M2M token", Config: "impersonation-kinds", Request: "GET /" + bearerOf(machineToken+" pla=o:gold fea=o:reports act:="+support), Want: Want{Upstream: kindMachine}},
	{Name: "plan: no header of an OAuth token", Config: "impersonation-kinds", Request: "GET /" + bearerOf(oauthToken+" pla=o:gold fea=o:reports"), Want: Want{Upstream: kindOAuth}},
	{Name: "plan: not free, of an M2M token", Config: "impersonation-kinds", Request: "GET /not-free" + bearerOf(machineToken), Want: mayNot},
	{Name: "step-up: of an M2M token", Config: "impersonation-kinds", Request: "GET /strict" + bearerOf(machineToken+" fva:=[0,0]"), Want: mayNot},
	{Name: "step-up: of an OAuth token", Config: "impersonation-kinds", Request: "GET /strict" + bearerOf(oauthToken+" fva:=[0,0]"), Want: mayNot},
}
