package decisions

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/reason"
)

// TestDecisionsPrintNoTokens: what a decision says of itself may be logged.
func TestDecisionsPrintNoTokens(t *testing.T) {
	for name, test := range map[string]struct{ config, request, want string }{
		"signed-in": {`{"providers": [{MINE, "fromParams": ["t"], "fromCookies": ["s"], "tokenToHeader": "x-token", "forwardOriginalToken": true}]}`,
			"GET /?t={mine}&a=b\nCookie: s=x; c=d", "forward signed-in"},
		"a cookie that stays": {`{"providers": [{MINE, "fromCookies": ["s", "u"], "forwardOriginalToken": true}]}`,
			"GET /\nCookie: s={mine}; u=x", "forward signed-in"},
		"a parameter that stays": {`{"providers": [{MINE, "fromParams": ["t", "u"], "forwardOriginalToken": true}]}`,
			"GET /?t={mine}&u={mine}", "forward signed-in"},
		"the payload in a header": {`{"providers": [{MINE, "outputPayloadToHeader": "x-payload"}]}`,
			"GET /\nAuthorization: Bearer {mine}", "forward signed-in"},
		"the payload, of a path that only logs": {`{"providers": [{MINE, "outputPayloadToHeader": "x-payload"}], "onFailure": "log"}`,
			"GET /%00\nAuthorization: Bearer {mine}", "forward denied path-invalid (only logged)"},
		"refused": {"", "GET /\nAuthorization: Bearer {bad mine}", "respond denied token-invalid-signature 401"},
		"logged":  {`{"providers": [{MINE}], "onFailure": "log"}`, "GET /", "forward denied token-missing (only logged)"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, test.config)
			d := b.decide(b.read(test.request))
			if got := fmt.Sprint(d); got != test.want {
				t.Errorf("%q", got)
			}
			for _, text := range []string{fmt.Sprintf("%v", d), fmt.Sprintf("%+v", d), fmt.Sprint(d.Changes())} {
				for _, token := range b.tokens {
					if strings.Contains(text, token[len(token)-20:]) || strings.Contains(text, strings.Split(token, ".")[1]) {
						t.Errorf("holds a token or its payload: %s", text)
					}
				}
			}
		})
	}
}

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
		if got := policy.StatusOf(why); got != want {
			t.Errorf("%s: %d, want %d", why, got, want)
		}
		if strings.ContainsAny(why.Error(), "\"\\\r\n") {
			t.Errorf("%s: its text would break a header or a JSON string", why)
		}
	}
}
