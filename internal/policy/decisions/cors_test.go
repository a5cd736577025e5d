package decisions

import "testing"

// TestPreflight: CORS preflights, which carry no credentials.
func TestPreflight(t *testing.T) {
	const preflight = "OPTIONS /a\nOrigin: https://app.example.com\nAccess-Control-Request-Method: PUT"
	const passes = `
		forward signed-out
		x-identity-status: signed-out
		x-identity-reason: cors-preflight`
	run(t, []row{
		{"passes", "", preflight, false, passes},
		{"passes with headers asked for", "", preflight + "\nAccess-Control-Request-Headers: authorization", false, passes},
		{"identity headers go", "", preflight + "\nX-Identity-User-Id: a", false, `
			forward signed-out
			-x-identity-user-id
			x-identity-status: signed-out
			x-identity-reason: cors-preflight`},
		{"tokens go", `{"providers": [{MINE, "fromHeaders": [{"name": "x-token"}], "fromParams": ["t"]}]}`,
			"OPTIONS /a?t=x\nOrigin: https://app.example.com\nAccess-Control-Request-Method: PUT\nX-Token: y", false, `
			forward signed-out
			-x-token
			:path: /a
			x-identity-status: signed-out
			x-identity-reason: cors-preflight`},
		{"another method's name goes", "", preflight + "\nX-HTTP-Method-Override: DELETE\nx_http_method: DELETE\nX-Method-Override: DELETE", false, `
			forward signed-out
			-x-http-method-override
			-x_http_method
			-x-method-override
			x-identity-status: signed-out
			x-identity-reason: cors-preflight`},
		{"switched off", `{"providers": [{MINE}], "bypassCorsPreflight": false}`, preflight, false, noToken},
		{"GET is none", "", "GET /a\nOrigin: https://app.example.com\nAccess-Control-Request-Method: PUT", false, noToken},
		{"without Origin", "", "OPTIONS /a\nAccess-Control-Request-Method: PUT", false, noToken},
		{"without a method", "", "OPTIONS /a\nOrigin: https://app.example.com", false, noToken},
		{"two Origins", "", preflight + "\nOrigin: https://other.example", false, noToken},
		{"two methods", "", preflight + "\nAccess-Control-Request-Method: GET", false, noToken},
		{"with Authorization", "", preflight + "\nAuthorization: Basic YTpi", false, noToken},
		{"with a cookie", "", preflight + "\nCookie: a=b", false, noToken},
		{"with a body", "", preflight + "\nContent-Length: 1", false, noToken},
		{"with a chunked body", "", preflight + "\nTransfer-Encoding: chunked", false, noToken},
		{"with an empty body", "", preflight + "\nContent-Length: 0", false, passes},
		{"on a skip rule", `{"providers": [{MINE}], "rules": [{"auth": "skip"}]}`, preflight, false, skipped},
		{"with a path of control characters", "", "OPTIONS /%00\nOrigin: https://app.example.com\nAccess-Control-Request-Method: PUT", false, `
			respond denied 400
			x-identity-status: signed-out
			x-identity-reason: path-invalid`},
	})
}

// TestAllowedOrigins: other pages' requests with the browser's cookie.
func TestAllowedOrigins(t *testing.T) {
	const config = `{"providers": [{MINE, "fromCookies": ["s"]}], "allowedOrigins": ["https://app.example.com"], "signInUrl": "https://a.example.com", "rules": [
		{"paths": ["/maybe"], "auth": "optional"}, {"paths": ["/log"], "onFailure": "log"}]}`
	const cookie = "\nCookie: s={mine}"
	const asUser = "forward signed-in\n-cookie" + user1
	const refused = `
		respond denied 403
		x-identity-status: signed-in
		x-identity-reason: origin-not-allowed
		x-identity-provider: mine
		x-identity-user-id: user_1
		< vary: origin`
	run(t, []row{
		{"POST from the own page", config, "POST /a\nOrigin: https://app.example.com" + cookie, false, asUser},
		{"POST from another page", config, "POST /a\nOrigin: https://evil.example" + cookie, false, refused},
		{"POST from a page without an origin", config, "POST /a\nOrigin: null" + cookie, false, refused},
		{"POST without Origin", config, "POST /a" + cookie, false, asUser},
		{"POST with two Origins", config, "POST /a\nOrigin: https://app.example.com\nOrigin: https://evil.example" + cookie, false, refused},
		{"an origin that only begins alike", config, "POST /a\nOrigin: https://app.example.com.evil.example" + cookie, false, refused},
		{"another scheme", config, "POST /a\nOrigin: http://app.example.com" + cookie, false, refused},
		{"another port", config, "POST /a\nOrigin: https://app.example.com:8443" + cookie, false, refused},
		{"GET", config, "GET /a\nOrigin: https://evil.example" + cookie, false, asUser},
		{"HEAD", config, "HEAD /a\nOrigin: https://evil.example" + cookie, false, asUser},
		{"DELETE", config, "DELETE /a\nOrigin: https://evil.example" + cookie, false, refused},
		{"a WebSocket from the own page", config, "GET /a\nUpgrade: websocket\nOrigin: https://app.example.com" + cookie, false, asUser},
		{"a WebSocket from another page", config, "GET /a\nUpgrade: websocket\nOrigin: https://evil.example" + cookie, false, refused},
		{"a bearer token comes from no browser by itself", config, bearer("POST /a") + "\nOrigin: https://evil.example", false, asUser1},
		{"where a session is optional", config, "POST /maybe\nOrigin: https://evil.example" + cookie, false, refused},
		{"where a session is optional and there is none", config, "POST /maybe\nOrigin: https://evil.example", false, passesWithout},
		{"log", config, "POST /log\nOrigin: https://evil.example" + cookie, false, `
			forward denied logged
			x-identity-status: signed-in
			x-identity-reason: origin-not-allowed
			x-identity-provider: mine
			x-identity-user-id: user_1`},
		{"not checked", `{"providers": [{MINE, "fromCookies": ["s"]}]}`, "POST /a\nOrigin: https://evil.example" + cookie, false, asUser},
	})
}
