package policy_test

import (
	"testing"

	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwt"
)

// TestForeignTokensAreReadOnce: to see whose a token is costs no second reading
// of it. A forged one is not remembered, so each costs as much as the first.
func TestForeignTokensAreReadOnce(t *testing.T) {
	cost := func(config string) float64 {
		b := newBench(t, config)
		headers := b.read("GET /\nAuthorization: Bearer {bad mine}").Headers
		checker := session.Checker{Now: now, Verifier: jwt.Go{}, Cache: mapCache{}}
		reader := b.policy.NewReader()
		return testing.AllocsPerRun(100, func() {
			b.policy.Decide(reader.Read(headers), &checker)
		})
	}
	without := cost(`{"providers": [{MINE}]}`)
	with := cost(`{"providers": [{MINE, "foreignTokens": {"opaque": true, "issuers": ["https://other.example"]}}]}`)
	if with > without {
		t.Errorf("%v allocations where other parties' tokens may be, %v where not", with, without)
	}
}
