package e2e

import "strings"

// callerConfig is one policy for several kinds of callers: a page, an API, a
// route for machines, and below the API a backend that has API keys of its own.
func init() {
	configs["callers"] = Config{JSON: `{"providers": [{` + clerkKinds + `, "foreignTokens": {"opaque": true}}],
		"rules": [
			{"name": "partner", "paths": ["/api/partner/*"], "auth": "optional"},
			{"name": "api", "paths": ["/api", "/api/*"], "tokens": ["session", "oauth"], "require": [{"claim": "scope", "values": ["read"]}]},
			{"name": "machines", "paths": ["/jobs", "/jobs/*"], "tokens": ["m2m"]},
			{"name": "page", "paths": ["/*"]}
		]}`}
	configs["callers-assertion"] = Config{Environment: signingEnvironment, JSON: `{"providers": [{` + clerkKinds + `}], "assertion": {` + gate + `},
		"rules": [{"tokens": ["session", "oauth", "m2m"]}]}`}
}

// caller is who calls, and what each route makes of it: the reason why it is
// refused, or what the upstream gets.
type caller struct{ name, headers, page, api, machines, partner string }

const (
	wrongKind = "token-type-mismatch"
	noScope   = "claims-mismatch"
	noToken   = "session-token-and-uat-missing"

	withSession = "\nCookie: __session={clerk scope=read}; __client_uat=1"
	// Nobody is signed in for the backend with keys of its own, and no credential
	// but the key arrives.
	signedOutKind  = "signed-out: " + wrongKind + "\n!authorization"
	signedOutToken = "signed-out: " + noToken + "\n"
)

// callerTable: each is let in where it may be, and nowhere else.
var callerTable = []caller{
	{"a session", withSession, kindSession, kindSession, wrongKind, kindSession},
	{"an application with the scope", bearerOf(oauthToken), wrongKind, kindOAuth, wrongKind, signedOutKind},
	{"an application without the scope", bearerOf(oauthToken + ` scp:=["write"]`), wrongKind, noScope, wrongKind, signedOutKind},
	{"a machine", bearerOf(machineToken), wrongKind, wrongKind, kindMachine, signedOutKind},
	{"an API key of the backend", apiKey, noToken, noToken, noToken, signedOutToken + keptKey},
	{"an API key beside a session", apiKey + withSession, kindSession + "\n" + keptKey, kindSession + "\n" + keptKey, wrongKind, kindSession + "\n" + keptKey},
	{"a session without the scope", bearerOf("clerk"), kindSession, noScope, wrongKind, kindSession},
	{"nobody", "", noToken, noToken, noToken, signedOutToken + "!authorization"},
}

// callerRows are the table, a row for each caller and route, and who callers are
// in assertions.
func callerRows() (rows []Row) {
	for _, c := range callerTable {
		for _, route := range [][3]string{{"page", "/account", c.page}, {"api", "/api/things", c.api}, {"machines", "/jobs/1", c.machines}, {"partner", "/api/partner/orders", c.partner}} {
			want := Want{Upstream: route[2]}
			switch route[2] {
			case noScope:
				want = denied(403, noScope)
			case wrongKind, noToken:
				want = denied(401, route[2])
			}
			if rest, ok := strings.CutPrefix(want.Upstream, "signed-out: "); ok {
				why, headers, _ := strings.Cut(rest, "\n")
				want = Want{Reason: why, Upstream: "x-identity-status: signed-out\n" + headers}
			}
			rows = append(rows, Row{Name: "callers: " + c.name + ": " + route[0], Config: "callers", Request: "GET " + route[1] + c.headers, Want: want})
		}
	}
	return append(rows,
		Row{Name: "callers: a machine in an assertion", Config: "callers-assertion", Request: "GET /" + bearerOf(machineToken+" act:={\"sub\":\"user_support\"} email=ada@example.com"),
			Want: Want{Upstream: kindMachine, Assertion: "iss: https://gate.example.com\naud: backend\nsub: mch_billing\nprovider: clerk\nkind: m2m"}},
		Row{Name: "callers: an application in an assertion", Config: "callers-assertion", Request: "GET /" + bearerOf(oauthToken),
			Want: Want{Upstream: kindOAuth, Assertion: "iss: https://gate.example.com\naud: backend\nsub: user_clerk\nprovider: clerk\nkind: oauth"}},
	)
}
