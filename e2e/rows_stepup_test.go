package e2e

import "maps"

func init() { maps.Copy(configs, stepUpConfigs) }

// stepUpConfigs have rules that ask how lately a user has signed in.
var stepUpConfigs = map[string]Config{
	"reverification": {JSON: `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwks": {jwks clerk}}],
		"corsOrigins": ["https://app.example.com"],
		"rules": [
			{"paths": ["/strict"], "reverification": "strict"},
			{"paths": ["/mfa"], "reverification": "strict_mfa"},
			{"paths": ["/own"], "reverification": {"level": "first_factor", "afterMinutes": 3}},
			{"paths": ["/admin"], "require": [{"claim": "org_role", "values": ["org:owner"]}], "reverification": "strict"},
			{"paths": ["/log"], "reverification": "strict", "onFailure": "log"}
		]}`},
	"reverification-page": {JSON: `{"providers": [{"preset": "clerk", "publishableKey": "{pk clerk}", "jwks": {jwks clerk}, "stepUpUrl": "https://accounts.example.com/verify?app=1"}],
		"problemDetails": false, "stepUpUrl": "/nowhere",
		"rules": [
			{"paths": ["/strict"], "reverification": "strict"},
			{"paths": ["/own"], "reverification": "lax", "stepUpUrl": "/verify"},
			{"paths": ["/deny"], "reverification": "strict", "onFailure": "deny"},
			{"paths": ["/all"], "reverification": "strict", "onFailure": "redirect", "signInUrl": "https://accounts.example.com/sign-in"}
		]}`},
	"reverification-aux": {JSON: `{"providers": [{"preset": "oneauxilia", "issuer": "{issuer oneauxilia}", "jwks": {jwks oneauxilia}}],
		"rules": [{"reverification": "moderate"}]}`},
	"auth-time": {JSON: `{"providers": [{` + minePlain + `, "fromCookies": ["session"]}], "stepUpUrl": "https://issuer.example.com/login",
		"rules": [
			{"paths": ["/pay"], "require": [{"claim": "role", "values": ["user"]}, {"claim": "auth_time", "maxAge": "10m"}]},
			{"paths": ["/own"], "require": [{"claim": ["https://x.example/signed-in"], "maxAge": "90s"}, {"claim": "auth_time", "maxAge": "1h"}]},
			{"paths": ["/log"], "require": [{"claim": "auth_time", "maxAge": "10m"}], "onFailure": "log"}
		]}`},
}

// factors is a request of Clerk's user without an organisation whose factors
// were confirmed so many minutes ago.
func factors(line, fva string) string {
	return "GET " + line + "\nAuthorization: Bearer {clerk -o -fea fva:=" + fva + "}"
}

// signedInAt is a request of a user whose token has these claims.
func signedInAt(line, claims string) string {
	return "GET " + line + "\nAuthorization: Bearer {plain role=user " + claims + "}"
}

const reverifyStrict = `{"clerk_error":{"type":"forbidden","reason":"reverification-error","metadata":{"reverification":"strict"}}}`

var (
	stepUpStrict = Want{Status: 403, Reason: "step-up-required", Body: reverifyStrict, Logged: clerkMember, Response: `
		content-type: application/json
		cache-control: no-store
		x-clerk-auth-reason: step-up-required
		www-authenticate: Bearer realm="app.example.com", error="insufficient_user_authentication", error_description="The user signed in too long ago, or with too few factors, for this; confirm it again.", max_age="600"`}
	stepUp401 = Want{Status: 401, Reason: "step-up-required", Logged: plainUser, Response: `
		www-authenticate: Bearer realm="app.example.com", error="insufficient_user_authentication", error_description="The user signed in too long ago, or with too few factors, for this; confirm it again.", max_age="600"`}
	verified   = Want{Upstream: clerkMember}
	notSaid    = denied(403, "claims-mismatch")
	stepUpSent = Want{Status: 307, Reason: "step-up-required"}
)

// toVerify is a redirect to a page to sign in again.
func toVerify(location string) Want {
	w := stepUpSent
	w.Response = "location: " + location + "\nset-cookie: __sessiongate_redirects=1; Path=/; SameSite=Lax; HttpOnly; Max-Age=10\ncache-control: no-store"
	return w
}

// stepUpRows: what has() of Clerk's SDK says of more ages is compared in package
// sdk.
var stepUpRows = []Row{
	{Name: "step-up: just confirmed", Config: "reverification", Request: factors("/strict", "[0,-1]"), Want: verified},
	{Name: "step-up: nine minutes ago", Config: "reverification", Request: factors("/strict", "[9,-1]"), Want: verified},
	{Name: "step-up: ten minutes ago", Config: "reverification", Request: factors("/strict", "[10,-1]"), Want: stepUpStrict},
	{Name: "step-up: the second factor counts", Config: "reverification", Request: factors("/strict", "[0,10]"), Want: stepUpStrict},
	{Name: "step-up: the second factor alone", Config: "reverification", Request: factors("/strict", "[99,0]"), Want: verified},
	{Name: "step-up: never", Config: "reverification", Request: factors("/strict", "[-1,-1]"), Want: stepUpStrict},
	{Name: "step-up: both factors", Config: "reverification", Request: factors("/mfa", "[0,0]"), Want: verified},
	{Name: "step-up: both factors, and one is old", Config: "reverification", Request: factors("/mfa", "[10,0]"),
		Want: Want{Status: 403, Reason: "step-up-required", Body: `{"clerk_error":{"type":"forbidden","reason":"reverification-error","metadata":{"reverification":"strict_mfa"}}}`}},
	{Name: "step-up: a level and minutes of one's own", Config: "reverification", Request: factors("/own", "[2,999]"), Want: verified},
	{Name: "step-up: a level and minutes of one's own, too old", Config: "reverification", Request: factors("/own", "[3,0]"), Want: Want{Status: 403, Reason: "step-up-required",
		Body:     `{"clerk_error":{"type":"forbidden","reason":"reverification-error","metadata":{"reverification":{"level":"first_factor","afterMinutes":3}}}}`,
		Response: `www-authenticate ~ max_age="180"`}},
	{Name: "step-up: the role comes first", Config: "reverification", Request: factors("/admin", "[99,-1]"), Want: notSaid},
	{Name: "step-up: no fva", Config: "reverification", Request: "GET /strict\nAuthorization: Bearer {clerk -fva}", Want: notSaid},
	{Name: "step-up: null", Config: "reverification", Request: factors("/strict", "null"), Want: notSaid},
	{Name: "step-up: text", Config: "reverification", Request: factors("/strict", `["0","0"]`), Want: notSaid},
	{Name: "step-up: one number", Config: "reverification", Request: factors("/strict", "[0]"), Want: notSaid},
	{Name: "step-up: three numbers", Config: "reverification", Request: factors("/strict", "[0,0,0]"), Want: notSaid},
	{Name: "step-up: negative", Config: "reverification", Request: factors("/strict", "[-2,0]"), Want: notSaid},
	{Name: "step-up: a negative fraction", Config: "reverification", Request: factors("/strict", "[-0.5,0]"), Want: notSaid},
	{Name: "step-up: a fraction", Config: "reverification", Request: factors("/strict", "[9.99,-1]"), Want: verified},
	{Name: "step-up: huge", Config: "reverification", Request: factors("/strict", "[1e308,-1]"), Want: stepUpStrict},
	{Name: "step-up: beyond all numbers", Config: "reverification", Request: factors("/strict", "[0,1e999]"), Want: notSaid},
	{Name: "step-up: nobody", Config: "reverification", Request: "GET /strict", Want: denied(401, "session-token-and-uat-missing")},
	{Name: "step-up: in a cookie", Config: "reverification", Request: "GET /strict\nCookie: __session={clerk -o -fea fva:=[99,-1]}; __client_uat={now-60s}", Want: stepUpStrict},
	{Name: "step-up: HEAD has no body", Config: "reverification", Request: "HEAD /strict\nAuthorization: Bearer {clerk -o -fea fva:=[99,-1]}",
		Want: Want{Status: 403, Reason: "step-up-required", Response: `www-authenticate ~ max_age="600"`}},
	{Name: "step-up: gRPC", Config: "reverification", Request: "POST /strict\nContent-Type: application/grpc\nAuthorization: Bearer {clerk fva:=[99,-1]}", HTTP2: true,
		Want: Want{Status: 200, GRPC: 7, Reason: "step-up-required"}},
	{Name: "step-up: a page of another origin reads it", Config: "reverification", Request: factors("/strict", "[99,-1]") + "\nOrigin: https://app.example.com",
		Want: Want{Status: 403, Reason: "step-up-required", Body: reverifyStrict, Response: "access-control-allow-origin: https://app.example.com\naccess-control-expose-headers ~ www-authenticate"}},
	{Name: "step-up: tried out", Config: "reverification", Request: factors("/log", "[99,-1]"), Want: Want{Reason: "step-up-required", Upstream: clerkMember}},
	{Name: "step-up: a path of two readings", Config: "reverification", Request: factors("/x/..%2fstrict", "[99,-1]"), Want: stepUpStrict},
	{Name: "step-up: a document without a page", Config: "reverification", Request: factors("/strict", "[99,-1]") + html, Want: stepUpStrict},
	{Name: "step-up: OneAuxilia", Config: "reverification-aux", Request: "GET /\nAuthorization: Bearer {oneauxilia fva:=[59,-1]}", Want: Want{Upstream: oneauxiliaUser}},
	{Name: "step-up: OneAuxilia, too long ago", Config: "reverification-aux", Request: "GET /\nAuthorization: Bearer {oneauxilia fva:=[60,-1]}", Want: Want{Status: 403, Reason: "step-up-required",
		Body: `{"clerk_error":{"type":"forbidden","reason":"reverification-error","metadata":{"reverification":"moderate"}}}`, Response: `www-authenticate ~ max_age="3600"`}},

	{Name: "step-up page: the provider's", Config: "reverification-page", Request: factors("/strict?a=b", "[99,-1]") + html,
		Want: toVerify("https://accounts.example.com/verify?app=1&redirect_url=http%3A%2F%2Fapp.example.com%2Fstrict%3Fa%3Db&reason=step-up&max_age=600")},
	{Name: "step-up page: the rule's, a path", Config: "reverification-page", Request: factors("/own", "[1440,-1]") + html,
		Want: toVerify("/verify?redirect_url=http%3A%2F%2Fapp.example.com%2Fown&reason=step-up&max_age=86400")},
	{Name: "step-up page: a fetch gets the body, also without problem details", Config: "reverification-page", Request: factors("/strict", "[99,-1]"),
		Want: Want{Status: 403, Reason: "step-up-required", Body: reverifyStrict}},
	{Name: "step-up page: always refused", Config: "reverification-page", Request: factors("/deny", "[99,-1]") + html,
		Want: Want{Status: 403, Reason: "step-up-required", Body: reverifyStrict}},
	{Name: "step-up page: GET of anything", Config: "reverification-page", Request: factors("/all", "[99,-1]"),
		Want: toVerify("https://accounts.example.com/verify?app=1&redirect_url=http%3A%2F%2Fapp.example.com%2Fall&reason=step-up&max_age=600")},
	{Name: "step-up page: not for a POST", Config: "reverification-page", Request: "POST /all\nAuthorization: Bearer {clerk fva:=[99,-1]}",
		Want: Want{Status: 403, Reason: "step-up-required", Body: reverifyStrict}},
	{Name: "step-up page: not for an upgrade", Config: "reverification-page", Request: factors("/strict", "[99,-1]") + html + "\nUpgrade: websocket\nConnection: Upgrade",
		Want: Want{Status: 403, Reason: "step-up-required", Body: reverifyStrict}},
	{Name: "step-up page: not for those who may not", Config: "reverification-page", Request: "GET /strict\nAuthorization: Bearer {clerk -fva}" + html, Want: Want{Status: 403}},
	{Name: "step-up page: the guard counts", Config: "reverification-page", Request: factors("/strict", "[99,-1]") + html + redirects + "2",
		Want: Want{Status: 307, Reason: "step-up-required", Response: "set-cookie: __sessiongate_redirects=3; Path=/; SameSite=Lax; HttpOnly; Max-Age=10"}},
	{Name: "step-up page: the guard stops at three", Config: "reverification-page", Request: factors("/strict", "[99,-1]") + html + redirects + "3",
		Want: Want{Status: 403, Reason: "step-up-required", Body: reverifyStrict, Response: "!set-cookie"}},
	{Name: "step-up page: the guard does not arrive", Config: "reverification-page", Request: factors("/strict", "[0,-1]") + redirects + "1", Want: Want{Upstream: clerkMember + "\n!cookie"}},

	{Name: "auth_time: just now", Config: "auth-time", Request: signedInAt("/pay", "auth_time=0s"), Want: Want{Upstream: plainUser}},
	{Name: "auth_time: nearly too long ago", Config: "auth-time", Request: signedInAt("/pay", "auth_time=-590s"), Want: Want{Upstream: plainUser}},
	{Name: "auth_time: within the skew", Config: "auth-time", Request: signedInAt("/pay", "auth_time=-605s"), Want: Want{Upstream: plainUser},
		NotOn: map[host]string{onWazero: setClock, onEnvoy: setClock}},
	{Name: "auth_time: too long ago", Config: "auth-time", Request: signedInAt("/pay", "auth_time=-606s"), Want: stepUp401},
	{Name: "auth_time: a fraction", Config: "auth-time", Request: signedInAt("/pay", "auth_time:={now-60s}.5"), Want: Want{Upstream: plainUser}},
	{Name: "auth_time: a fraction, too long ago", Config: "auth-time", Request: signedInAt("/pay", "auth_time:={now-700s}.5"), Want: stepUp401},
	{Name: "auth_time: with an exponent", Config: "auth-time", Request: signedInAt("/pay", "auth_time:={now-60s}e0"), Want: Want{Upstream: plainUser}},
	{Name: "auth_time: the epoch", Config: "auth-time", Request: signedInAt("/pay", "auth_time:=0"), Want: stepUp401},
	{Name: "auth_time: missing", Config: "auth-time", Request: signedInAt("/pay", ""), Want: notSaid},
	{Name: "auth_time: null", Config: "auth-time", Request: signedInAt("/pay", "auth_time:=null"), Want: notSaid},
	{Name: "auth_time: text", Config: "auth-time", Request: signedInAt("/pay", `auth_time:="{now}"`), Want: notSaid},
	{Name: "auth_time: a list", Config: "auth-time", Request: signedInAt("/pay", "auth_time:=[{now}]"), Want: notSaid},
	{Name: "auth_time: true", Config: "auth-time", Request: signedInAt("/pay", "auth_time:=true"), Want: notSaid},
	{Name: "auth_time: negative", Config: "auth-time", Request: signedInAt("/pay", "auth_time:=-1"), Want: notSaid},
	{Name: "auth_time: in milliseconds", Config: "auth-time", Request: signedInAt("/pay", "auth_time:={now}000"), Want: notSaid},
	{Name: "auth_time: huge", Config: "auth-time", Request: signedInAt("/pay", "auth_time:=1e300"), Want: notSaid},
	{Name: "auth_time: beyond all numbers", Config: "auth-time", Request: signedInAt("/pay", "auth_time:=1e999"), Want: notSaid},
	{Name: "auth_time: in the future", Config: "auth-time", Request: signedInAt("/pay", "auth_time=60s"), Want: notSaid},
	{Name: "auth_time: the role comes first", Config: "auth-time", Request: "GET /pay\nAuthorization: Bearer {plain role=guest auth_time=-700s}", Want: notSaid},
	{Name: "auth_time: two dates", Config: "auth-time", Request: signedInAt("/own", "https://x.example/signed-in:={now-60s} auth_time=-120s"), Want: Want{Upstream: plainUser}},
	{Name: "auth_time: two dates, the shorter one is over", Config: "auth-time", Request: signedInAt("/own", "https://x.example/signed-in:={now-120s} auth_time=-120s"),
		Want: Want{Status: 401, Reason: "step-up-required", Response: `www-authenticate ~ max_age="90"`}},
	{Name: "auth_time: two dates, one is missing", Config: "auth-time", Request: signedInAt("/own", "https://x.example/signed-in:={now-120s}"), Want: notSaid},
	{Name: "auth_time: tried out", Config: "auth-time", Request: signedInAt("/log", "auth_time=-700s"), Want: Want{Reason: "step-up-required", Upstream: plainUser}},
	{Name: "auth_time: a document", Config: "auth-time", Request: signedInAt("/pay", "auth_time=-700s") + html,
		Want: toVerify("https://issuer.example.com/login?redirect_url=http%3A%2F%2Fapp.example.com%2Fpay&reason=step-up&max_age=600")},
	{Name: "auth_time: a token from a cookie, seen before", Config: "auth-time", Request: "GET /pay\nCookie: session={plain role=user auth_time=-700s}",
		Before: []string{"GET /else\nCookie: session={plain role=user auth_time=-700s}"}, Want: stepUp401},
	{Name: "auth_time: nobody", Config: "auth-time", Request: "GET /pay", Want: denied(401, "token-missing")},
	{Name: "auth_time: expired is expired", Config: "auth-time", Request: signedInAt("/pay", "exp=-60s auth_time=-700s"), Want: denied(401, "token-expired")},
}
