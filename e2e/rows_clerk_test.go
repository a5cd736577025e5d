package e2e

import "strings"

// handshake is the redirect of a document request to Clerk's Frontend API.
func handshake(reason string) Want {
	return Want{Status: 307, Reason: reason, Response: `
		location: ` + handshakeURL("clerk.example.com", "http%3A%2F%2Fapp.example.com%2F", reason) + `
		set-cookie: __clerk_redirect_count=1; SameSite=Lax; HttpOnly; Max-Age=2
		cache-control: no-store
		x-clerk-auth-status: handshake
		x-clerk-auth-reason: ` + reason}
}

func handshakeURL(api, own, reason string) string {
	return "https://" + api + "/v1/client/handshake?redirect_url=" + own +
		"&__clerk_api_version=2026-05-12&suffixed_cookies=false&__clerk_hs_reason=" + reason
}

// refusedBecause is Clerk's 401 in the names that its users look for.
func refusedBecause(reason string) Want {
	return Want{Status: 401, Reason: reason, Response: `
		x-clerk-auth-status: signed-out
		x-clerk-auth-reason: ` + reason + `
		x-clerk-auth-message: *
		!location
		!set-cookie`}
}

const (
	document = "\nSec-Fetch-Dest: document"
	fetched  = "\nSec-Fetch-Dest: empty"
	uatOnly  = "\nCookie: __client_uat=1"
	reload   = "\nCookie: a=1; __client_uat=1; __session={clerk exp=-60s}"
)

// back are handshake tokens that rows come back with.
var back = map[string]func(*Mint) string{
	"in":      handshakeOf("clerk", "__session={clerk}; Path=/"),
	"out":     handshakeOf("clerk", "__session=; Path=/; Max-Age=0"),
	"foreign": handshakeOf("clerk2", "__session={clerk}; Path=/"),
	"other":   handshakeOf("clerk", "theme=dark", "__session={clerk sub=user_mallory}"),
	"devin":   handshakeOf("clerkdev", "__session={clerkdev}; Path=/", "__clerk_db_jwt=b; Path=/"),
	"devold":  handshakeOf("clerkdev", "__session={clerkdev exp=-1h}; Path=/"),
}

// clerkRows: the states of Clerk's sessions, as clients and backends see them.
// Package session has the whole table of them.
var clerkRows = []Row{
	{Name: "clerk state: reload with an expired session", Config: "clerk", Request: "GET /" + document + reload, Want: handshake("session-token-expired")},
	{Name: "clerk state: a script with an expired session", Config: "clerk", Request: "GET /" + fetched + reload, Want: refusedBecause("session-token-expired")},
	{Name: "clerk state: a form with an expired session", Config: "clerk", Request: "POST /" + document + reload, Want: refusedBecause("session-token-expired")},
	{Name: "clerk state: HEAD with an expired session", Config: "clerk", Request: "HEAD /" + document + reload, Want: refusedBecause("session-token-expired")},
	{Name: "clerk state: an expired Bearer on a document", Config: "clerk", Request: "GET /" + document + "\nAuthorization: Bearer {clerk exp=-60s}", Want: handshake("session-token-expired")},
	{Name: "clerk state: client_uat without a session", Config: "clerk", Request: "GET /" + document + uatOnly, Want: handshake("client-uat-but-no-session-token")},
	{Name: "clerk state: client_uat without a session, by Accept", Config: "clerk", Request: "GET /\nAccept: text/html,*/*" + uatOnly, Want: handshake("client-uat-but-no-session-token")},
	{Name: "clerk state: a session without client_uat", Config: "clerk", Request: "GET /" + document + "\nCookie: __session={clerk}", Want: handshake("session-token-but-no-client-uat")},
	{Name: "clerk state: a session older than client_uat", Config: "clerk", Request: "GET /" + document + "\nCookie: __session={clerk iat=-20s}; __client_uat={now-19s}", Want: handshake("session-token-iat-before-client-uat")},
	{Name: "clerk state: a session from the future", Config: "clerk", Request: "GET /" + document + "\nCookie: __session={clerk iat=120s}; __client_uat=1", Want: handshake("session-token-iat-in-the-future")},
	{Name: "clerk state: a session that is not active yet", Config: "clerk", Request: "GET /" + document + "\nCookie: __session={clerk nbf=120s}; __client_uat=1", Want: handshake("session-token-nbf")},
	{Name: "clerk state: signed out", Config: "clerk", Request: "GET /" + document + "\nCookie: __client_uat=0", Want: refusedBecause("session-token-and-uat-missing")},
	{Name: "clerk state: tampered", Config: "clerk", Request: "GET /" + document + "\nCookie: __session={clerk tamper=signature}; __client_uat=1", Want: refusedBecause("token-invalid-signature")},
	{Name: "clerk state: pending", Config: "clerk", Request: "GET /" + document + "\nCookie: __session={clerk sts=pending}; __client_uat=1", Want: refusedBecause("session-pending")},
	{Name: "clerk state: a JWT template", Config: "clerk", Request: "GET /" + document + "\nCookie: __session={clerk header.cat=cl_B7d4PD222AAA}; __client_uat=1", Want: refusedBecause("token-type-mismatch")},
	{Name: "clerk state: both kinds of cookies with one token reach the upstream", Config: "clerk", Tokens: nil,
		Request: "GET /" + document + "\nCookie: __session={clerk}; __client_uat=1; __session_{suffix clerk}={clerk}; __client_uat_{suffix clerk}=1",
		Want: Want{Upstream: clerkUser + `
			cookie ~ __session=ey
			cookie ~ __session_naoXFJnI=ey`}},

	{Name: "clerk redirect: the request's own URL", Config: "clerk", Request: "GET //evil.example/~a?x=%20&__clerk_handshake=y" + document + uatOnly + "\nX-Forwarded-Proto: https\nX-Forwarded-Host: evil.example",
		Want: Want{Status: 307, Reason: "client-uat-but-no-session-token", Response: "location: " + handshakeURL("clerk.example.com", "https%3A%2F%2Fapp.example.com%2F%2Fevil.example%2F%7Ea%3Fx%3D%2520", "client-uat-but-no-session-token")}},
	{Name: "clerk redirect: a forwarded host where it is trusted", Config: "clerk-satellite", Request: "GET /" + document + uatOnly + "\nX-Forwarded-Host: satellite.example",
		Want: Want{Status: 307, Reason: "client-uat-but-no-session-token", Response: "location: " + handshakeURL("clerk.satellite.example", "http%3A%2F%2Fsatellite.example%2F", "client-uat-but-no-session-token")}},
	{Name: "clerk redirect: a proxied Frontend API", Config: "clerk-proxied", Request: "GET /" + document + uatOnly,
		Want: Want{Status: 307, Reason: "client-uat-but-no-session-token", Response: "location: " + handshakeURL("app.example.com/__clerk", "http%3A%2F%2Fapp.example.com%2F", "client-uat-but-no-session-token")}},
	{Name: "clerk redirect: the proxied Frontend API itself is reached", Config: "clerk-proxied", Request: "GET /__clerk/v1/client/handshake?redirect_url=x" + document + uatOnly,
		Want: Want{Upstream: ":path: /__clerk/v1/client/handshake?redirect_url=x\ncookie: __client_uat=1"}},
	{Name: "clerk redirect: the third", Config: "clerk", Request: "GET /" + document + uatOnly + "; __clerk_redirect_count=2",
		Want: Want{Status: 307, Reason: "client-uat-but-no-session-token", Response: "set-cookie: __clerk_redirect_count=3; SameSite=Lax; HttpOnly; Max-Age=2"}},
	{Name: "clerk redirect: no fourth", Config: "clerk", Request: "GET /" + document + uatOnly + "; __clerk_redirect_count=3", Want: refusedBecause("client-uat-but-no-session-token")},

	{Name: "clerk rule: optional goes to a handshake, too", Config: "clerk-optional", Request: "GET /optional" + document + uatOnly,
		Want: Want{Status: 307, Reason: "client-uat-but-no-session-token", Response: "location ~ https://clerk.example.com/v1/client/handshake?"}},
	{Name: "clerk rule: optional, a script passes as signed-out", Config: "clerk-optional", Request: "GET /optional" + fetched + reload,
		Want: Want{Reason: "session-token-expired", Upstream: "x-identity-status: signed-out\ncookie: a=1; __client_uat=1"}},
	{Name: "clerk rule: deny goes to a handshake all the same", Config: "clerk-optional", Request: "GET /deny" + document + uatOnly,
		Want: Want{Status: 307, Reason: "client-uat-but-no-session-token", Response: "location ~ https://clerk.example.com/v1/client/handshake?"}},
	{Name: "clerk rule: auto goes to the sign-in page where a handshake does not help", Config: "clerk-optional", Request: "GET /" + document,
		Want: Want{Status: 307, Reason: "session-token-and-uat-missing", Response: "location: https://accounts.example.com/sign-in?redirect_url=http%3A%2F%2Fapp.example.com%2F\nx-clerk-auth-status: signed-out"}},
	{Name: "clerk rule: skip goes nowhere, and keeps everything", Config: "clerk-optional", Request: "GET /skip?__clerk_handshake=x" + document + uatOnly + "; __clerk_handshake=y",
		Want: Want{Upstream: ":path: /skip?__clerk_handshake=x\ncookie: __client_uat=1; __clerk_handshake=y"}},
	{Name: "clerk rule: log goes nowhere, and names the reason", Config: "clerk-optional", Request: "GET /log?__clerk_handshake=x" + document + uatOnly + "; __clerk_handshake=y",
		Want: Want{Reason: "client-uat-but-no-session-token", Upstream: "x-identity-status: signed-out\n:path: /log?__clerk_handshake=x\ncookie: __client_uat=1; __clerk_handshake=y", Response: "!set-cookie"}},

	{Name: "clerk return: signed in, and the upstream's answer brings the cookie", Config: "clerk", Tokens: back, Request: "GET /" + document + reload + "; __clerk_handshake={in}",
		Want: Want{Upstream: clerkUser + "cookie ~ a=1; __client_uat=1; __session=ey", Response: "set-cookie ~ __session=ey\ncache-control: private, no-store"}},
	{Name: "clerk return: the token is not forwarded where it is taken out", Config: "clerk-proxied", Tokens: back, Request: "GET /" + document + reload + "; __clerk_handshake={in}",
		Want: Want{Upstream: clerkUser + "cookie: a=1; __client_uat=1", Response: "set-cookie ~ __session=ey"}},
	{Name: "clerk return: a script's request waits for the next page", Config: "clerk", Tokens: back, Request: "GET /" + fetched + reload + "; __clerk_handshake={in}", Want: refusedBecause("session-token-expired")},
	{Name: "clerk return: in the query, to the URL without it", Config: "clerk", Tokens: back, Request: "GET /a?x=1&__clerk_handshake={in}&__clerk_help=y" + document + uatOnly,
		Want: Want{Status: 307, Reason: "client-uat-but-no-session-token", Response: `
			location: http://app.example.com/a?x=1
			set-cookie ~ __session=ey
			cache-control: private, no-store`}},
	{Name: "clerk return: signed out", Config: "clerk", Tokens: back, Request: "GET /" + document + reload + "; __clerk_handshake={out}",
		Want: Want{Status: 401, Reason: "session-token-missing", Response: "set-cookie: __session=; Path=/; Max-Age=0\ncache-control: private, no-store\nx-clerk-auth-status: signed-out"}},
	{Name: "clerk return: signed out, optional", Config: "clerk-optional", Tokens: back, Request: "GET /optional" + document + reload + "; __clerk_handshake={out}",
		Want: Want{Reason: "session-token-missing", Upstream: "x-identity-status: signed-out\ncookie: a=1; __client_uat=1", Response: "set-cookie: __session=; Path=/; Max-Age=0\ncache-control: private, no-store"}},
	{Name: "clerk return: signed out, to the sign-in page", Config: "clerk-optional", Tokens: back, Request: "GET /" + document + reload + "; __clerk_handshake={out}",
		Want: Want{Status: 307, Reason: "session-token-missing", Response: "location ~ https://accounts.example.com/sign-in?\nset-cookie: __session=; Path=/; Max-Age=0\nset-cookie: __sessiongate_redirects=1; Path=/; SameSite=Lax; HttpOnly; Max-Age=10"}},
	{Name: "clerk return: another instance's token is ignored", Config: "clerk", Tokens: back, Request: "GET /" + document + uatOnly + "; __clerk_handshake={foreign}", Want: handshake("client-uat-but-no-session-token")},
	{Name: "clerk return: a planted token does not count where the cookies sign in", Config: "clerk", Tokens: back, Request: "GET /?__clerk_handshake={other}" + document + "\nCookie: __session={clerk}; __client_uat=1",
		Want: Want{Upstream: clerkUser + ":path: /", Response: "!set-cookie"}},
	{Name: "clerk return: garbage is ignored", Config: "clerk", Request: "GET /?__clerk_handshake=x.y.z" + document + uatOnly, Want: handshake("client-uat-but-no-session-token")},

	{Name: "clerk development: the browser is not known", Config: "clerk-dev", Request: "GET /" + document,
		Want: Want{Status: 307, Reason: "dev-browser-missing", Response: "location: " + handshakeURL("happy-hippo-1.clerk.accounts.dev", "http%3A%2F%2Fapp.example.com%2F", "dev-browser-missing")}},
	{Name: "clerk development: a script of a browser that is not known", Config: "clerk-dev", Request: "GET /" + fetched, Want: refusedBecause("dev-browser-missing")},
	{Name: "clerk development: the browser in the query", Config: "clerk-dev", Request: "GET /?a=b&__clerk_db_jwt=x" + document,
		Want: Want{Status: 307, Reason: "dev-browser-sync", Response: "location: " + handshakeURL("happy-hippo-1.clerk.accounts.dev", "http%3A%2F%2Fapp.example.com%2F%3Fa%3Db", "dev-browser-sync") + "&__clerk_db_jwt=x"}},
	{Name: "clerk development: back, always by a redirect", Config: "clerk-dev", Tokens: back, Request: "GET /?a=b&__clerk_handshake={devin}" + document,
		Want:  Want{Status: 307, Reason: "dev-browser-missing", Response: "location: http://app.example.com/?a=b\nset-cookie ~ __session=ey\nset-cookie ~ __clerk_db_jwt=b"},
		NotOn: map[host]string{onWazero: emulatorJoins}},
	{Name: "clerk development: a clock that is an hour off redirects, no more", Config: "clerk-dev", Tokens: back, Request: "GET /" + document + "\nCookie: __clerk_handshake={devold}; __clerk_redirect_count=3", Want: refusedBecause("dev-browser-missing")},

	{Name: "clerk satellite: asks the primary domain", Config: "clerk-satellite", Request: "GET /" + document,
		Want: Want{Status: 307, Reason: "satellite-needs-syncing", Response: "location: " + handshakeURL("clerk.satellite.example", "http%3A%2F%2Fapp.example.com%2F", "satellite-needs-syncing")}},
	{Name: "clerk satellite: has asked", Config: "clerk-satellite", Request: "GET /?__clerk_synced=true" + document, Want: refusedBecause("session-token-and-uat-missing")},
	{Name: "clerk satellite, development: by the sign-in page", Config: "clerk-dev-satellite", Request: "GET /a" + document,
		Want: Want{Status: 307, Reason: "satellite-needs-syncing", Response: "location: https://primary.example/sign-in?__clerk_redirect_url=http%3A%2F%2Fapp.example.com%2Fa"}},

	{Name: "clerk twins, one host: the first", Config: "clerk-twins", Request: "GET /\nCookie: __session_{suffix clerk}={clerk}; __client_uat_{suffix clerk}=1; __session_{suffix clerk2}={clerk2}; __client_uat_{suffix clerk2}=1",
		Want: Want{Upstream: named("one") + "cookie ~ __session_naoXFJnI=ey"}},
	{Name: "clerk twins, one host: the second", Config: "clerk-twins", Request: "GET /\nCookie: __session_{suffix clerk2}={clerk2}; __client_uat_{suffix clerk2}=1", Want: Want{Upstream: named("two")}},
	{Name: "clerk twins, one host: the second one's Bearer", Config: "clerk-twins", Request: "GET /\nAuthorization: Bearer {clerk2}", Want: Want{Upstream: named("two")}},
	{Name: "clerk twins, one host: unsuffixed cookies of the second", Config: "clerk-twins", Request: "GET /\nCookie: __session={clerk2}; __client_uat=1", Want: Want{Upstream: named("two")}},
	{Name: "clerk twins, two hosts: each its own", Config: "clerk-twins", Request: "GET /\nHost: two.example.com\nCookie: __session={clerk2}; __client_uat=1", Want: Want{Upstream: named("two")}},
	{Name: "clerk twins, two hosts: not the other's", Config: "clerk-twins", Request: "GET /\nHost: one.example.com\nAuthorization: Bearer {clerk2 header.kid=ins_two}", Want: refusedBecause("token-invalid-issuer")},
	{Name: "clerk twins, two hosts: each to its own Frontend API", Config: "clerk-twins", Request: "GET /\nHost: two.example.com" + document + uatOnly,
		Want: Want{Status: 307, Reason: "client-uat-but-no-session-token", Response: "location: " + handshakeURL("clerk.other.example", "http%3A%2F%2Ftwo.example.com%2F", "client-uat-but-no-session-token")}},

	{Name: "clerk headers: a client's are taken away", Config: "clerk", Request: "GET /\nX-Clerk-Auth-Status: signed-in\nx_clerk_auth_reason: y\nAuthorization: Bearer {clerk}",
		Want: Want{Upstream: clerkUser + "!x-clerk-auth-status\n!x_clerk_auth_reason"}},
}

// named is Clerk's user at a provider of another name.
func named(provider string) string {
	return strings.Replace(clerkUser, "x-identity-provider: clerk", "x-identity-provider: "+provider, 1)
}
