package decisions

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestReturnedHandshake: the cookies that a handshake has brought go with every
// outcome, and its tokens only where a token may stay.
func TestReturnedHandshake(t *testing.T) {
	const renewed = "+ __session={clerk}; Path=/\n+ __client_uat=1799999990; Path=/"
	const user = `
		x-identity-status: signed-in
		x-identity-provider: clerk
		x-identity-user-id: user_c
		x-identity-session-id: sess_c`
	for name, test := range map[string]struct{ config, want string }{
		"forwarded": {`{"providers": [{CLERK}]}`, `
			forward signed-in
			cookie: theme=dark; __session={clerk}; __client_uat=1799999990` + user + "\n" + renewed},
		"forwarded without the token": {`{"providers": [{CLERK, "forwardOriginalToken": false}]}`, `
			forward signed-in
			cookie: theme=dark; __client_uat=1799999990` + user + "\n" + renewed},
		"refused": {`{"providers": [{CLERK}], "rules": [{"require": [{"claim": "org_role", "values": ["org:admin"]}]}]}`, clerkMismatch + `
			< cache-control: private, no-store
			< set-cookie: __session={clerk}; Path=/
			< set-cookie: __client_uat=1799999990; Path=/
			< x-clerk-auth-status: signed-in
			< x-clerk-auth-reason: claims-mismatch
			< x-clerk-auth-message: The signed-in user may not do this.`},
		"on trial: the answer stays the upstream's": {`{"providers": [{CLERK}], "onFailure": "log"}`, "forward signed-in" + user},
		"skipped": {`{"providers": [{CLERK}], "rules": [{"auth": "skip"}]}`, "forward skipped"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, test.config)
			key := known["clerk"].Key()
			brought := key.Token(map[string]any{"alg": key.Algorithm, "kid": key.ID}, map[string]any{
				"handshake": []string{"__session=" + b.Fill("{clerk}") + "; Path=/", "__client_uat=1799999990; Path=/"},
			})
			r := b.read("GET /\nAccept: text/html\nCookie: __client_uat=1799999000; theme=dark; __clerk_handshake=" + brought)
			if diff := cmp.Diff(trimmed(test.want), b.text(t, r, b.decide(r))); diff != "" {
				t.Error(diff)
			}
		})
	}
}
