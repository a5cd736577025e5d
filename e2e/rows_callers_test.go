package e2e

import "strings"

// callerConfig is one policy for several kinds of callers: a page, an API, a
// route for machines, and one that everybody may enter who is known.
func init() {
	configs["callers"] = Config{JSON: `{"providers": [{` + clerkKinds + `}],
		"rules": [
			{"name": "api", "paths": ["/api", "/api/*"], "tokens": ["session", "oauth"], "require": [{"claim": "scope", "values": ["read"]}]},
			{"name": "machines", "paths": ["/jobs", "/jobs/*"], "tokens": ["m2m"]},
			{"name": "known", "paths": ["/status"], "tokens": ["session", "oauth", "m2m"]},
			{"name": "page", "paths": ["/*"]}
		]}`}
}

// caller is who calls, and why each route refuses them; empty: it does not, and
// the upstream gets who.
type caller struct {
	name, headers, who         string
	page, api, machines, known string
}

const (
	wrongKind = "token-type-mismatch"
	noScope   = "claims-mismatch"
	noToken   = "session-token-and-uat-missing"
)

// callerTable: each is let in where it may be, and nowhere else.
var callerTable = []caller{
	{"a browser with a session", "\nCookie: __session={clerk scope=read}; __client_uat=1", kindSession, "", "", wrongKind, ""},
	{"a script with a session without the scope", bearerOf("clerk"), kindSession, "", noScope, wrongKind, ""},
	{"an application with the scope", bearerOf(oauthToken), kindOAuth, wrongKind, "", wrongKind, ""},
	{"an application without the scope", bearerOf(oauthToken + ` scp:=["write"]`), strings.ReplaceAll(kindOAuth, "read,", ""), wrongKind, noScope, wrongKind, ""},
	{"a machine", bearerOf(machineToken), kindMachine, wrongKind, wrongKind, "", ""},
	{"nobody", "", "", noToken, noToken, noToken, noToken},
}

// callerRows are the table, a row for each caller and route.
func callerRows() (rows []Row) {
	for _, c := range callerTable {
		for _, route := range [][3]string{{"page", "/account", c.page}, {"api", "/api/things", c.api}, {"machines", "/jobs/1", c.machines}, {"known", "/status", c.known}} {
			want := Want{Upstream: c.who}
			switch route[2] {
			case "":
			case noScope:
				want = denied(403, noScope)
			default:
				want = denied(401, route[2])
			}
			rows = append(rows, Row{Name: "callers: " + c.name + ": " + route[0], Config: "callers", Request: "GET " + route[1] + c.headers, Want: want})
		}
	}
	return rows
}
