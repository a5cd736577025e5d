package e2e

import (
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
)

// TestAssertionBehind has two proxies in a row: the second one knows nobody but
// the first, and reads its assertion.
func TestAssertionBehind(t *testing.T) {
	t.Parallel()
	mint := &Mint{Now: time.Now()}
	behind := startEnvoy(t, bootstrap{
		configs: map[string]string{"behind": mint.fill(configs["assertion-behind"].JSON)},
	}, envoy.Options{Concurrency: 1})
	front := startEnvoy(t, bootstrap{
		backend: behind.addrs["behind"],
		configs: map[string]string{"front": mint.fill(configs["assertion"].JSON)},
		env:     map[string]map[string]string{"front": signingEnvironment},
	}, envoy.Options{Concurrency: 1})
	for request, want := range map[string]Want{
		"GET /" + asPlain: {Upstream: `
			x-identity-status: signed-in
			x-identity-provider: gate
			x-identity-user-id: user_plain
			x-provider: mine`},
		"GET /maybe": {Status: 401, Reason: "token-missing"},
		"GET /open\nX-Sessiongate-Assertion: {ours}":  {Status: 401, Reason: "token-missing"},
		"GET /maybe\nX_Sessiongate_Assertion: {ours}": {Status: 401, Reason: "token-missing"},
		"GET /billing/x" + asPlain:                    {Status: 401, Reason: "token-verification-failed"},
	} {
		t.Run(request, func(t *testing.T) {
			mint := &Mint{Now: time.Now(), Tokens: planted}
			s := parseRequest(mint.fill(request), "")
			got, err := send(front.addrs["front"], s)
			if err != nil {
				t.Fatal(err)
			}
			r := throughEnvoy(got)
			if want.Status != 0 {
				if r.Status != want.Status || r.Forwarded {
					t.Errorf("status %d, want %d\n%s", r.Status, want.Status, r)
				}
				checkAnswer(t, s, r, want)
				return
			}
			check(t, onEnvoy, s, r, want)
		})
	}
}
