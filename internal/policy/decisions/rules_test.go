package decisions

import "testing"

// TestRules: which rule a request falls under, and whether it needs a session.
func TestRules(t *testing.T) {
	const public = `{"providers": [{MINE}], "rules": [{"paths": ["/public", "/public/*"], "auth": "skip"}, {"paths": ["/maybe"], "auth": "optional"}]}`
	const admin = `{"providers": [{MINE}], "rules": [{"paths": ["/admin", "/admin/*"], "hosts": ["app.example.com"], "methods": ["GET"]}, {"auth": "skip"}]}`
	const nots = `{"providers": [{MINE}], "rules": [
		{"notPaths": ["/public*"], "notHosts": ["*.internal.example"], "notMethods": ["OPTIONS", "HEAD"]}, {"auth": "skip"}]}`
	const noAuthority = `
		respond denied 400
		x-identity-status: signed-out
		x-identity-reason: authority-invalid`
	run(t, []row{
		{"no rules: no session", "", "GET /", false, noToken},
		{"no rules: a session", "", bearer("GET /"), false, asUser1},
		{"skip: nothing is looked at", public, "GET /public\nAuthorization: Bearer {mine tamper=signature}", false, skipped},
		{"skip: a prefix", public, "GET /public/a/b", false, skipped},
		{"skip: a query does not count", public, "GET /public?a=/b", false, skipped},
		{"skip: identity headers go", public, "GET /public\nX-Identity-User-Id: mallory", false, "forward skipped\n-x-identity-user-id"},
		{"a path without a rule", public, "GET /publicity", false, noToken},
		{"optional: nobody", public, "GET /maybe", false, passesWithout},
		{"optional: somebody", public, bearer("GET /maybe"), false, asUser1},
		{"optional: a bad token is no session", public, "GET /maybe\nAuthorization: Bearer {mine tamper=signature}", false, `
			forward signed-out
			-authorization
			x-identity-status: signed-out
			x-identity-reason: token-invalid-signature`},
		{"optional: an expired token is no session", public, `GET /maybe
			Authorization: Bearer {mine {"exp":1799999000}}`, false, `
			forward signed-out
			-authorization
			x-identity-status: signed-out
			x-identity-reason: token-expired`},
		{"the first rule counts", `{"providers": [{MINE}], "rules": [{"paths": ["/a*"], "auth": "skip"}, {"paths": ["/ab"]}]}`,
			"GET /ab", false, skipped},

		{"all conditions of a rule hold", admin, "GET /admin/x", false, noToken},
		{"another host", admin, "GET /admin\nHost: www.example.com", false, skipped},
		{"another method", admin, "POST /admin", false, skipped},
		{"another path", admin, "GET /administrators", false, skipped},
		{"hosts without port and capitals", admin, "GET /admin\nHost: APP.Example.com:8080", false, `
			respond denied 401
			x-identity-status: signed-out
			x-identity-reason: token-missing
			< www-authenticate: Bearer realm="app.example.com"`},
		{"a forwarded host is no host", admin, "GET /admin\nHost: www.example.com\nX-Forwarded-Host: app.example.com", false, skipped},
		{"an authority that is none, beside hosts", `{"providers": [{MINE}], "rules": [{"hosts": ["*"], "auth": "skip"}]}`,
			"GET /\nHost: app.example.com/evil", false, noAuthority},
		{"an authority that is none, beside notHosts", `{"providers": [{MINE}], "rules": [{"notHosts": ["admin.example.com"], "auth": "skip"}]}`,
			"GET /\nHost: admin.example.com@evil", false, noAuthority},
		{"methods are exact", `{"providers": [{MINE}], "rules": [{"methods": ["GET"], "auth": "skip"}]}`, "get /", false, noToken},

		{"not: none of them", nots, "GET /x", false, noToken},
		{"not: the path", nots, "GET /public.html", false, skipped},
		{"not: the host", nots, "GET /x\nHost: a.internal.example", false, skipped},
		{"not: the method", nots, "HEAD /x", false, skipped},
		{"a list and its not", `{"providers": [{MINE}], "rules": [{"paths": ["/a/*"], "notPaths": ["/a/b"], "auth": "skip"}]}`,
			"GET /a/b", false, noToken},
		{"a list and its not: the rest", `{"providers": [{MINE}], "rules": [{"paths": ["/a/*"], "notPaths": ["/a/b"], "auth": "skip"}]}`,
			"GET /a/c", false, skipped},
		{"templates: one segment", `{"providers": [{MINE}], "rules": [{"paths": ["/u/{*}/photo"], "auth": "skip"}]}`,
			"GET /u/7/photo", false, skipped},
		{"templates: not two", `{"providers": [{MINE}], "rules": [{"paths": ["/u/{*}/photo"], "auth": "skip"}]}`,
			"GET /u/7/8/photo", false, noToken},
		{"templates: any number", `{"providers": [{MINE}], "rules": [{"paths": ["/s/{**}/x.css"], "auth": "skip"}]}`,
			"GET /s/1/2/x.css", false, skipped},
		{"suffixes", `{"providers": [{MINE}], "rules": [{"paths": ["*.css"], "auth": "skip"}]}`, "GET /a/b.css", false, skipped},
	})
}

// TestReadings: paths that servers could read in several ways must pass the
// rules of all of them.
func TestReadings(t *testing.T) {
	const admin = `{"providers": [{MINE}], "rules": [{"paths": ["/admin", "/admin/*"]}, {"auth": "skip"}]}`
	const open = `{"providers": [{MINE}], "rules": [{"paths": ["/open", "/open/*"], "auth": "skip"}]}`
	const capital = `{"providers": [{MINE}], "rules": [{"paths": ["/Admin"]}, {"auth": "skip"}]}`
	const invalid = `
		respond denied 400
		x-identity-status: signed-out
		x-identity-reason: path-invalid`
	run(t, []row{
		{"encoded letters", admin, "GET /%61dmin", false, noToken},
		{"encoded twice", admin, "GET /%2561dmin", false, noToken},
		{"encoded slash", admin, "GET /admin%2Fx", false, noToken},
		{"dot segments", admin, "GET /open/../admin", false, noToken},
		{"encoded dot segments", admin, "GET /open/%2e%2e/admin", false, noToken},
		{"dot segments behind an encoded slash", admin, "GET /open%2f..%2fadmin", false, noToken},
		{"two slashes", admin, "GET //admin", false, noToken},
		{"backslash", admin, `GET /open\..\admin`, false, noToken},
		{"parameter of a segment", admin, "GET /admin;a=b/x", false, noToken},
		{"capitals in the path", admin, "GET /ADMIN", false, noToken},
		{"capitals in the rule", capital, "GET /admin", false, noToken},
		{"absolute form", admin, "GET http://app.example.com/admin", false, noToken},
		{"all readings skipped", open, "GET /open/a%2Fb", false, skipped},
		{"out of the open part", open, "GET /open/..%2fsecret", false, noToken},
		{"a harmless %2F", "", bearer("GET /files/a%2Fb"), false, asUser1},
		{"a session passes every reading", admin, bearer("GET /open/%2e%2e/admin"), false, asUser1},
		{"control character", admin, "GET /a%00b", false, invalid},
		{"control character, encoded twice", admin, "GET /a%250ab", false, invalid},
		{"control character with a session", admin, bearer("GET /a%0d%0ab"), false, invalid},
		{"empty path", admin, "GET", false, skipped},
		{"empty path and a query", `{"providers": [{MINE}], "rules": [{"paths": ["/"], "auth": "skip"}]}`, "GET http://app.example.com?a=b", false, skipped},
		{"no path at all", admin, "GET admin", false, invalid},
		{"CONNECT has no path", `{"providers": [{MINE}], "rules": [{"paths": ["/*"], "auth": "skip"}]}`, "CONNECT app.example.com:443", false, noToken},
		{"CONNECT and a rule for everything", `{"providers": [{MINE}], "rules": [{"paths": ["*"], "auth": "skip"}]}`, "CONNECT app.example.com:443", false, skipped},
		{"OPTIONS *", `{"providers": [{MINE}], "rules": [{"paths": ["/*"], "auth": "skip"}]}`, "OPTIONS *", false, noToken},
		{"OPTIONS * and a rule for methods", `{"providers": [{MINE}], "rules": [{"methods": ["OPTIONS"], "auth": "skip"}]}`, "OPTIONS *", false, skipped},
		{"* is no path of GET", `{"providers": [{MINE}], "rules": [{"auth": "skip"}]}`, "GET *", false, invalid},

		{"optional and required: required", `{"providers": [{MINE}], "rules": [{"paths": ["/a/*"], "auth": "optional"}, {"paths": ["/b"]}]}`,
			"GET /a/%2e%2e/b", false, noToken},
		{"requirements of every reading", `{"providers": [{MINE}], "rules": [
			{"paths": ["/open/*"]}, {"paths": ["/admin"], "require": [{"claim": "role", "values": ["admin"]}]}]}`,
			bearer("GET /open/%2e%2e/admin"), false, claimsMismatch},
		{"two providers, one session", `{"providers": [{MINE}, {OTHER}], "rules": [
			{"paths": ["/a/*"], "providers": ["mine"]}, {"paths": ["/b"], "providers": ["mine", "other"]}]}`,
			bearer("GET /a/%2e%2e/b"), false, asUser1},
		{"two providers, two answers", `{"providers": [{MINE}, {OTHER}], "rules": [
			{"paths": ["/a/*"], "providers": ["mine"]}, {"paths": ["/b"], "providers": ["other"]}]}`,
			bearer("GET /a/%2e%2e/b"), false, `
			respond denied 401
			x-identity-status: signed-out
			x-identity-reason: jwk-kid-mismatch
			< www-authenticate: Bearer realm="app.example.com", error="invalid_token", error_description="The session token is signed with a key that its issuer does not publish."`},
		{"signed-in for one reading, unknown for another", `{"providers": [{MINE}, {OTHER}], "rules": [
			{"paths": ["/a/*"], "providers": ["mine"]}, {"paths": ["/b"], "providers": ["other"], "auth": "optional"}]}`,
			bearer("GET /a/%2e%2e/b"), false, `
			respond denied 401
			x-identity-status: signed-out
			x-identity-reason: token-invalid-issuer
			< www-authenticate: Bearer realm="app.example.com", error="invalid_token", error_description="The session token comes from an issuer that is not accepted here."`},
		{"optional everywhere: nobody agrees on a user", `{"providers": [{MINE}, {OTHER}], "rules": [
			{"paths": ["/a/*"], "providers": ["mine"], "auth": "optional"}, {"paths": ["/b"], "providers": ["other"], "auth": "optional"}]}`,
			bearer("GET /a/%2e%2e/b"), false, `
			forward signed-out
			-authorization
			x-identity-status: signed-out
			x-identity-reason: token-invalid-issuer`},
		{"two users in two cookies", `{"providers": [{MINE, "fromCookies": ["a"]}, {OTHER, "fromCookies": ["b"]}], "rules": [
			{"paths": ["/a/*"], "providers": ["mine"]}, {"paths": ["/b"], "providers": ["other"]}]}`,
			"GET /a/%2e%2e/b\nCookie: a={mine}; b={other}", false, `
			respond denied 401
			x-identity-status: signed-out
			x-identity-reason: token-invalid-issuer
			< www-authenticate: Bearer realm="app.example.com", error="invalid_token", error_description="The session token comes from an issuer that is not accepted here."`},
		{"log for one reading does not open the other", `{"providers": [{MINE}], "rules": [
			{"paths": ["/a/*"], "onFailure": "log"}, {"paths": ["/b"]}]}`,
			"GET /a/%2e%2e/b", false, noToken},
	})
}

// TestProviders: a rule reads the sources of its providers, and no others.
func TestProviders(t *testing.T) {
	const two = `{"providers": [{MINE, "fromCookies": ["a"]}, {OTHER, "fromCookies": ["b"], "forwardOriginalToken": true}], "rules": [
		{"paths": ["/mine"], "providers": ["mine"]}, {"paths": ["/other"], "providers": ["other"]}, {"paths": ["/maybe"], "providers": ["mine"], "auth": "optional"}]}`
	run(t, []row{
		{"a bearer token, the issuer picks the first", two, bearer("GET /"), false, asUser1},
		{"a bearer token, the issuer picks the second", two, "GET /\nAuthorization: Bearer {other}", false, "forward signed-in" + user2},
		{"an issuer of nobody", two, `GET /
			Authorization: Bearer {mine {"iss":"https://evil.example"}}`, false, `
			respond denied 401
			x-identity-status: signed-out
			x-identity-reason: token-invalid-issuer
			< www-authenticate: Bearer realm="app.example.com", error="invalid_token", error_description="The session token comes from an issuer that is not accepted here."`},
		{"an issuer in another's name", two, `GET /
			Authorization: Bearer {other {"iss":"https://mine.example.com"}}`, false, `
			respond denied 401
			x-identity-status: signed-out
			x-identity-reason: jwk-kid-mismatch
			< www-authenticate: Bearer realm="app.example.com", error="invalid_token", error_description="The session token is signed with a key that its issuer does not publish."`},
		{"cookies are asked in order", two, "GET /\nCookie: b={other}; a={mine}", false, "forward signed-in\n-cookie" + user1},
		{"the first signed-in counts", two, "GET /\nCookie: b={other}; a={mine tamper=signature}", false, "forward signed-in\ncookie: b={other}" + user2},
		{"a rule for one: its cookie", two, "GET /other\nCookie: b={other}; a={mine}", false, "forward signed-in\ncookie: b={other}" + user2},
		{"a rule for one: another's cookie is not read", two, "GET /mine\nCookie: b={other}", false, noToken},
		{"a rule for one: another's issuer", two, "GET /mine\nAuthorization: Bearer {other}", false, `
			respond denied 401
			x-identity-status: signed-out
			x-identity-reason: jwk-kid-mismatch
			< www-authenticate: Bearer realm="app.example.com", error="invalid_token", error_description="The session token is signed with a key that its issuer does not publish."`},
		{"another's token does not pass unverified", two, "GET /maybe\nCookie: x=1; b={other}; y=2", false, `
			forward signed-out
			cookie: x=1; y=2
			x-identity-status: signed-out
			x-identity-reason: token-missing`},
		{"a header token decides alone", two, "GET /\nAuthorization: Bearer {mine tamper=signature}\nCookie: b={other}", false, `
			respond denied 401
			x-identity-status: signed-out
			x-identity-reason: token-invalid-signature
			< www-authenticate: Bearer realm="app.example.com", error="invalid_token", error_description="The signature of the session token is wrong."`},
		{"headers come before parameters", `{"providers": [{MINE, "fromParams": ["t"]}]}`,
			"GET /?t={mine tamper=signature}&a=b\nAuthorization: Bearer {mine}", false, "forward signed-in\n-authorization\n:path: /?a=b" + user1},
		{"parameters come before cookies", `{"providers": [{MINE, "fromParams": ["t"], "fromCookies": ["c"]}]}`,
			"GET /?t={mine}\nCookie: c={mine tamper=signature}", false, "forward signed-in\n:path: /\n-cookie" + user1},
	})
}
