package e2e

import "time"

// planted are assertions that a client has, and what else it might send.
var planted = map[string]func(*Mint) string{
	"ours":     asserted(signingKey, nil),
	"foreign":  asserted(otherProxy, nil),
	"billing":  asserted(signingKey, map[string]any{"aud": "billing"}),
	"next":     asserted(nextKey, nil),
	"removed":  asserted(removedKey, nil),
	"expired":  asserted(signingKey, map[string]any{"exp": -time.Minute}),
	"typed":    asserted(signingKey, map[string]any{"typ": "JWT"}),
	"stranger": asserted(signingKey, map[string]any{"iss": "https://other.example.com"}),
}

// Assertions as backends get them.
const (
	plainAssertion = `
		iss: https://gate.example.com
		aud: backend
		sub: user_plain
		provider: mine`
	forged = `
		X-Sessiongate-Assertion: {ours}
		x_sessiongate_assertion: {ours}
		X-Sessiongate_Assertion: {foreign}
		x.sessiongate.assertion: {ours}
		x-sessiongate!assertion: {removed}
		X-SESSIONGATE-ASSERTION: {billing}
		x-sessiongate-assertion:`
)

// assertionRows: who gets an assertion, and of what.
var assertionRows = []Row{
	{Name: "assertion: signed in", Config: "assertion", Request: "GET /" + asPlain,
		Want: Want{Upstream: plainUser, Assertion: plainAssertion}},
	{Name: "assertion: signed in by a cookie", Config: "assertion", Request: "GET /\nCookie: session={plain}",
		Want: Want{Upstream: plainUser, Assertion: plainAssertion}},
	{Name: "assertion: on a route that asks for nothing", Config: "assertion", Request: "GET /maybe" + asPlain,
		Want: Want{Upstream: plainUser, Assertion: plainAssertion}},
	{Name: "assertion: none for a request that is not signed in", Config: "assertion", Request: "GET /maybe",
		Want: Want{Upstream: "x-identity-status: signed-out", Reason: "token-missing"}},
	{Name: "assertion: none on skip", Config: "assertion", Request: "GET /open" + asPlain, Want: Want{}},
	{Name: "assertion: none for a preflight", Config: "assertion", Request: "OPTIONS /\nOrigin: https://app.example.com\nAccess-Control-Request-Method: GET",
		Want: Want{Upstream: "x-identity-status: signed-out", Reason: "cors-preflight"}},
	{Name: "assertion: where a rule only logs", Config: "assertion", Request: "GET /log" + asPlain,
		Want: Want{Upstream: plainUser, Reason: "claims-mismatch", Assertion: plainAssertion}},
	{Name: "assertion: none where a rule only logs, signed out", Config: "assertion", Request: "GET /log",
		Want: Want{Upstream: "x-identity-status: signed-out", Reason: "token-missing"}},
	{Name: "assertion: a websocket", Config: "assertion", Request: "GET /\nConnection: Upgrade\nUpgrade: h2c-no\nAuthorization: Bearer {plain}",
		Want: Want{Upstream: plainUser, Assertion: plainAssertion}, NotOn: map[host]string{onEnvoy: "Envoy refuses upgrades that it does not know"}},
	{Name: "assertion: in capitals, and what is not ASCII", Config: "assertion",
		Request: `GET /` + "\n" + `Authorization: Bearer {plain sub:="ZO\u00cb\u2028\"\\\n"}`,
		Want: Want{Upstream: "x-identity-status: signed-in\nx-identity-provider: mine\nx-identity-user-id: *",
			Assertion: "iss: https://gate.example.com\naud: backend\nsub: \"ZOË\\u2028\\\"\\\\\\n\"\nprovider: mine"}},
	{Name: "assertion: corbado's names", Config: "assertion-vendors", Request: "GET /\nAuthorization: Bearer {corbado}",
		Want: Want{Upstream: corbadoUser, Assertion: `
			iss: https://gate.example.com
			aud: backend
			sub: corbado|usr-corbado
			provider: corbado
			name: Ada Example
			email: ada@example.com`}},
	{Name: "assertion: clerk's organisation", Config: "assertion-vendors",
		Request: `GET /` + "\n" + `Authorization: Bearer {clerk v:=2 o:={"id":"org_1","rol":"admin","slg":"acme","per":"read,manage","fpm":"3"} fea=o:teams act:={"sub":"user_support"}}`,
		Want: Want{Upstream: `
			x-identity-status: signed-in
			x-identity-provider: clerk
			x-identity-user-id: *
			x-identity-session-id: *
			x-identity-org-id: org_1
			x-identity-org-role: org:admin
			x-identity-org-slug: acme
			x-identity-org-permissions: org:teams:read,org:teams:manage
			x-identity-features: teams
			x-identity-actor: user_support`,
			Assertion: `
			iss: https://gate.example.com
			aud: backend
			sub: clerk|user_clerk
			sid: *
			provider: clerk
			org_id: org_1
			org_role: org:admin
			org_slug: acme
			org_permissions: ["org:teams:read","org:teams:manage"]
			actor: user_support`}},
	{Name: "assertion: an OAuth token", Config: "assertion-kinds", Request: "GET /any" + bearerOf(oauthToken), Want: Want{Upstream: kindOAuth, Assertion: `
		iss: https://gate.example.com
		aud: backend
		sub: user_clerk
		provider: clerk
		kind: oauth`}},
	{Name: "assertion: a machine", Config: "assertion-kinds", Request: "GET /any" + bearerOf(machineToken+" email=ada@example.com org_role=admin"), Want: Want{Upstream: kindMachine, Assertion: `
		iss: https://gate.example.com
		aud: backend
		sub: mch_billing
		provider: clerk
		kind: m2m`}},
}

// assertionAttackRows: an assertion that a client sends never arrives, and one
// that was made for somebody else is worth nothing.
var assertionAttackRows = []Row{
	{Name: "assertion attack: every spelling, signed in", Config: "assertion", Tokens: planted, Request: "GET /" + forged + asPlain,
		Want:  Want{Upstream: plainUser, Assertion: plainAssertion},
		NotOn: map[host]string{onWazero: emulatorJoins}},
	{Name: "assertion attack: every spelling, signed out", Config: "assertion", Tokens: planted, Request: "GET /maybe" + forged,
		Want:  Want{Upstream: "x-identity-status: signed-out", Reason: "token-missing"},
		NotOn: map[host]string{onWazero: emulatorJoins}},
	{Name: "assertion attack: every spelling, on skip", Config: "assertion", Tokens: planted, Request: "GET /open/x" + forged,
		Want: Want{}, NotOn: map[host]string{onWazero: emulatorJoins}},
	{Name: "assertion attack: every spelling, where a rule only logs", Config: "assertion", Tokens: planted, Request: "GET /log" + forged,
		Want:  Want{Upstream: "x-identity-status: signed-out", Reason: "token-missing"},
		NotOn: map[host]string{onWazero: emulatorJoins}},
	{Name: "assertion attack: underscores, on skip", Config: "assertion", Tokens: planted, Request: "GET /open\nX_Sessiongate_Assertion: {ours}", Want: Want{}},
	{Name: "assertion attack: in a log of nothing but the client's", Config: "assertion", Tokens: planted, Request: "GET /log/x\nx-sessiongate-assertion: {ours}",
		Want: Want{Upstream: "x-identity-status: signed-out", Reason: "token-missing"}},
	{Name: "assertion attack: over HTTP/2", Config: "assertion", Tokens: planted, HTTP2: true, Request: "GET /maybe\nx_sessiongate-assertion: {ours}",
		Want: Want{Upstream: "x-identity-status: signed-out", Reason: "token-missing"}},
	{Name: "assertion attack: trailers", Config: "assertion", Tokens: planted, Request: "POST /" + asPlain + "\n\nhello",
		Trailers: "x-checksum: abc\nx-sessiongate-assertion: {ours}\nX_Sessiongate_Assertion: {ours}",
		Want:     Want{Upstream: plainUser, Assertion: plainAssertion, Trailers: "x-checksum: abc\n!x-sessiongate-assertion\n!x_sessiongate_assertion"},
		NotOn:    map[host]string{onWazero: "the SDK's emulator does not give trailers back"}},
	{Name: "assertion attack: trailers on skip", Config: "assertion", Tokens: planted, Request: "POST /open\n\nhello",
		Trailers: "x-checksum: abc\nx.sessiongate.assertion: {ours}",
		Want:     Want{Trailers: "x-checksum: abc\n!x.sessiongate.assertion"},
		NotOn:    map[host]string{onWazero: "the SDK's emulator does not give trailers back"}},
	{Name: "assertion attack: as a bearer token", Config: "assertion", Tokens: planted, Request: "GET /\nAuthorization: Bearer {ours}",
		Want: Want{Status: 401, Reason: "token-invalid"}},
	{Name: "assertion attack: a header of its own name", Config: "assertion-header", Tokens: planted, Request: "GET /\nX_Own_Assertion: {ours}\nx-sessiongate-assertion: mine",
		Want: Want{Upstream: "x-identity-status: signed-out\n!x_own_assertion\n!x-own.assertion\nx-sessiongate-assertion: mine", Reason: "token-missing"}},
	{Name: "assertion: a header of its own name", Config: "assertion-header", Request: "GET /" + asPlain,
		Want: Want{Upstream: plainUser + "\nx-own.assertion: *"}},

	{Name: "assertion behind: ours", Config: "assertion-behind", Tokens: planted, Request: "GET /\nX-Sessiongate-Assertion: {ours}", Want: Want{Upstream: gateUser}},
	{Name: "assertion behind: with the next key", Config: "assertion-behind", Tokens: planted, Request: "GET /\nX-Sessiongate-Assertion: {next}", Want: Want{Upstream: gateUser}},
	{Name: "assertion behind: none", Config: "assertion-behind", Request: "GET /", Want: Want{Status: 401, Reason: "token-missing"}},
	{Name: "assertion behind: of another proxy", Config: "assertion-behind", Tokens: planted, Request: "GET /\nX-Sessiongate-Assertion: {foreign}",
		Want: Want{Status: 401, Reason: "jwk-kid-mismatch"}},
	{Name: "assertion behind: of another issuer", Config: "assertion-behind", Tokens: planted, Request: "GET /\nX-Sessiongate-Assertion: {stranger}",
		Want: Want{Status: 401, Reason: "token-invalid-issuer"}},
	{Name: "assertion behind: for another audience", Config: "assertion-behind", Tokens: planted, Request: "GET /\nX-Sessiongate-Assertion: {billing}",
		Want: Want{Status: 401, Reason: "token-verification-failed"}},
	{Name: "assertion behind: with a key that was taken out", Config: "assertion-behind", Tokens: planted, Request: "GET /\nX-Sessiongate-Assertion: {removed}",
		Want: Want{Status: 401, Reason: "jwk-kid-mismatch"}},
	{Name: "assertion behind: expired", Config: "assertion-behind", Tokens: planted, Request: "GET /\nX-Sessiongate-Assertion: {expired}",
		Want: Want{Status: 401, Reason: "token-expired"}},
	{Name: "assertion behind: of another type", Config: "assertion-behind", Tokens: planted, Request: "GET /\nX-Sessiongate-Assertion: {typed}",
		Want: Want{Status: 401, Reason: "token-invalid"}},
	{Name: "assertion behind: two of them", Config: "assertion-behind", Tokens: planted, Request: "GET /\nX-Sessiongate-Assertion: {ours}\nX-Sessiongate-Assertion: {billing}",
		Want: Want{Status: 400, Reason: "authorization-ambiguous"}},
}

const gateUser = `
	x-identity-status: signed-in
	x-identity-provider: gate
	x-identity-user-id: user_1
	x-provider: mine
	!x-sessiongate-assertion`

// audienceRows: an assertion is for one audience, however the path is read.
var audienceRows = []Row{
	{Name: "assertion audience: of a rule", Config: "assertion", Request: "GET /billing/invoices" + asPlain,
		Want: Want{Upstream: plainUser, Assertion: billingAssertion}},
	{Name: "assertion audience: a harmless encoded path", Config: "assertion", Request: "GET /billing/a%2Fb;v=1" + asPlain,
		Want: Want{Upstream: plainUser, Assertion: billingAssertion}},
	{Name: "assertion audience: a dot segment", Config: "assertion", Request: "GET /billing/../x" + asPlain, Want: Want{Status: 400, Reason: "path-invalid"}},
	{Name: "assertion audience: an encoded slash", Config: "assertion", Request: "GET /billing%2Finvoices" + asPlain, Want: Want{Status: 400, Reason: "path-invalid"}},
	{Name: "assertion audience: capitals", Config: "assertion", Request: "GET /Billing/invoices" + asPlain, Want: Want{Status: 400, Reason: "path-invalid"}},
	{Name: "assertion audience: encoded twice", Config: "assertion", Request: "GET /x%252F..%252Fbilling/invoices/%252e%252e/%252e%252e/y" + asPlain, Want: Want{Status: 400, Reason: "path-invalid"}},
	{Name: "assertion audience: also signed out", Config: "assertion", Request: "GET /billing/../x", Want: Want{Status: 400, Reason: "path-invalid"}},
	{Name: "assertion audience: gRPC", Config: "assertion", Request: "POST /billing/../x\nContent-Type: application/grpc" + asPlain, Want: Want{GRPC: 3, Reason: ""}},
	{Name: "assertion audience: skip beside a rule", Config: "assertion", Request: "GET /open/../billing/x" + asPlain,
		Want: Want{Upstream: plainUser, Assertion: billingAssertion}},
	{Name: "assertion audience: none where rules only log and differ", Config: "assertion", Request: "GET /log/../log-billing/x" + asPlain,
		Want: Want{Upstream: plainUser, Reason: "path-invalid"}},
	{Name: "assertion audience: a rule that only logs beside one that does not", Config: "assertion", Request: "GET /log/../billing/x" + asPlain,
		Want: Want{Status: 400, Reason: "path-invalid"}},
}

const billingAssertion = `
	iss: https://gate.example.com
	aud: billing
	sub: user_plain
	provider: mine`

// keySet is the answer with the keys of assertions.
func keySet(body string) Want {
	return Want{Status: 200, Body: body, Response: `content-type: application/json
		cache-control: public, max-age=300
		access-control-allow-origin: *
		!access-control-allow-credentials
		!www-authenticate`}
}

const keysPath = "/.well-known/sessiongate/jwks.json"

// keySetRows: the keys of assertions are public, at one path.
var keySetRows = []Row{
	{Name: "assertion keys: without a session", Config: "assertion", Request: "GET " + keysPath, Want: keySet(`"kid":"` + signingKey.ID + `","alg":"ES256","use":"sig"}`)},
	{Name: "assertion keys: the next one", Config: "assertion", Request: "GET " + keysPath, Want: keySet(`"kid":"` + nextKey.ID + `","alg":"ES256","use":"sig"}]}`)},
	{Name: "assertion keys: on any host", Config: "assertion", Request: "GET " + keysPath + "?x=y\nHost: 127.0.0.1:8080", Want: keySet(`{"keys":[{"crv":"P-256","kty":"EC","x":"`)},
	{Name: "assertion keys: at a path of its own", Config: "assertion-vendors", Request: "GET /.well-known/keys", Want: keySet(signingKey.ID)},
	{Name: "assertion keys: with a bad token", Config: "assertion", Request: "GET " + keysPath + "\nAuthorization: Bearer x", Want: keySet(`{"keys":[`)},
	{Name: "assertion keys: HEAD", Config: "assertion", Request: "HEAD " + keysPath, Want: keySet("")},
	{Name: "assertion keys: a page of any origin", Config: "assertion", Request: "GET " + keysPath + "\nOrigin: https://any.example", Want: keySet(`{"keys":[`)},
	{Name: "assertion keys: a preflight", Config: "assertion", Request: "OPTIONS " + keysPath + asksPage, Want: Want{Status: 204, Response: `
		access-control-allow-origin: *
		access-control-allow-methods: GET, HEAD
		access-control-allow-headers: *
		access-control-max-age: 3600`}},
	{Name: "assertion keys: POST", Config: "assertion", Request: "POST " + keysPath, Want: Want{Status: 401, Reason: "token-missing"}},
	{Name: "assertion keys: another spelling", Config: "assertion", Request: "GET /.well-known/sessiongate/jwks%2Ejson", Want: Want{Status: 401, Reason: "token-missing"}},
	{Name: "assertion keys: capitals", Config: "assertion", Request: "GET /.Well-Known/sessiongate/jwks.json", Want: Want{Status: 401, Reason: "token-missing"}},
	{Name: "assertion keys: a slash more", Config: "assertion", Request: "GET " + keysPath + "/", Want: Want{Status: 401, Reason: "token-missing"}},
	{Name: "assertion keys: a proxy without them", Config: "assertion-behind", Request: "GET " + keysPath, Want: Want{Status: 401, Reason: "token-missing"}},
}
