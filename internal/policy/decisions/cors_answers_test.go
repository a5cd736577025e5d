package decisions

import (
	"slices"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/request"
)

// What the rows about readable answers have in common.
const (
	fromApp  = "\nOrigin: https://app.example.com"
	varies   = "\n< vary: origin"
	readable = varies + `
		< access-control-allow-origin: https://app.example.com
		< access-control-allow-credentials: true
		< access-control-expose-headers: www-authenticate, retry-after, x-request-id`
	corsListed = `{"providers": [{MINE, "fromCookies": ["s"]}], "corsOrigins": ["https://app.example.com", "https://other.example.com:8443", "chrome-extension://abc"],
		"signInUrl": "https://accounts.example.com/", "rules": [
			{"paths": ["/admin"], "require": [{"claim": "role", "values": ["admin"]}]}, {"paths": ["/maybe"], "auth": "optional"}, {"paths": ["/open"], "auth": "skip"}]}`
	parties = `"authorizedParties": ["https://app.example.com", "urn:client", "a", "https://"]`
)

// TestAnswersThatPagesRead: every answer of our own names the page's origin.
func TestAnswersThatPagesRead(t *testing.T) {
	run(t, []row{
		{"401", corsListed, "GET /a" + fromApp, false, noToken + readable},
		{"403", corsListed, bearer("GET /admin") + fromApp, false, claimsMismatch + readable},
		{"400 for credentials", corsListed, "GET /a\nAuthorization: Bearer a, Bearer b" + fromApp, false, `
			respond denied 400
			x-identity-status: signed-out
			x-identity-reason: authorization-ambiguous
			< www-authenticate: Bearer realm="app.example.com", error="invalid_request", error_description="The request carries credentials that could be read in two ways; send one."` + readable},
		{"400 for a path", corsListed, "GET /%00" + fromApp, false, `
			respond denied 400
			x-identity-status: signed-out
			x-identity-reason: path-invalid` + readable},
		{"503", `{"providers": [{DOWN, ` + parties + `}]}`, "GET /\nAuthorization: Bearer {down {\"azp\":\"a\"}}" + fromApp, true, `
			respond unavailable 503
			x-identity-status: signed-out
			x-identity-reason: keys-unavailable
			demand down
			< retry-after: 5` + readable},
		{"a redirect", corsListed, "GET /a\nAccept: text/html" + fromApp, false, `
			respond redirected 307
			x-identity-status: signed-out
			x-identity-reason: token-missing
			< location: https://accounts.example.com/?redirect_url=https%3A%2F%2Fapp.example.com%2Fa` + readable},
		{"a handshake", `{"providers": [{CLERK, "authorizedParties": ["https://app.example.com"]}]}`, "GET /a\nSec-Fetch-Dest: document\nCookie: __client_uat=5" + fromApp, false, `
			respond handshake 307
			x-identity-status: signed-out
			x-identity-reason: client-uat-but-no-session-token
			< location: https://clerk.example.com/v1/client/handshake?redirect_url=https%3A%2F%2Fapp.example.com%2Fa&__clerk_api_version=2026-05-12&suffixed_cookies=false&__clerk_hs_reason=client-uat-but-no-session-token` + clerkAsksAgain + readable},
		{"gRPC", corsListed, "POST /a\nContent-Type: application/grpc" + fromApp, false, `
			respond denied 401
			x-identity-status: signed-out
			x-identity-reason: token-missing
			< www-authenticate: Bearer realm="app.example.com"` + readable + `
			< grpc 16 Unauthorized`},
		{"what the upstream answers is left alone", corsListed, "GET /maybe" + fromApp, false, passesWithout},
		{"skip", corsListed, "GET /open" + fromApp, false, skipped},
	})
}

// TestOriginsThatRead: which origins answers name.
func TestOriginsThatRead(t *testing.T) {
	run(t, []row{
		{"with a port", corsListed, "GET /a\nOrigin: https://other.example.com:8443", false,
			noToken + strings.Replace(readable, "https://app.example.com", "https://other.example.com:8443", 1)},
		{"an extension's page", corsListed, "GET /a\nOrigin: chrome-extension://abc", false,
			noToken + strings.Replace(readable, "https://app.example.com", "chrome-extension://abc", 1)},

		{"another origin", corsListed, "GET /a\nOrigin: https://evil.example", false, noToken + varies},
		{"null", corsListed, "GET /a\nOrigin: null", false, noToken + varies},
		{"without Origin", corsListed, "GET /a", false, noToken + varies},
		{"an empty Origin", corsListed, "GET /a\nOrigin:", false, noToken + varies},
		{"two Origins", corsListed, "GET /a" + fromApp + fromApp, false, noToken + varies},
		{"two Origins on one line", corsListed, "GET /a" + fromApp + ", https://app.example.com", false, noToken + varies},
		{"in capitals", corsListed, "GET /a\nOrigin: https://App.example.com", false, noToken + varies},
		{"with a slash", corsListed, "GET /a" + fromApp + "/", false, noToken + varies},
		{"another scheme", corsListed, "GET /a\nOrigin: http://app.example.com", false, noToken + varies},
		{"another port", corsListed, "GET /a" + fromApp + ":8443", false, noToken + varies},
		{"a name that goes on", corsListed, "GET /a" + fromApp + ".evil.example", false, noToken + varies},

		{"by default allowedOrigins", `{"providers": [{MINE}], "allowedOrigins": ["https://app.example.com"]}`, "GET /a" + fromApp, false, noToken + readable},
		{"by default authorizedParties", `{"providers": [{MINE, ` + parties + `}]}`, "GET /a" + fromApp, false, noToken + readable},
		{"a party that is no origin", `{"providers": [{MINE, ` + parties + `}]}`, "GET /a\nOrigin: urn:client", false, noToken + varies},
		{"only parties that are no origins", `{"providers": [{MINE, "authorizedParties": ["a"]}]}`, "GET /a\nOrigin: a", false, noToken},
		{"a list of its own replaces the default", `{"providers": [{MINE, ` + parties + `}], "corsOrigins": ["https://other.example.com"]}`, "GET /a" + fromApp, false, noToken + varies},
		{"switched off", `{"providers": [{MINE, ` + parties + `}], "allowedOrigins": ["https://app.example.com"], "corsOrigins": []}`, "GET /a" + fromApp, false, noToken},
		{"nothing is named", "", "GET /a" + fromApp, false, noToken},
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
