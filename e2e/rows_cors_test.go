package e2e

import "maps"

func init() { maps.Copy(configs, corsConfigs) }

// corsConfigs are the configurations of the rows about who may read answers.
var corsConfigs = map[string]Config{
	"cors": {JSON: corsJSON},
	"down-azp": {JSON: `{"providers": [
		{"name": "down", "issuer": "{issuer down}", "jwksCluster": "idp", "authorizedParties": ["https://app.example.com"],
		 "jwksUri": "https://down.example.com/.well-known/jwks.json", "jwksTimeout": "500ms"}]}`},
	"cors-off": {JSON: `{"providers": [{` + minePlain + `}], "corsOrigins": [],
		"allowedOrigins": ["https://app.example.com"]}`},
}

const corsJSON = `{"providers": [{` + minePlain + `, "fromCookies": ["session"]}],
	"corsOrigins": ["https://app.example.com", "https://ours.example.com"],
	"signInUrl": "https://accounts.example.com/",
	"rules": [
		{"paths": ["/admin"], "require": [{"claim": "role", "values": ["admin"]}]},
		{"paths": ["/maybe"], "auth": "optional"},
		{"paths": ["/open"], "auth": "skip"}]}`

const (
	fromApp  = "\nOrigin: https://app.example.com"
	readable = `
		access-control-allow-origin: https://app.example.com
		access-control-allow-credentials: true
		access-control-expose-headers: www-authenticate, retry-after, x-request-id
		vary: origin`
	unreadable = `
		!access-control-allow-origin
		!access-control-allow-credentials
		!access-control-expose-headers`
	varies = "\nvary: origin" + unreadable
)

// corsRows: which pages on other origins may read the filter's own answers.
var corsRows = []Row{
	{Name: "cors: 401", Config: "cors", Request: "GET /a" + fromApp, Want: Want{Status: 401, Reason: "token-missing", Response: readable}},
	{Name: "cors: 401 for a token", Config: "cors", Request: "GET /a\nAuthorization: Bearer {plain exp=-60s}" + fromApp, Want: Want{Status: 401, Reason: "token-expired", Response: readable}},
	{Name: "cors: 401 without a body", Config: "cors", Request: "HEAD /a" + fromApp, Want: Want{Status: 401, Reason: "token-missing", Response: readable}},
	{Name: "cors: 403", Config: "cors", Request: "GET /admin" + asPlain + fromApp, Want: Want{Status: 403, Reason: "claims-mismatch", Response: readable}},
	{Name: "cors: 400", Config: "cors", Request: "GET /a\nAuthorization: Bearer a, Bearer b" + fromApp, Want: Want{Status: 400, Reason: "authorization-ambiguous", Response: readable}},
	{Name: "cors: a redirect", Config: "cors", Request: "GET /a" + html + fromApp, Want: Want{Status: 307, Reason: "token-missing", Response: readable}},
	{Name: "cors: a handshake", Config: "clerk-azp", Request: "GET /a\nSec-Fetch-Dest: document\nCookie: __client_uat=5" + fromApp,
		Want: Want{Status: 307, Reason: "client-uat-but-no-session-token", Response: "location ~ /v1/client/handshake" + readable}},
	{Name: "cors: 503 to a page of an authorized party", Config: "down-azp", Request: "GET /\nAuthorization: Bearer {down azp=https://app.example.com}" + fromApp, Want: Want{Status: 503, Reason: "keys-unavailable", Response: "retry-after: 5" + readable}},
	{Name: "cors: a request over HTTP/2", Config: "cors", HTTP2: true, Request: "GET /a" + fromApp, Want: Want{Status: 401, Reason: "token-missing", Response: readable}},
	{Name: "cors: gRPC", Config: "cors", HTTP2: true, Request: "POST /a.B/C\nContent-Type: application/grpc\nTE: trailers" + fromApp, Want: Want{GRPC: 16, Reason: "token-missing", Response: readable}},
	{Name: "cors: another page", Config: "cors", Request: "GET /a\nOrigin: https://evil.example", Want: Want{Status: 401, Reason: "token-missing", Response: varies}},
	{Name: "cors: null", Config: "cors", Request: "GET /a\nOrigin: null", Want: Want{Status: 401, Reason: "token-missing", Response: varies}},
	{Name: "cors: no Origin", Config: "cors", Request: "GET /a", Want: Want{Status: 401, Reason: "token-missing", Response: varies}},
	{Name: "cors: two Origins", Config: "cors", Request: "GET /a" + fromApp + "\nOrigin: https://evil.example", Want: Want{Status: 401, Reason: "token-missing", Response: varies}},
	{Name: "cors: by default allowedOrigins", Config: "origins", Request: "GET /a" + fromApp, Want: Want{Status: 401, Reason: "token-missing", Response: readable}},
	{Name: "cors: by default authorizedParties", Config: "oneauxilia", Request: "GET /a" + fromApp, Want: Want{Status: 401, Reason: "token-missing", Response: readable}},
	{Name: "cors: 403 to another page is not for it", Config: "origins", Request: "POST /a\nOrigin: https://evil.example\nCookie: session={plain}", Want: Want{Status: 403, Reason: "origin-not-allowed", Response: varies}},
	{Name: "cors: switched off", Config: "cors-off", Request: "GET /a" + fromApp, Want: Want{Status: 401, Reason: "token-missing", Response: "!vary" + unreadable}},
	{Name: "cors: nothing is named", Config: "inline", Request: "GET /a" + fromApp, Want: Want{Status: 401, Reason: "token-missing", Response: "!vary" + unreadable}},
	{Name: "cors: the upstream's answer is its own", Config: "cors", Request: "GET /a" + asPlain + fromApp, Want: Want{Upstream: plainUser, Response: "!vary" + unreadable}},
	{Name: "cors: the upstream's answer is its own, signed out", Config: "cors", Request: "GET /maybe" + fromApp, Want: Want{Upstream: "x-identity-status: signed-out", Reason: "token-missing", Response: "!vary" + unreadable}},
	{Name: "cors: the upstream's answer is its own, on skip", Config: "cors", Request: "GET /open" + fromApp, Want: Want{Response: "!vary" + unreadable}},
	{Name: "cors: a preflight passes", Config: "cors", Request: preflight, Want: Want{Upstream: "x-identity-status: signed-out", Reason: "cors-preflight", Response: "!vary" + unreadable}},
}
