package jwt_test

import (
	"testing"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwt"
)

// vendorToken is a token of the size and shape that session vendors issue.
func vendorToken(key *jwttest.Key) string {
	return jwttest.Sign(key, map[string]any{"typ": "JWT", "cat": "cl_B7d4PD111AAA"}, claims(map[string]any{
		"azp": "https://app.example", "nbf": 1_800_000_000, "sid": "sess_2b3c4d5e6f7g8h9i0j", "v": 2, "sts": "active", "jti": "0123456789abcdef",
		"fva": []int{0, -1}, "o": map[string]any{"id": "org_2b3c4d5e6f7g8h9i0j", "rol": "admin", "slg": "acme", "per": "manage,read", "fpm": "3,2"},
	}))
}

// TestAllocations guards what happens on every request (none), and on every
// request with a token not seen before (few, whatever the token says).
func TestAllocations(t *testing.T) {
	key := jwttest.NewKey(jwa.ES256, "a")
	text := jwt.Token(vendorToken(key))
	p := mustParse(t, string(text))
	e := expect()
	var reader jwt.Reader
	for name, row := range map[string]struct {
		limit float64
		do    func() reason.Reason
	}{
		"Expect.Time":   {0, func() reason.Reason { return e.Time(&p.Claims, now) }},
		"Expect.Claims": {0, func() reason.Reason { return e.Claims(p, now) }},
		"Expect.Header": {0, func() reason.Reason { return e.Header(p) }},
		"Member": {0, func() reason.Reason {
			if jwt.Member(p.Payload, "o", "id").Text == "" {
				return reason.TokenInvalid
			}
			return reason.None
		}},
		"Parse": {4, func() reason.Reason { _, r := reader.Parse(text, 8192); return r }},
		"Lend": {0, func() reason.Reason {
			reader.TakeBack()
			_, r := reader.Lend(text, 8192)
			return r
		}},
		"lacking key": {0, func() reason.Reason {
			_, _, r := e.Verify(p, jwks.Snapshot{}, jwt.Go{}, now)
			if r != reason.KeysUnavailable {
				return reason.TokenInvalid
			}
			return reason.None
		}},
	} {
		var r reason.Reason
		got := testing.AllocsPerRun(200, func() { r = row.do() })
		if r != reason.None {
			t.Errorf("%s: %q", name, r.String())
		}
		t.Logf("%-14s %v allocations", name, got)
		if got > row.limit {
			t.Errorf("%s: %v allocations, the limit is %v", name, got, row.limit)
		}
	}
}
