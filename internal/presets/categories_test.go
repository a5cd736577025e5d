package presets_test

import (
	"testing"

	"github.com/sessiongate/sessiongate/internal/presets"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/internal/testkit/jwttest"
	"github.com/sessiongate/sessiongate/jwt"
)

// TestCategories: a token of another category is refused before anything else
// about its header is checked.
func TestCategories(t *testing.T) {
	provider := func(preset string) *session.Provider {
		p, problems := session.New(presets.All, session.Settings{
			Preset: preset, Name: "p", Issuers: []string{"https://i.example"}, JWKSURI: "https://i.example/keys", FromCookies: []string{},
		})
		if p == nil {
			t.Fatal(problems)
		}
		return p
	}
	clerk, oneAuxilia, plain := provider("clerk"), provider("oneauxilia"), provider("")
	const sub = `{"sub":"user_1"}`
	for name, row := range map[string]struct {
		provider        *session.Provider
		header, payload string
		want            reason.Reason
	}{
		"categories are not looked at": {plain, `{"alg":"RS256","cat":"cl_B7d4PD333AAA"}`, `{"sub":"mch_1"}`, reason.None},
		"no category":                  {clerk, `{"alg":"RS256","typ":"JWT"}`, sub, reason.None},
		"session":                      {clerk, `{"alg":"RS256","cat":"cl_B7d4PD111AAA"}`, sub, reason.None},
		"counts as absent":             {clerk, `{"alg":"RS256","cat":"cl_I7d4PD111III"}`, sub, reason.None},
		"template":                     {clerk, `{"alg":"RS256","cat":"cl_B7d4PD222AAA"}`, sub, reason.TokenTypeMismatch},
		"machine":                      {clerk, `{"alg":"RS256","cat":"cl_B7d4PD333AAA"}`, sub, reason.TokenTypeMismatch},
		"unknown":                      {clerk, `{"alg":"RS256","cat":"x"}`, sub, reason.TokenTypeMismatch},
		"empty":                        {clerk, `{"alg":"RS256","cat":""}`, sub, reason.TokenTypeMismatch},
		"another case":                 {clerk, `{"alg":"RS256","cat":"CL_b7D4pd111aaa"}`, sub, reason.TokenTypeMismatch},
		"at+jwt":                       {clerk, `{"alg":"RS256","typ":"at+jwt"}`, sub, reason.TokenTypeMismatch},
		"application/at+jwt":           {clerk, `{"alg":"RS256","typ":"application/AT+jwt"}`, sub, reason.TokenTypeMismatch},
		"machine subject":              {clerk, `{"alg":"RS256"}`, `{"sub":"mch_1"}`, reason.TokenTypeMismatch},
		"not a machine subject":        {clerk, `{"alg":"RS256"}`, `{"sub":"mch"}`, reason.None},
		"category before typ":          {clerk, `{"alg":"RS256","cat":"x","typ":"y"}`, sub, reason.TokenTypeMismatch},
		"typ before alg":               {clerk, `{"alg":"none","typ":"y"}`, sub, reason.TokenInvalid},
		"category before alg":          {clerk, `{"alg":"none","cat":"x"}`, sub, reason.TokenTypeMismatch},
		"oneauxilia: machine":          {oneAuxilia, `{"alg":"RS256","cat":"cl_B7d4PD333AAA"}`, sub, reason.TokenTypeMismatch},
		"oneauxilia: session":          {oneAuxilia, `{"alg":"RS256","cat":"cl_B7d4PD111AAA"}`, sub, reason.None},
	} {
		t.Run(name, func(t *testing.T) {
			reader := jwt.Reader{Private: jwt.PrivateNames{Parameter: "cat", Claim: "handshake"}}
			token, why := reader.Parse(jwt.Token(jwttest.Encode([]byte(row.header))+"."+jwttest.Encode([]byte(row.payload))+"."), 8192)
			if why != reason.None {
				t.Fatal(why)
			}
			if got := row.provider.Expect.Header(token); got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}
