package decisions

import (
	"testing"

	"github.com/sessiongate/sessiongate/internal/policy"
)

// TestLog: a policy on trial answers nothing and takes nothing away, and says
// what it would have done.
func TestLog(t *testing.T) {
	const top = `{"providers": [{MINE, "fromParams": ["t"], "fromCookies": ["s"]}], "onFailure": "log", "rules": [
		{"paths": ["/admin"], "require": [{"claim": "role", "values": ["admin"]}]}, {"paths": ["/maybe"], "auth": "optional"}, {"paths": ["/deny"], "onFailure": "deny"}]}`
	const all = `{"providers": [{MINE, "fromHeaders": [{"name": "authorization", "prefix": "Bearer"}]}], "onFailure": "log", "signInUrl": "https://a.example.com"}`
	const clerk = `{"providers": [{CLERK}], "onFailure": "log"}`
	const kept = "forward signed-in" + user1
	out := func(label, why string) string {
		return "forward " + label + " logged\nx-identity-status: signed-out\nx-identity-reason: " + why
	}
	run(t, []row{
		{"no token", top, "GET /", false, out("denied", "token-missing")},
		{"a bad token stays", top, "GET /?t={mine tamper=signature}\nCookie: s={mine tamper=signature}", false, out("denied", "token-invalid-signature")},
		{"a good token stays", top, "GET /?t={mine}", false, kept},
		{"a good token among others: all stay", top, "GET /?t={mine}\nCookie: s={mine tamper=signature}", false, kept},
		{"identity headers go as always", top, "GET /\nX-Identity-User-Id: root", false,
			"forward denied logged\n-x-identity-user-id\nx-identity-status: signed-out\nx-identity-reason: token-missing"},
		{"403", top, bearer("GET /admin"), false, "forward denied logged" + user1mismatch},
		{"400", top, "GET /\nAuthorization: Bearer a, Bearer b", false, out("denied", "authorization-ambiguous")},
		{"a redirect", all, "GET /" + document, false, out("redirected", "token-missing")},
		{"503 without keys", `{"providers": [{DOWN}], "onFailure": "log"}`, "GET /\nAuthorization: Bearer {down}", false, `
			forward unavailable logged
			x-identity-status: signed-out
			x-identity-reason: keys-unavailable
			demand down`},
		{"a handshake", clerk, "GET /\nAccept: text/html\nCookie: __client_uat=1799999000", false, out("handshake", "client-uat-but-no-session-token")},
		{"what passes is not counted as logged", top, "GET /maybe", false, passesWithout},
		{"a preflight passes with all it has", all, "OPTIONS /\nOrigin: https://a.example\nAccess-Control-Request-Method: PUT\nX-HTTP-Method: PUT", false, `
			forward signed-out
			x-identity-status: signed-out
			x-identity-reason: cors-preflight`},

		{"a rule's own deny stands", top, "GET /deny", false, noToken},
		{"a rule's own log", `{"providers": [{MINE}], "rules": [{"paths": ["/new"], "onFailure": "log"}]}`, "GET /new", false, out("denied", "token-missing")},
		{"an optional rule's log", `{"providers": [{MINE}], "rules": [{"auth": "optional", "onFailure": "log"}]}`, "GET /\nAuthorization: Bearer {mine tamper=signature}", false, `
			forward signed-out
			x-identity-status: signed-out
			x-identity-reason: token-invalid-signature`},

		{"an invalid path", all, bearer("GET /%00"), false, `
			forward denied logged
			x-identity-status: signed-in
			x-identity-reason: path-invalid
			x-identity-provider: mine
			x-identity-user-id: user_1`},
		{"an invalid path, where some rule refuses", top, "GET /%00", false, `
			respond denied 400
			x-identity-status: signed-out
			x-identity-reason: path-invalid`},
		{"two readings, both on trial: the first is named", `{"providers": [{MINE}], "rules": [
			{"paths": ["/a/*"], "onFailure": "log", "require": [{"claim": "x", "values": ["y"]}]}, {"paths": ["/b"], "onFailure": "log"}]}`,
			bearer("GET /a/%2e%2e/b"), false, "forward denied logged" + user1mismatch},
		{"two readings, one on trial: tokens go", `{"providers": [{MINE}], "rules": [
			{"paths": ["/a/*"], "onFailure": "log"}, {"paths": ["/b"], "auth": "optional"}]}`,
			"GET /a/%2e%2e/b\nAuthorization: Bearer {mine tamper=signature}", false, `
			forward denied logged
			-authorization
			x-identity-status: signed-out
			x-identity-reason: token-invalid-signature`},
		{"two readings, one on trial: a refusal counts as one", `{"providers": [{MINE}], "rules": [
			{"paths": ["/a/*"], "onFailure": "log"}, {"paths": ["/b"]}]}`, "GET /a/%2e%2e/b", false, noToken},
	})
}

// TestLogNeverAnswers: whatever the other tables of this package send, a policy
// on trial forwards it, with every header that it came with.
func TestLogNeverAnswers(t *testing.T) {
	b := newBench(t, `{"providers": [{MINE, "fromHeaders": [{"name": "authorization", "prefix": "Bearer"}, {"name": "x-token"}], "fromParams": ["t"], "fromCookies": ["s"]}, {CLERK}, {DOWN, "fromCookies": ["d"]}],
		"onFailure": "log", "signInUrl": "https://a.example.com", "allowedOrigins": ["https://a.example.com"]}`)
	for _, text := range []string{
		"GET /", "GET //%2e%2e;a=b/%00", "CONNECT a.example:443", "OPTIONS *", "GET nonsense", "POST /\nOrigin: null\nCookie: s={mine}",
		"GET /?t=a&t=b", "GET /\nX-Token: a\nX-Token: b", "GET /\nAuthorization: Bearer a,Bearer b", "GET /\nCookie: d={down}",
		"GET /\nAccept: text/html\nCookie: __client_uat=1799999000; __clerk_handshake=x", "GET /?__clerk_handshake=x" + document,
		"POST /\nContent-Type: application/grpc",
	} {
		d := b.decide(b.read(text))
		if d.Outcome != policy.Forward || len(d.SetCookies) > 0 {
			t.Errorf("%s: %v", text, d)
		}
		for _, e := range d.Changes() {
			if e.Op == policy.Remove || e.Name == "cookie" || e.Name == ":path" || e.Name == "authorization" {
				t.Errorf("%s: %v", text, e)
			}
		}
	}
}
