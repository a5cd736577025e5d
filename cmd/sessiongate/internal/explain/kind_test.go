package explain

import (
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/commandtest"
	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
)

// TestKinds: what is wrong with the kind of a token is said, and what is right is
// not complained of.
func TestKinds(t *testing.T) {
	key := jwttest.NewKey(jwa.RS256, "one")
	files := map[string]string{"policy.json": `{"providers": [{"preset": "clerk", "publishableKey": "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k", "jwks": ` + jwttest.JWKSet(key) + `,
		"authorizedParties": ["https://a.example"], "tokens": ["session", "m2m"], "machines": ["mch_1"]}], "rules": [{"paths": ["/jobs"], "tokens": ["m2m"]}, {"tokens": ["session", "m2m"]}]}`}
	sign := func(header, claims map[string]any) string {
		claims["iss"], claims["iat"], claims["exp"] = "https://clerk.example.com", 1000, 2000
		return "Bearer " + jwttest.Sign(key, header, claims)
	}
	machine := map[string]any{"typ": "JWT", "cat": "cl_B7d4PD333AAA"}
	for name, row := range map[string]struct {
		path, value string
		prints      string // with "!": not that
	}{
		"a machine":                  {"/jobs", sign(machine, map[string]any{"sub": "mch_1"}), "!wrong"},
		"a machine that is unlisted": {"/jobs", sign(machine, map[string]any{"sub": "mch_2"}), `wrong:     header authorization: sub "mch_2"; would pass: "mch_1" (machines)`},
		"a session":                  {"/jobs", sign(map[string]any{"typ": "JWT"}, map[string]any{"sub": "user_1", "azp": "https://a.example"}), "wrong:     header authorization: kind session; would pass: m2m (tokens of the rule)"},
		"a session elsewhere":        {"/", sign(map[string]any{"typ": "JWT"}, map[string]any{"sub": "user_1", "azp": "https://a.example"}), "!wrong"},
		"an application":             {"/", sign(map[string]any{"typ": "at+jwt"}, map[string]any{"sub": "user_1"}), `wrong:     header authorization: kind oauth (typ "at+jwt", cat "", sub "user_1"); would pass: session, m2m (tokens)`},
		"a template":                 {"/", sign(map[string]any{"cat": "cl_B7d4PD222AAA"}, map[string]any{"sub": "user_1"}), `kind none that is known (typ`},
	} {
		t.Run(name, func(t *testing.T) {
			_, out, _ := commandtest.Run(t, Command(), files, "policy.json", row.path, "-H", "Authorization: "+row.value, "--at", "1500")
			text, not := strings.CutPrefix(row.prints, "!")
			if strings.Contains(out, text) == not {
				t.Errorf("%s", out)
			}
		})
	}
}
