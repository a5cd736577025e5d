package e2e

import (
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/idp"
)

// tokensOf are the tokens that a page's requests take from the environment.
func tokensOf(byName map[string]string) map[string]func() string {
	tokens := map[string]func() string{}
	for name, text := range byName {
		tokens[name] = func() string { return (&Mint{Now: time.Now()}).fill(text) }
	}
	return tokens
}

// TestFollowClerk follows docs/clerk.md.
func TestFollowClerk(t *testing.T) {
	t.Parallel()
	follow(t, "clerk.md", map[string]*idp.Issuer{
		"clerk.example.com":                issuers()["clerk"],
		"happy-hippo-1.clerk.accounts.dev": issuers()["clerkdev"],
	}, tokensOf(map[string]string{
		"TOKEN": "{clerk}", "MACHINE_TOKEN": "{" + machineToken + "}", "OAUTH_TOKEN": "{" + oauthToken + " scp:=[\"profile\"]}",
	}))
}

// TestFollowCorbado follows docs/corbado.md. TestCorbadoServices has services
// that call each other.
func TestFollowCorbado(t *testing.T) {
	t.Parallel()
	follow(t, "corbado.md", map[string]*idp.Issuer{"pro-123.frontendapi.cloud.corbado.io": issuers()["corbado"]},
		tokensOf(map[string]string{"TOKEN": "{corbado}"}))
}

// TestFollowOneAuxilia follows docs/oneauxilia.md.
func TestFollowOneAuxilia(t *testing.T) {
	t.Parallel()
	follow(t, "oneauxilia.md", map[string]*idp.Issuer{"oneauxilia.example.com": issuers()["oneauxilia"]},
		tokensOf(map[string]string{"TOKEN": "{oneauxilia}", "EXPIRED_TOKEN": "{oneauxilia exp=-60s}"}))
}

// TestFollowMoving follows docs/moving.md. The rows of rows_moving_test.go have
// more of what happens at each step.
func TestFollowMoving(t *testing.T) {
	t.Parallel()
	follow(t, "moving.md", map[string]*idp.Issuer{"clerk.example.com": issuers()["clerk"], "issuer.example.com": issuers()["plain"]},
		tokensOf(map[string]string{"OLD_TOKEN": "{clerk external_id=app-42}", "NEW_TOKEN": "{plain aud=my-app https://app.example.com/user=app-42}"}))
}
