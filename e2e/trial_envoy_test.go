package e2e

import (
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
)

// TestTrialEnvoy runs it in Envoy, and checks the sums of the counters by
// reason.
func TestTrialEnvoy(t *testing.T) {
	all := bootstrap{configs: map[string]string{}, manager: map[string]map[string]any{}, env: map[string]map[string]string{}}
	for name, c := range configs {
		all.configs[name] = onTrial(t, (&Mint{Now: time.Now()}).fill(c.JSON))
		all.manager[name] = c.Manager
		all.env[name] = c.Environment
	}
	e := startEnvoy(t, all, envoy.Options{Concurrency: 2, LogLevel: "info", Components: "wasm:debug"})
	waitForKeys(t, e)
	before := e.decisions(t)
	want, ran := map[string]int64{}, 0
	t.Run("rows", func(t *testing.T) {
		for _, r := range allRows() {
			if !r.onTrial(onEnvoy) || len(r.Before) > 0 || r.triedOutAlready() {
				continue
			}
			ran++
			if r.wouldAnswer() {
				want[r.Want.Reason]++
			}
			t.Run(r.Name, func(t *testing.T) {
				mint := &Mint{Now: time.Now(), Tokens: r.Tokens}
				s := parseRequest(mint.fill(r.Request), mint.fill(r.Trailers))
				s.HTTP2 = r.HTTP2
				got, err := send(e.addrs[r.Config], s)
				if err != nil {
					t.Fatal(err)
				}
				if strings.Contains(got.Body, "malformed Host header") {
					return // it has reached the upstream, which is stricter than Envoy
				}
				checkTrial(t, r, s, throughEnvoy(got))
			})
		}
	})
	got := map[string]int64{}
	for d, n := range e.decisions(t) {
		if n -= before[d]; n != 0 && d[3] == "false" {
			got[d[2]] += n
		}
	}
	// Of unknown keys either may be said.
	for _, counts := range []map[string]int64{want, got} {
		counts["keys-unavailable"] += counts["jwk-kid-mismatch"]
		delete(counts, "jwk-kid-mismatch")
	}
	if !maps.Equal(want, got) {
		t.Errorf("counted as not enforced %v, want %v", got, want)
	}
	e.checkHealth(t)
	e.checkLogs(t)
	report(t, "envoy: %d rows of the table on trial", ran)
}

func (r *running) decisions(t *testing.T) map[[4]string]int64 {
	t.Helper()
	stats, err := r.Stats(t.Context(), "sessiongate")
	if err != nil {
		t.Fatal(err)
	}
	return decisions(stats)
}

// waitForKeys waits until every worker has the keys that it fetches.
func waitForKeys(t *testing.T, e *running) {
	t.Helper()
	for _, name := range []string{"clerk", "oneauxilia", "corbado"} {
		deadline := time.Now().Add(20 * time.Second)
		for signedIn := 0; signedIn < 10; {
			mint := &Mint{Now: time.Now()}
			got, err := send(e.addrs[name], parseRequest(mint.fill("GET /\nAuthorization: Bearer {"+name+"}"), ""))
			if err != nil {
				t.Fatal(err)
			}
			if first(throughEnvoy(got).Upstream, "x-identity-status") == "signed-in" {
				signedIn++
				continue
			}
			if signedIn = 0; time.Now().After(deadline) {
				t.Fatalf("%s: no keys\n%s", name, e.Log())
			}
			time.Sleep(50 * time.Millisecond)
		}
	}
}
