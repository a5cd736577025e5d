package policy_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/request"
)

// TestAnswersThatPagesRead: who may read an answer of our own on another origin.
func TestAnswersThatPagesRead(t *testing.T) {
	const app = "\nOrigin: https://app.example.com"
	const vary = "\n< vary: origin"
	const readable = vary + `
		< access-control-allow-origin: https://app.example.com
		< access-control-allow-credentials: true
		< access-control-expose-headers: www-authenticate, retry-after, x-request-id`
	const listed = `{"providers": [{MINE, "fromCookies": ["s"]}], "corsOrigins": ["https://app.example.com", "https://other.example.com:8443", "chrome-extension://abc"],
		"signInUrl": "https://accounts.example.com/", "rules": [
			{"paths": ["/admin"], "require": [{"claim": "role", "values": ["admin"]}]}, {"paths": ["/maybe"], "auth": "optional"}, {"paths": ["/open"], "auth": "skip"}]}`
	const party = `"authorizedParties": ["https://app.example.com", "urn:client", "a", "https://"]`
	run(t, []row{
		{"401", listed, "GET /a" + app, false, noToken + readable},
		{"403", listed, bearer("GET /admin") + app, false, claimsMismatch + readable},
		{"400 for credentials", listed, "GET /a\nAuthorization: Bearer a, Bearer b" + app, false, `
			respond denied 400
			x-identity-status: signed-out
			x-identity-reason: authorization-ambiguous
			< www-authenticate: Bearer realm="app.example.com", error="invalid_request", error_description="The request carries credentials that could be read in two ways; send one."` + readable},
		{"400 for a path", listed, "GET /%00" + app, false, `
			respond denied 400
			x-identity-status: signed-out
			x-identity-reason: path-invalid` + readable},
		{"503", `{"providers": [{DOWN, ` + party + `}]}`, "GET /\nAuthorization: Bearer {down {\"azp\":\"a\"}}" + app, true, `
			respond unavailable 503
			x-identity-status: signed-out
			x-identity-reason: keys-unavailable
			demand down
			< retry-after: 5` + readable},
		{"a redirect", listed, "GET /a\nAccept: text/html" + app, false, `
			respond redirected 307
			x-identity-status: signed-out
			x-identity-reason: token-missing
			< location: https://accounts.example.com/?redirect_url=https%3A%2F%2Fapp.example.com%2Fa` + readable},
		{"a handshake", `{"providers": [{CLERK, "authorizedParties": ["https://app.example.com"]}]}`, "GET /a\nSec-Fetch-Dest: document\nCookie: __client_uat=5" + app, false, `
			respond handshake 307
			x-identity-status: signed-out
			x-identity-reason: client-uat-but-no-session-token
			< location: https://clerk.example.com/v1/client/handshake?redirect_url=https%3A%2F%2Fapp.example.com%2Fa&__clerk_api_version=2026-05-12&suffixed_cookies=false&__clerk_hs_reason=client-uat-but-no-session-token
			< set-cookie: __clerk_redirect_count=1; SameSite=Lax; HttpOnly; Max-Age=2
			< x-clerk-auth-status: handshake
			< x-clerk-auth-reason: client-uat-but-no-session-token
			< x-clerk-auth-message: This browser was signed in, but its session token is missing; reload the page.` + readable},
		{"gRPC", listed, "POST /a\nContent-Type: application/grpc" + app, false, `
			respond denied 401
			x-identity-status: signed-out
			x-identity-reason: token-missing
			< www-authenticate: Bearer realm="app.example.com"` + readable + `
			< grpc 16 Unauthorized`},
		{"with a port", listed, "GET /a\nOrigin: https://other.example.com:8443", false,
			noToken + strings.Replace(readable, "https://app.example.com", "https://other.example.com:8443", 1)},
		{"an extension's page", listed, "GET /a\nOrigin: chrome-extension://abc", false,
			noToken + strings.Replace(readable, "https://app.example.com", "chrome-extension://abc", 1)},

		{"another origin", listed, "GET /a\nOrigin: https://evil.example", false, noToken + vary},
		{"null", listed, "GET /a\nOrigin: null", false, noToken + vary},
		{"without Origin", listed, "GET /a", false, noToken + vary},
		{"an empty Origin", listed, "GET /a\nOrigin:", false, noToken + vary},
		{"two Origins", listed, "GET /a" + app + app, false, noToken + vary},
		{"two Origins on one line", listed, "GET /a" + app + ", https://app.example.com", false, noToken + vary},
		{"in capitals", listed, "GET /a\nOrigin: https://App.example.com", false, noToken + vary},
		{"with a slash", listed, "GET /a" + app + "/", false, noToken + vary},
		{"another scheme", listed, "GET /a\nOrigin: http://app.example.com", false, noToken + vary},
		{"another port", listed, "GET /a" + app + ":8443", false, noToken + vary},
		{"a name that goes on", listed, "GET /a" + app + ".evil.example", false, noToken + vary},

		{"by default allowedOrigins", `{"providers": [{MINE}], "allowedOrigins": ["https://app.example.com"]}`, "GET /a" + app, false, noToken + readable},
		{"by default authorizedParties", `{"providers": [{MINE, ` + party + `}]}`, "GET /a" + app, false, noToken + readable},
		{"a party that is no origin", `{"providers": [{MINE, ` + party + `}]}`, "GET /a\nOrigin: urn:client", false, noToken + vary},
		{"only parties that are no origins", `{"providers": [{MINE, "authorizedParties": ["a"]}]}`, "GET /a\nOrigin: a", false, noToken},
		{"a list of its own replaces the default", `{"providers": [{MINE, ` + party + `}], "corsOrigins": ["https://other.example.com"]}`, "GET /a" + app, false, noToken + vary},
		{"switched off", `{"providers": [{MINE, ` + party + `}], "allowedOrigins": ["https://app.example.com"], "corsOrigins": []}`, "GET /a" + app, false, noToken},
		{"nothing is named", "", "GET /a" + app, false, noToken},

		{"what the upstream answers is left alone", listed, "GET /maybe" + app, false, passesWithout},
		{"skip", listed, "GET /open" + app, false, skipped},
	})
}

// TestFailureThatPagesRead: also a 500.
func TestFailureThatPagesRead(t *testing.T) {
	b := newBench(t, `{"providers": [{MINE}], "corsOrigins": ["https://app.example.com"]}`)
	d := b.policy.Failed(b.read("GET /\nOrigin: https://app.example.com"))
	for _, header := range [][2]string{{"vary", "origin"}, {"access-control-allow-origin", "https://app.example.com"}} {
		if !slices.Contains(d.Answer.Headers, header) {
			t.Errorf("%v lacks %v", d.Answer.Headers, header)
		}
	}
}

// FuzzAnswersThatPagesRead: whatever a client sends as Origin, an answer names
// an origin of the list or none, and has each header once.
func FuzzAnswersThatPagesRead(f *testing.F) {
	f.Add("https://app.example.com", "https://app.example.com")
	f.Add("https://app.example.com", "")
	f.Add("null", "*")
	const listed = "https://app.example.com"
	b := newBench(f, `{"providers": [{MINE}], "corsOrigins": ["`+listed+`"]}`)
	f.Fuzz(func(t *testing.T, first, second string) {
		headers := [][2]string{{":method", "GET"}, {":path", "/"}, {":authority", "a"}, {"origin", first}}
		if second != "" {
			headers = append(headers, [2]string{"origin", second})
		}
		said := map[string]string{}
		for _, h := range b.decide(request.Read(headers)).Answer.Headers {
			if _, twice := said[h[0]]; twice {
				t.Errorf("%s comes twice", h[0])
			}
			said[h[0]] = h[1]
		}
		want := ""
		if first == listed && second == "" {
			want = listed
		}
		if got := said["access-control-allow-origin"]; got != want || said["vary"] != "origin" {
			t.Errorf("origins %q and %q are told %q, want %q", first, second, got, want)
		}
	})
}
