package decisions

import (
	"fmt"
	"strings"
	"testing"
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
		"refused": {"", "GET /\nAuthorization: Bearer {mine tamper=signature}", "respond denied token-invalid-signature 401"},
		"logged":  {`{"providers": [{MINE}], "onFailure": "log"}`, "GET /", "forward denied token-missing (only logged)"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, test.config)
			d := b.decide(b.read(test.request))
			if got := fmt.Sprint(d); got != test.want {
				t.Errorf("%q", got)
			}
			for _, text := range []string{fmt.Sprintf("%v", d), fmt.Sprintf("%+v", d), fmt.Sprint(d.Changes())} {
				for _, token := range b.Minted {
					if strings.Contains(text, token[len(token)-20:]) || strings.Contains(text, strings.Split(token, ".")[1]) {
						t.Errorf("holds a token or its payload: %s", text)
					}
				}
			}
		})
	}
}
