package e2e

// sentTo is a redirect of somebody without a token to a sign-in page; page ends
// where the request's own URL, form-encoded, begins.
func sentTo(page, own string) Want { return sentFor("token-missing", page, own) }

func sentFor(reason, page, own string) Want {
	return Want{Status: 307, Reason: reason, Response: "location: " + page + own + "\ncache-control: no-store"}
}

const (
	accounts = "https://accounts.example.com/sign-in?redirect_url="
	html     = "\nAccept: text/html,application/xhtml+xml"
)

// answerRows: what everybody is told who does not pass.
var answerRows = []Row{
	{Name: "sign-in: a document", Config: "rules", Request: "GET /a?b=c" + html, Want: sentTo(accounts, "http%3A%2F%2Fapp.example.com%2Fa%3Fb%3Dc")},
	{Name: "sign-in: a document, said so", Config: "rules", Request: "GET /a\nSec-Fetch-Dest: document", Want: sentTo(accounts, "http%3A%2F%2Fapp.example.com%2Fa")},
	{Name: "sign-in: an iframe", Config: "rules", Request: "GET /a\nSec-Fetch-Dest: iframe", Want: sentTo(accounts, "http%3A%2F%2Fapp.example.com%2Fa")},
	{Name: "sign-in: a script's fetch", Config: "rules", Request: "GET /a\nSec-Fetch-Dest: empty" + html, Want: denied(401, "token-missing")},
	{Name: "sign-in: an image", Config: "rules", Request: "GET /a\nSec-Fetch-Dest: image\nAccept: image/png", Want: denied(401, "token-missing")},
	{Name: "sign-in: an API client", Config: "rules", Request: "GET /a\nAccept: application/json", Want: denied(401, "token-missing")},
	{Name: "sign-in: a form", Config: "rules", Request: "POST /a" + html, Want: denied(401, "token-missing")},
	{Name: "sign-in: HEAD", Config: "rules", Request: "HEAD /a" + html, Want: denied(401, "token-missing")},
	{Name: "sign-in: a document with a bad cookie", Config: "rules", Request: "GET /a\nCookie: session={plain exp=-60s}" + html, Want: sentFor("token-expired", accounts, "http%3A%2F%2Fapp.example.com%2Fa")},
	{Name: "sign-in: ambiguous is no reason to sign in", Config: "rules", Request: "GET /a\nAuthorization: Bearer a, Bearer b" + html, Want: denied(400, "authorization-ambiguous")},
	{Name: "sign-in: a rule's page", Config: "rules", Request: "GET /page" + html, Want: sentTo("https://rule.example.com/in?app=1&redirect_url=", "http%3A%2F%2Fapp.example.com%2Fpage")},
	{Name: "sign-in: a rule that denies", Config: "rules", Request: "GET /deny" + html, Want: denied(401, "token-missing")},
	{Name: "sign-in: a rule that redirects everything", Config: "rules", Request: "GET /redirect", Want: sentTo(accounts, "http%3A%2F%2Fapp.example.com%2Fredirect")},
	{Name: "sign-in: a rule that redirects HEAD, too", Config: "rules", Request: "HEAD /redirect", Want: sentTo(accounts, "http%3A%2F%2Fapp.example.com%2Fredirect")},
	{Name: "sign-in: a rule that redirects no POST", Config: "rules", Request: "POST /redirect", Want: denied(401, "token-missing")},
	{Name: "sign-in: a port stays", Config: "rules", Request: "GET /a\nHost: app.example.com:8443" + html, Want: sentTo(accounts, "http%3A%2F%2Fapp.example.com%3A8443%2Fa")},
	{Name: "sign-in: https in front", Config: "rules", Request: "GET /a\nX-Forwarded-Proto: https" + html, Want: sentTo(accounts, "https%3A%2F%2Fapp.example.com%2Fa")},
	{Name: "sign-in: a forwarded host is not believed", Config: "rules", Request: "GET /a\nX-Forwarded-Host: evil.example" + html, Want: sentTo(accounts, "http%3A%2F%2Fapp.example.com%2Fa")},
	{Name: "sign-in: a URL that is too long for another one", Config: "rules", Request: "GET /a?{repeat x 9000}" + html, Want: denied(401, "token-missing")},
	{Name: "sign-in: a path that looks like a host", Config: "rules", Request: "GET //evil.example/a" + html, Want: sentTo(accounts, "http%3A%2F%2Fapp.example.com%2F%2Fevil.example%2Fa")},
	{Name: "sign-in: a query stays byte for byte", Config: "rules", Request: "GET /a?b=%41+c&&d" + html, Want: sentTo(accounts, "http%3A%2F%2Fapp.example.com%2Fa%3Fb%3D%2541%2Bc%26%26d")},
	{Name: "sign-in: Clerk's parameters go", Config: "rules", Request: "GET /a?b=c&__clerk_db_jwt=x&__clerk_handshake=y" + html, Want: sentTo(accounts, "http%3A%2F%2Fapp.example.com%2Fa%3Fb%3Dc")},
	{Name: "sign-in: the page itself", Config: "rules", Request: "GET /sign-in/\nHost: accounts.example.com" + html, Want: denied(401, "token-missing")},
	{Name: "sign-in: the page itself behind another host", Config: "rules", Request: "GET /sign-in?redirect_url=http%3A%2F%2Fapp.example.com%2Fa" + html, Want: denied(401, "token-missing")},
	{Name: "sign-in: trusted forwarded host", Config: "forwarded", Request: "GET /a?token=x&b=c\nX-Forwarded-Host: www.example.com, inner" + html,
		Want: sentFor("token-invalid", "https://accounts.example.com/?app=1&redirect_url=", "http%3A%2F%2Fwww.example.com%2Fa%3Fb%3Dc")},
	{Name: "sign-in: a forwarded host that is none", Config: "forwarded", Request: "GET /a\nX-Forwarded-Host: evil.example/x" + html,
		Want: sentTo("https://accounts.example.com/?app=1&redirect_url=", "http%3A%2F%2Fapp.example.com%2Fa")},
	{Name: "sign-in: a page on the own host", Config: "own-page", Request: "GET /a" + html, Want: sentTo("/sign-in?redirect_url=", "http%3A%2F%2Fapp.example.com%2Fa")},
	{Name: "sign-in: the own page passes", Config: "own-page", Request: "GET /sign-in?redirect_url=x" + html, Want: signedOut("token-missing")},
	{Name: "sign-in: the own page where it needs a session", Config: "own-page", Request: "GET /sign-in\nHost: www.example.com" + html, Want: denied(401, "token-missing")},
	{Name: "sign-in: the own page in other words", Config: "own-page", Request: "GET /x/../%53ign-in\nHost: www.example.com" + html, Want: denied(401, "token-missing")},

	{Name: "answer: a 401 names the token's fault", Config: "inline", Request: "GET /\nAuthorization: Bearer {plain exp=-60s}", Want: Want{Status: 401, Reason: "token-expired",
		Response: `www-authenticate: Bearer realm="app.example.com", error="invalid_token", error_description="The session token has expired; get a new one and try again."
			cache-control: no-store`}},
	{Name: "answer: a 401 without a token names none", Config: "inline", Request: "GET /", Want: Want{Status: 401, Reason: "token-missing",
		Response: `www-authenticate: Bearer realm="app.example.com"`, Body: `"title":"Unauthorized"`}},
	{Name: "answer: the realm is the host", Config: "inline", Request: "GET /\nHost: API.example.com:8443", Want: Want{Status: 401, Reason: "token-missing",
		Response: `www-authenticate: Bearer realm="api.example.com"`}},
	{Name: "answer: 400", Config: "inline", Request: "GET /\nAuthorization: Basic YTpi, Bearer {plain}", Want: Want{Status: 400, Reason: "authorization-ambiguous",
		Response: `www-authenticate ~ error="invalid_request"`, Body: `"title":"Bad Request"`}},
	{Name: "answer: 400 for more parts than anybody needs", Config: "inline", Request: "GET /\nAuthorization: Digest {repeat a=b, 200}", Want: denied(400, "authorization-ambiguous")},
	{Name: "answer: another scheme may have commas", Config: "inline", Request: "GET /\nAuthorization: Digest {repeat a=b, 100}\nCookie: session={plain}", Want: Want{Upstream: plainUser + "authorization ~ Digest a=b"}},
	{Name: "answer: 400 for two lines", Config: "inline", Request: "GET /\nAuthorization: Basic YTpi\nAuthorization: Bearer {plain}", Want: denied(400, "authorization-ambiguous"),
		NotOn: map[host]string{onWazero: emulatorJoins}},
	{Name: "answer: 400 for another header on two lines", Config: "params", Request: "GET /\nX-Token: {plain}\nX-Token: {plain}", Want: denied(400, "authorization-ambiguous"),
		NotOn: map[host]string{onWazero: emulatorJoins}},
	{Name: "answer: 400 for a parameter with two values", Config: "params", Request: "GET /?token={plain}&token=x", Want: denied(400, "authorization-ambiguous")},
	{Name: "answer: 503", Config: "down", Request: "GET /\nAuthorization: Bearer {down}", Want: Want{Status: 503, Reason: "keys-unavailable", Response: "retry-after: 5\n!www-authenticate"}},
	{Name: "answer: 503 to gRPC", Config: "down", HTTP2: true, Request: "POST /a.B/C\nContent-Type: application/grpc\nTE: trailers\nAuthorization: Bearer {down}", Want: Want{GRPC: 14, Reason: "keys-unavailable"}},
	{Name: "answer: 403 to gRPC", Config: "require", HTTP2: true, Request: "POST /role\nContent-Type: application/grpc+proto\nTE: trailers" + asPlain, Want: Want{GRPC: 7, Reason: "claims-mismatch"}},
	{Name: "answer: 400 to gRPC", Config: "require", HTTP2: true, Request: "POST /role\nContent-Type: application/grpc\nTE: trailers\nAuthorization: Bearer a, Bearer b", Want: Want{GRPC: 3, Reason: "authorization-ambiguous"}},
	{Name: "answer: gRPC is never sent to sign in", Config: "rules", HTTP2: true, Request: "GET /redirect\nContent-Type: application/grpc\nTE: trailers", Want: Want{GRPC: 16, Reason: "token-missing"}},
	{Name: "answer: gRPC-Web is plain HTTP", Config: "inline", Request: "POST /a.B/C\nContent-Type: application/grpc-web", Want: denied(401, "token-missing")},
	{Name: "answer: an upgrade is never sent to sign in", Config: "rules", Request: "GET /redirect\nUpgrade: websocket\nConnection: Upgrade", Want: denied(401, "token-missing")},
	{Name: "answer: bare 401", Config: "bare", Request: "GET /", Want: Want{Status: 401, Reason: "token-missing", Response: `www-authenticate: Bearer realm="app.example.com"
		!content-type`}},
	{Name: "answer: bare 403", Config: "bare", Request: "GET /admin" + asPlain, Want: Want{Status: 403, Reason: "claims-mismatch", Response: "!content-type"}},
	{Name: "answer: HEAD and a bad token", Config: "inline", Request: "HEAD /\nAuthorization: Bearer {plain tamper=signature}", Want: denied(401, "token-invalid-signature")},
	{Name: "answer: clerk's users find their headers", Config: "organisation", Request: "GET /\nAuthorization: Bearer {clerk exp=-60s}", Want: Want{Status: 401, Reason: "session-token-expired",
		Response: `x-clerk-auth-status: signed-out
			x-clerk-auth-reason: session-token-expired
			x-clerk-auth-message: The session token has expired; get a new one and try again.`}},
	{Name: "answer: clerk's headers on a 403", Config: "organisation", Request: "GET /admin\nAuthorization: Bearer {clerk -o -fea}", Want: Want{Status: 403, Reason: "claims-mismatch",
		Response: "x-clerk-auth-status: signed-in\nx-clerk-auth-reason: claims-mismatch"}},
}

const preflight = "OPTIONS /a\nOrigin: https://app.example.com\nAccess-Control-Request-Method: PUT"

// originRows: requests of pages, with CORS and cookies.
var originRows = []Row{
	{Name: "preflight: passes", Config: "inline", Request: preflight, Want: signedOut("cors-preflight")},
	{Name: "preflight: with headers asked for", Config: "inline", Request: preflight + "\nAccess-Control-Request-Headers: authorization", Want: signedOut("cors-preflight")},
	{Name: "preflight: other methods' names go", Config: "inline", Request: preflight + "\nX-HTTP-Method-Override: PUT\nX-Method-Override: PUT",
		Want: Want{Reason: "cors-preflight", Upstream: "x-identity-status: signed-out\n!x-http-method-override\n!x-method-override"}},
	{Name: "preflight: a token in a parameter goes", Config: "params", Request: "OPTIONS /a?token=x&b=c\nOrigin: https://app.example.com\nAccess-Control-Request-Method: PUT",
		Want: Want{Reason: "cors-preflight", Upstream: "x-identity-status: signed-out\n:path: /a?b=c"}},
	{Name: "preflight: with Authorization it is none", Config: "inline", Request: preflight + "\nAuthorization: Basic YTpi", Want: denied(401, "token-missing")},
	{Name: "preflight: with a cookie it is none", Config: "inline", Request: preflight + "\nCookie: a=b", Want: denied(401, "token-missing")},
	{Name: "preflight: with a body it is none", Config: "inline", Request: preflight + "\n\nx", Want: denied(401, "token-missing")},
	{Name: "preflight: without Origin it is none", Config: "inline", Request: "OPTIONS /a\nAccess-Control-Request-Method: PUT", Want: denied(401, "token-missing")},
	{Name: "preflight: without a method it is none", Config: "inline", Request: "OPTIONS /a\nOrigin: https://app.example.com", Want: denied(401, "token-missing")},
	{Name: "preflight: switched off", Config: "no-preflight", Request: preflight, Want: denied(401, "token-missing")},
	{Name: "preflight: skip is skip", Config: "rules", Request: "OPTIONS /open\nOrigin: https://app.example.com\nAccess-Control-Request-Method: PUT"},

	{Name: "origin: the own page", Config: "origins", Request: "POST /a\nOrigin: https://app.example.com\nCookie: session={plain}", Want: Want{Upstream: plainUser}},
	{Name: "origin: another page", Config: "origins", Request: "POST /a\nOrigin: https://evil.example\nCookie: session={plain}", Want: Want{Status: 403, Reason: "origin-not-allowed", Response: "!www-authenticate", Logged: plainUser}},
	{Name: "origin: another page, where a session is optional", Config: "origins", Request: "POST /maybe\nOrigin: https://evil.example\nCookie: session={plain}", Want: denied(403, "origin-not-allowed")},
	{Name: "origin: null", Config: "origins", Request: "DELETE /a\nOrigin: null\nCookie: session={plain}", Want: denied(403, "origin-not-allowed")},
	{Name: "origin: none", Config: "origins", Request: "POST /a\nCookie: session={plain}", Want: Want{Upstream: plainUser}},
	{Name: "origin: GET", Config: "origins", Request: "GET /a\nOrigin: https://evil.example\nCookie: session={plain}", Want: Want{Upstream: plainUser}},
	{Name: "origin: a bearer token", Config: "origins", Request: "POST /a\nOrigin: https://evil.example" + asPlain, Want: Want{Upstream: plainUser}},
	{Name: "origin: another page's WebSocket", Config: "origins", Request: "GET /a\nOrigin: https://evil.example\nUpgrade: websocket\nConnection: Upgrade\nCookie: session={plain}", Want: denied(403, "origin-not-allowed")},
	{Name: "origin: nobody", Config: "origins", Request: "POST /a\nOrigin: https://evil.example", Want: denied(401, "token-missing")},
}
