package decisions

import (
	"strings"
	"testing"
)

// TestTooManyCookies: a request with more cookies than are looked at is
// refused, where some provider of the configuration reads any.
func TestTooManyCookies(t *testing.T) {
	const cookies = `{"providers": [{MINE, "fromCookies": ["s"]}, {OTHER}], "signInUrl": "https://a.example.com", "rules": [
		{"paths": ["/skip"], "auth": "skip"}, {"paths": ["/maybe"], "auth": "optional"}, {"paths": ["/log*"], "onFailure": "log"},
		{"paths": ["/other"], "providers": ["other"], "auth": "optional"}]}`
	const refused = `
		respond denied 431
		x-identity-status: signed-out
		x-identity-reason: cookies-too-many`
	thousand := "\nCookie: " + strings.Repeat("a=b; ", 999) + "s={mine}"
	more := "\nCookie: " + strings.Repeat("a=b; ", 1000) + "s={mine}"
	logged := "\nx-identity-status: signed-out\nx-identity-reason: cookies-too-many"
	run(t, []row{
		{"a thousand are read", cookies, "GET /log" + thousand, false, "forward signed-in" + user1},
		{"a separator at the end is no cookie", cookies, "GET /log" + thousand + ";", false, "forward signed-in" + user1},
		{"one more is not", cookies, "GET /" + more, false, refused},
		{"empty parts count", cookies, "GET /\nCookie: s={mine}; " + strings.Repeat(";", 1000), false, refused},
		{"parts without = count", cookies, "GET /\nCookie: s={mine}; " + strings.Repeat("a;", 1000), false, refused},
		{"all lines count", cookies, "GET /" + strings.Repeat("\nCookie: s={mine}"+strings.Repeat("; a=b", 250), 4), false, refused},
		{"it is no redirect", cookies, "GET /" + document + more, false, refused},
		{"a session elsewhere does not help", cookies, bearer("GET /") + more, false, refused},
		{"also where a session is optional", cookies, "GET /maybe" + more, false, refused},
		{"also where the rule's own providers read none", cookies, "GET /other" + more, false, refused},
		{"clerk: its headers, too", `{"providers": [{CLERK}]}`, "GET /" + more, false, refused + `
			< x-clerk-auth-status: signed-out
			< x-clerk-auth-reason: cookies-too-many
			< x-clerk-auth-message: The request carries more cookies than this proxy reads; delete some and try again.`},
		{"gRPC 8", cookies, "POST /a.B/C\nContent-Type: application/grpc" + more, false, refused + "\n< grpc 8 Request Header Fields Too Large"},

		{"skip: nothing is read", cookies, "GET /skip" + more, false, "forward skipped"},
		{"nobody reads cookies", `{"providers": [{MINE}, {OTHER, "fromCookies": []}]}`, bearer("GET /") + more, false, asUser1},
		{"log: they count as none, and stay", cookies, "GET /log" + more, false, "forward denied logged" + logged},
		{"log: a header signs in", cookies, bearer("GET /log") + more, false, `
			forward denied logged
			x-identity-status: signed-in
			x-identity-reason: cookies-too-many
			x-identity-provider: mine
			x-identity-user-id: user_1`},
		{"log: an optional rule, too", `{"providers": [{MINE, "fromCookies": ["s"]}], "rules": [{"auth": "optional", "onFailure": "log"}]}`,
			"GET /" + more, false, "forward denied logged" + logged},
		{"two readings, one on trial", cookies, "GET /log/%2e%2e/maybe" + more, false, refused},
		{"an invalid path comes first", cookies, "GET /%00" + more, false, `
			respond denied 400
			x-identity-status: signed-out
			x-identity-reason: path-invalid`},
	})
}
