package decisions

import (
	"testing"

	"github.com/sessiongate/sessiongate/internal/policy"
)

// FuzzDecide: about any request there is a decision, without a panic, without
// a second wait, and without an identity that the client wrote.
func FuzzDecide(f *testing.F) {
	f.Add("GET", "/a;b/%2e%2e//x?t=y", "app.example.com", "Bearer a,b", "s=a; __session=b", "text/html")
	f.Add("CONNECT", "a:1", "[::1]:80", "Basic x", "__clerk_handshake=a.b.c", "application/grpc")
	f.Add("OPTIONS", "*", "", "", "\x00", "")
	b := newBench(f, `{"providers": [{MINE, "fromParams": ["t"], "fromCookies": ["s"], "tokenToHeader": "x-token"}, {CLERK}, {DOWN, "fromCookies": ["d"]}],
		"signInUrl": "https://a.example.com", "allowedOrigins": ["https://a.example.com"], "rules": [
		{"paths": ["/open/*"], "auth": "skip"}, {"hosts": ["*.example.com"], "paths": ["/Maybe/{*}"], "auth": "optional"}, {"paths": ["/log*"], "onFailure": "log"}]}`)
	f.Fuzz(func(t *testing.T, method, target, authority, authorization, cookie, accept string) {
		r := rereadRequest([][2]string{
			{":method", method}, {":path", ""}, {":authority", ""}, {"authorization", authorization},
			{"cookie", cookie}, {"accept", accept}, {"content-type", accept}, {"x-identity-user-id", "root"},
		}, target, authority)
		b.waited = true
		d := b.decide(r)
		if d.Outcome == policy.Wait {
			t.Fatal("waits again")
		}
		for _, e := range d.Changes() {
			if e.Name == "x-identity-user-id" && e.Op != policy.Remove {
				t.Fatalf("nobody can have signed in: %v", d)
			}
		}
		if len(d.Changes()) == 0 || d.Changes()[0] != (policy.Edit{Op: policy.Remove, Name: "x-identity-user-id"}) {
			t.Fatalf("an identity header of the client's stays: %v", d.Changes())
		}
	})
}
