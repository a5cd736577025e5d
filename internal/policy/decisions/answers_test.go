package decisions

import "testing"

// TestAnswers: what everybody is told who does not pass.
func TestAnswers(t *testing.T) {
	const invalid = `< www-authenticate: Bearer realm="app.example.com", error="invalid_token", error_description=`
	const ambiguous = `
		respond denied 400
		x-identity-status: signed-out
		x-identity-reason: authorization-ambiguous
		< www-authenticate: Bearer realm="app.example.com", error="invalid_request", error_description="The request carries credentials that could be read in two ways; send one."`
	const keys = `{"providers": [{DOWN, "fromCookies": ["s"]}], "rules": [{"paths": ["/maybe"], "auth": "optional"}]}`
	const unavailable = `
		respond unavailable 503
		x-identity-status: signed-out
		x-identity-reason: keys-unavailable
		demand down
		< retry-after: 5`
	run(t, []row{
		{"401 without a token names no error", "", "GET /", false, noToken},
		{"401 with a bad token", "", "GET /\nAuthorization: Bearer nonsense", false, `
			respond denied 401
			x-identity-status: signed-out
			x-identity-reason: token-invalid
			` + invalid + `"The session token is not a well-formed JWT."`},
		{"401 with an expired token", "", `GET /
			Authorization: Bearer {mine {"exp":1799999000}}`, false, `
			respond denied 401
			x-identity-status: signed-out
			x-identity-reason: token-expired
			` + invalid + `"The session token has expired; get a new one and try again."`},
		{"401 with a bad cookie", `{"providers": [{MINE, "fromCookies": ["s"]}]}`, "GET /\nCookie: s={mine tamper=signature}", false, `
			respond denied 401
			x-identity-status: signed-out
			x-identity-reason: token-invalid-signature
			` + invalid + `"The signature of the session token is wrong."`},
		{"the realm is the host without its port", "", "GET /\nHost: API.example.com:8443", false, `
			respond denied 401
			x-identity-status: signed-out
			x-identity-reason: token-missing
			< www-authenticate: Bearer realm="api.example.com"`},
		{"a host with quotes is no realm", "", "GET /\nHost: a\"b", false, `
			respond denied 401
			x-identity-status: signed-out
			x-identity-reason: token-missing
			< www-authenticate: Bearer`},
		{"a bad token and no host", "", "GET /\nHost: a\"b\nAuthorization: Bearer x", false, `
			respond denied 401
			x-identity-status: signed-out
			x-identity-reason: token-invalid
			< www-authenticate: Bearer error="invalid_token", error_description="The session token is not a well-formed JWT."`},
		{"403", `{"providers": [{MINE}], "rules": [{"require": [{"claim": "a", "values": ["b"]}]}]}`, bearer("GET /"), false, claimsMismatch},
		{"403 is no redirect", `{"providers": [{MINE}], "signInUrl": "https://accounts.example.com/", "rules": [{"require": [{"claim": "a", "values": ["b"]}]}]}`,
			bearer("GET /") + "\nAccept: text/html", false, claimsMismatch},

		{"400: a comma, a part begins with Bearer", "", "GET /\nAuthorization: Bearer a, Bearer b", false, ambiguous},
		{"400: another scheme before it", "", "GET /\nAuthorization: Basic YTpi, bearer {mine}", false, ambiguous},
		{"400: another header on two lines", `{"providers": [{MINE, "fromHeaders": [{"name": "x-token"}]}]}`,
			"GET /\nX-Token: {mine}\nX-Token: {mine}", false, ambiguous},
		{"400: a parameter with two values", `{"providers": [{MINE, "fromParams": ["t"]}]}`, "GET /?t={mine}&t=x", false, ambiguous},
		{"400 also where a session is optional", `{"providers": [{MINE}], "rules": [{"auth": "optional"}]}`, "GET /\nAuthorization: Bearer a, Bearer b", false, ambiguous},
		{"400 is no redirect", `{"providers": [{MINE}], "signInUrl": "https://accounts.example.com/"}`,
			"GET /\nAccept: text/html\nAuthorization: Bearer a, Bearer b", false, ambiguous},
		{"other schemes may hold commas", "", "GET /\nAuthorization: Digest username=\"a\", nonce=\"b\"", false, noToken},

		{"503 without keys: waits first", keys, "GET /\nAuthorization: Bearer {down}", false, "wait unavailable\ndemand down"},
		{"503 without keys", keys, "GET /\nAuthorization: Bearer {down}", true, unavailable},
		{"503 without keys: a cookie", keys, "GET /\nCookie: s={down}", true, unavailable},
		{"503 where a session is optional", keys, "GET /maybe\nAuthorization: Bearer {down}", true, unavailable},
		{"503 is no redirect", `{"providers": [{DOWN}], "signInUrl": "https://accounts.example.com/"}`,
			"GET /\nAccept: text/html\nAuthorization: Bearer {down}", true, unavailable},
		{"without a token nothing waits", keys, "GET /", false, noToken},
		{"a token that would fail anyway does not wait", keys, `GET /
			Authorization: Bearer {down {"exp":1799999000}}`, false, `
			respond denied 401
			x-identity-status: signed-out
			x-identity-reason: token-expired
			` + invalid + `"The session token has expired; get a new one and try again."`},

		{"HEAD has no body", "", "HEAD /", false, noToken},
		{"problemDetails false", `{"providers": [{MINE}], "problemDetails": false}`, "GET /", false, noToken + "\n< no body"},
		{"gRPC 16", "", "POST /a.B/C\nContent-Type: application/grpc", false, noToken + "\n< grpc 16 Unauthorized"},
		{"gRPC 16, a subtype", "", "POST /a.B/C\nContent-Type: application/grpc+proto", false, noToken + "\n< grpc 16 Unauthorized"},
		{"gRPC 7", `{"providers": [{MINE}], "rules": [{"require": [{"claim": "a", "values": ["b"]}]}]}`,
			bearer("POST /a.B/C") + "\nContent-Type: application/grpc", false, claimsMismatch + "\n< grpc 7 Forbidden"},
		{"gRPC 14", keys, "POST /a.B/C\nContent-Type: application/grpc\nAuthorization: Bearer {down}", true, unavailable + "\n< grpc 14 Service Unavailable"},
		{"gRPC 3", "", "POST /a.B/C\nContent-Type: application/grpc\nAuthorization: Bearer a,Bearer b", false, ambiguous + "\n< grpc 3 Bad Request"},
		{"gRPC-Web is no gRPC", "", "POST /a.B/C\nContent-Type: application/grpc-web", false, noToken},
		{"gRPC and problemDetails false", `{"providers": [{MINE}], "problemDetails": false}`,
			"POST /a.B/C\nContent-Type: application/grpc", false, noToken + "\n< grpc 16 Unauthorized"},

		{"clerk: its headers, too", `{"providers": [{CLERK}]}`, "GET /", false, `
			respond denied 401
			x-identity-status: signed-out
			x-identity-reason: session-token-and-uat-missing
			< www-authenticate: Bearer realm="app.example.com"
			< x-clerk-auth-status: signed-out
			< x-clerk-auth-reason: session-token-and-uat-missing
			< x-clerk-auth-message: Nobody is signed in; sign in and try again.`},
		{"clerk: 403", `{"providers": [{CLERK}], "rules": [{"require": [{"claim": "org_role", "values": ["org:admin"]}]}]}`,
			"GET /\nAuthorization: Bearer {clerk}", false, clerkMismatch + `
			< x-clerk-auth-status: signed-in
			< x-clerk-auth-reason: claims-mismatch
			< x-clerk-auth-message: The signed-in user may not do this.`},
		{"clerk: a handshake", `{"providers": [{CLERK}]}`, "GET /a?b=c\nAccept: text/html\nCookie: __client_uat=1799999000", false, `
			respond handshake 307
			x-identity-status: signed-out
			x-identity-reason: client-uat-but-no-session-token
			< location: https://clerk.example.com/v1/client/handshake?redirect_url=https%3A%2F%2Fapp.example.com%2Fa%3Fb%3Dc&__clerk_api_version=2026-05-12&suffixed_cookies=false&__clerk_hs_reason=client-uat-but-no-session-token` + clerkAsksAgain},
		{"clerk: a handshake where a session is optional", `{"providers": [{CLERK}], "rules": [{"auth": "optional", "onFailure": "deny"}]}`,
			"GET /a\nAccept: text/html\nCookie: __client_uat=1799999000", false, `
			respond handshake 307
			x-identity-status: signed-out
			x-identity-reason: client-uat-but-no-session-token
			< location: https://clerk.example.com/v1/client/handshake?redirect_url=https%3A%2F%2Fapp.example.com%2Fa&__clerk_api_version=2026-05-12&suffixed_cookies=false&__clerk_hs_reason=client-uat-but-no-session-token` + clerkAsksAgain},
		{"clerk: no handshake for another protocol", `{"providers": [{CLERK}]}`, "GET /a\nUpgrade: websocket\nAccept: text/html\nCookie: __client_uat=1799999000", false, `
			respond denied 401
			x-identity-status: signed-out
			x-identity-reason: client-uat-but-no-session-token
			< www-authenticate: Bearer realm="app.example.com"
			< x-clerk-auth-status: signed-out
			< x-clerk-auth-reason: client-uat-but-no-session-token
			< x-clerk-auth-message: This browser was signed in, but its session token is missing; reload the page.`},
		{"clerk: no handshake on skip", `{"providers": [{CLERK}], "rules": [{"auth": "skip"}]}`,
			"GET /a\nAccept: text/html\nCookie: __client_uat=1799999000", false, skipped},
	})
}

// TestFailed: the answer after a panic.
func TestFailed(t *testing.T) {
	for name, test := range map[string]struct{ config, request, want string }{
		"HTTP": {"", "GET /", "respond failed 500"},
		"gRPC": {"", "POST /\nContent-Type: application/grpc", "respond failed 500\n< grpc 13 Internal Server Error"},
		"bare": {`{"providers": [{MINE}], "problemDetails": false}`, "GET /", "respond failed 500\n< no body"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, test.config)
			r := b.read(test.request)
			if got := b.text(t, r, b.policy.Failed(r)); got != test.want {
				t.Error(got)
			}
		})
	}
}
