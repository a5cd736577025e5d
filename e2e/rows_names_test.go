package e2e

import "maps"

func init() {
	maps.Copy(configs, map[string]Config{"names": {JSON: `{"providers": [{` + minePlain + `}],
		"signInUrl": "https://accounts.example.com/",
		"rules": [
			{"paths": ["/admin"], "name": "admin", "require": [{"claim": "role", "values": ["admin"]}]},
			{"paths": ["/unnamed"]},
			{"paths": ["/maybe", "/maybe/*"], "auth": "optional", "name": "maybe"},
			{"paths": ["/open", "/open/*"], "auth": "skip", "name": "open"}
		]}`}})
}

// namedBy is a refusal as access logs name it.
func namedBy(status int, rule, reason string) Want {
	return Want{Status: status, Reason: reason, Logged: loggedDetails + ": sessiongate{" + rule + ":" + reason + "}"}
}

// nameRows: how access logs name the rule that has answered, and why. That the
// reason stands there holds for every row of the table.
var nameRows = []Row{
	{Name: "names: a condition", Config: "names", Request: "GET /admin" + asPlain, Want: namedBy(403, "admin", "claims-mismatch")},
	{Name: "names: no token", Config: "names", Request: "GET /admin", Want: namedBy(401, "admin", "token-missing")},
	{Name: "names: a redirect", Config: "names", Request: "GET /admin" + html, Want: namedBy(307, "admin", "token-missing")},
	{Name: "names: a rule without a name", Config: "names", Request: "GET /unnamed", Want: namedBy(401, "rules[1]", "token-missing")},
	{Name: "names: no rule", Config: "names", Request: "GET /a", Want: namedBy(401, "none", "token-missing")},
	{Name: "names: a path that nobody can read", Config: "names", Request: "GET /open/%00", Want: namedBy(400, "none", "path-invalid")},
	{Name: "names: the rule of another reading of the path", Config: "names", Request: "GET /open/%2e%2e/admin" + asPlain, Want: namedBy(403, "admin", "claims-mismatch")},
	{Name: "names: a bad token on an optional rule", Config: "names", Request: "GET /maybe\nAuthorization: Bearer a, Bearer b", Want: namedBy(400, "maybe", "authorization-ambiguous")},
	{Name: "names: HEAD", Config: "names", Request: "HEAD /admin", Want: namedBy(401, "admin", "token-missing")},
	{Name: "names: gRPC", Config: "names", HTTP2: true, Request: "POST /admin\nContent-Type: application/grpc\nTE: trailers",
		Want: Want{GRPC: 16, Reason: "token-missing", Logged: loggedDetails + ": sessiongate{admin:token-missing}"}},
	{Name: "names: a handshake", Config: "clerk", Request: "GET /a\nSec-Fetch-Dest: document\nCookie: __client_uat=5", Want: namedBy(307, "none", "client-uat-but-no-session-token")},
	{Name: "names: keys that are not there", Config: "down", Request: "GET /\nAuthorization: Bearer {down}", Want: namedBy(503, "none", "keys-unavailable")},
	{Name: "names: a document", Config: "resources", Request: "GET " + aboutMCP, Want: Want{Status: 200, Logged: loggedDetails + ": sessiongate{none:none}"}},
	{Name: "names: no answer has the name", Config: "names", Request: "GET /admin" + asPlain, Want: Want{Status: 403, Reason: "claims-mismatch", Body: `"detail":"The signed-in user may not do this.","reason":"claims-mismatch"}`}},
}
