package policy

import (
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/reason"
)

// TestKindOf: every reason has an answer, and no other statuses exist.
func TestKindOf(t *testing.T) {
	special := map[reason.Reason]int{
		reason.ClaimsMismatch: 403, reason.OriginNotAllowed: 403, reason.KeysUnavailable: 503,
		reason.AuthorizationAmbiguous: 400, reason.PathInvalid: 400,
		reason.AuthorityInvalid: 400, reason.MethodInvalid: 400, reason.CookiesTooMany: 431, reason.InternalError: 500, reason.CORSPreflight: 0,
	}
	for _, why := range reason.All() {
		want, ok := special[why]
		if !ok {
			want = 401
		}
		if got := StatusOf(why); got != want {
			t.Errorf("%s: %d, want %d", why, got, want)
		}
		if strings.ContainsAny(why.Error(), "\"\\\r\n") {
			t.Errorf("%s: its text would break a header or a JSON string", why)
		}
	}
}
