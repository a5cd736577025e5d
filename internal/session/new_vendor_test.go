package session_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwt"
)

// The example of a further vendor that docs/vendors.md shows, word for word:

// acme signs sessions with ES256 and puts them into a cookie of its own. A
// user who still has to confirm their address is not signed in.
var acme = session.Preset{
	// The value of "preset".
	Name: "acme",
	// Defaults, where they are not those of a plain issuer: what is accepted,
	// where a token is looked for, and that it stays there for acme's own SDK.
	Algorithms: jwa.SetOf(jwa.ES256),
	Types:      []string{"jwt"},
	Cookies:    []string{"acme_session"},
	Forwards:   true,
	// What follows from fewer fields than a plain issuer needs: every customer
	// has a host, which is the issuer, and serves its keys there.
	Prepare: func(s *session.Settings) (session.Instance, problem.List) {
		if len(s.Issuers) != 1 {
			return nil, problem.List{{Path: "issuer", Message: "missing; write your host at acme, such as \"https://example.acme.test\""}}
		}
		if s.InlineKeys == nil && s.JWKSURI == "" {
			s.JWKSURI = s.Issuers[0] + "/keys"
		}
		return nil, nil
	},
	// What the claims say about the caller, beyond sub, sid and act.
	Identity: func(c session.Claims, id *session.Identity) {
		id.Email = c.Text("contact", "email")
	},
	// The names that acme's users know for reasons.
	ReasonOf: func(r reason.Reason) reason.Reason {
		if r == reason.TokenExpired {
			return reason.SessionTokenExpired
		}
		return r
	},
	// The reason when there is no token at all.
	Nothing: reason.TokenMissing,
}

// End of the example.

// TestNewVendor: an entry in the list of presets is all that the example
// needs, and the documentation shows what runs here.
func TestNewVendor(t *testing.T) {
	own, err := os.ReadFile("new_vendor_test.go")
	if err != nil {
		t.Fatal(err)
	}
	_, example, _ := strings.Cut(string(own), "word for word:\n\n")
	example, _, _ = strings.Cut(example, "\n// End of the example.")
	if docs, err := os.ReadFile("../../docs/vendors.md"); err != nil || !strings.Contains(string(docs), "```go\n"+example+"```") {
		t.Errorf("docs/vendors.md does not show the example as it is here (%v)", err)
	}

	all := session.Presets{{}, &acme} // the first is none
	if !slices.Contains(all.Choices(), "acme") {
		t.Error("it is no preset")
	}
	key := jwttest.NewKey(jwa.ES256, "acme")
	keys, err := jwks.Parse([]byte(jwttest.JWKSet(key)), jwks.Remote)
	if err != nil {
		t.Fatal(err)
	}
	p, problems := session.New(all, session.Settings{Preset: "acme", Issuers: []string{"https://example.acme.test"}})
	if p == nil || p.Remote.URL != "https://example.acme.test/keys" {
		t.Fatal(problems)
	}
	now := time.Unix(1_800_000_000, 0)
	for life, want := range map[time.Duration]reason.Reason{time.Minute: reason.None, -time.Minute: reason.SessionTokenExpired} {
		token := jwttest.Sign(key, nil, map[string]any{
			"iss": "https://example.acme.test", "sub": "u1", "exp": now.Add(life).Unix(), "contact": map[string]any{"email": "ada@example.com"},
		})
		r := request.Read([][2]string{{":method", "GET"}, {":path", "/"}, {"cookie", "acme_session=" + token}})
		state := session.NewGroup([]*session.Provider{p}, session.Options{MaxTokenBytes: 8192, ReadsClaims: true}).State(r, &session.Checker{
			Now: now, Verifier: jwt.Go{}, Keys: func(*session.Provider) jwks.Snapshot { return jwks.Snapshot{Set: keys} },
		})
		if state.Reason != want || want == reason.None && state.Verified.Identity.Email != "ada@example.com" {
			t.Errorf("reason %q, want %q", state.Reason, want)
		}
	}
}
