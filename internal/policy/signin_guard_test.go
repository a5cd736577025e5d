package policy

import (
	"testing"

	"github.com/sessiongate/sessiongate/internal/reason"
)

// TestMendable holds the list of reasons that lead to a sign-in page to the one
// that the reference gives: a new reason is not in it by itself.
func TestMendable(t *testing.T) {
	refused := map[reason.Reason]bool{
		reason.TokenTooLong: true, reason.TokenTypeMismatch: true,
		reason.TokenOpaque: true, reason.TokenBound: true, reason.TokenNotAccepted: true, reason.TokenAudienceMismatch: true,
		reason.DevBrowserSync: true, reason.SatelliteNeedsSyncing: true,
	}
	for _, why := range reason.All() {
		if want := StatusOf(why) == unauthorized.status && !refused[why]; mendable[why] != want {
			t.Errorf("%s: leads to a sign-in page: %t, want %t", why, mendable[why], want)
		}
	}
}
