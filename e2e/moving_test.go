package e2e

import (
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/demo/envoy"
)

// TestMovingIsCounted: the counters tell by provider who still signs in with the
// old vendor, and so when it can be switched off.
func TestMovingIsCounted(t *testing.T) {
	mint := &Mint{Now: time.Now()}
	e := startEnvoy(t, bootstrap{configs: map[string]string{"moving": mint.fill(configs["moving-both"].JSON)}}, envoy.Options{})
	ask := func(n int, request string) {
		for range n {
			if _, err := send(e.addrs["moving"], parseRequest(mint.fill("GET /\n"+request), "")); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, day := range []struct {
		name     string
		old, new int
		late     int // with an old token that has expired
	}{
		{"the first", 5, 1, 0},
		{"a later one", 2, 6, 1},
		{"the last", 0, 7, 1},
	} {
		before := e.decisions(t)
		ask(day.old, "Cookie: "+oldCookie)
		ask(day.new, "Cookie: session="+newToken)
		ask(day.late, "Authorization: Bearer {clerk app_user=app-42 azp=https://app.example.com -o -fea exp=-60s}")
		after := e.decisions(t)
		for decision, want := range map[[4]string]int{
			{"old", "signed-in", "none", "true"}:               day.old,
			{"new", "signed-in", "none", "true"}:               day.new,
			{"old", "denied", "session-token-expired", "true"}: day.late,
		} {
			if got := after[decision] - before[decision]; got != int64(want) {
				t.Errorf("%s day: %d %v, want %d", day.name, got, decision, want)
			}
		}
	}
}
