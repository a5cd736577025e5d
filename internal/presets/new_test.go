package presets_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/presets"
	"github.com/sessiongate/sessiongate/internal/session"
)

// TestDerived: what follows from the few fields that a preset needs.
func TestDerived(t *testing.T) {
	const live, test = "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k", "pk_test_aGFwcHktaGlwcG8tMS5jbGVyay5hY2NvdW50cy5kZXYk"
	for _, row := range []struct {
		name     string
		settings session.Settings
		keys     string
		issuers  string // with spaces between
		cookies  string // of those below that may hold a token
		header   string // of the fetch
	}{
		{"clerk, production", session.Settings{Preset: "clerk", PublishableKey: live},
			"https://clerk.example.com/.well-known/jwks.json", "https://clerk.example.com", "__session __session_naoXFJnI __clerk_handshake", ""},
		{"clerk, development", session.Settings{Preset: "clerk", PublishableKey: test},
			"https://happy-hippo-1.clerk.accounts.dev/.well-known/jwks.json", "https://happy-hippo-1.clerk.accounts.dev", "__session __session_MWTw9P_R __clerk_handshake", ""},
		{"clerk, a space after the dollar is refused", session.Settings{Preset: "clerk", PublishableKey: "pk_live_Y2xlcmsuZXhhbXBsZS5vcmckIA=="}, "", "", "", ""},
		{"clerk, key with padding", session.Settings{Preset: "clerk", PublishableKey: "pk_live_YS5leGFtcGxlJA=="},
			"https://a.example/.well-known/jwks.json", "https://a.example", "__session __clerk_handshake", ""},
		{"clerk, the same without padding", session.Settings{Preset: "clerk", PublishableKey: "pk_live_YS5leGFtcGxlJA"},
			"https://a.example/.well-known/jwks.json", "https://a.example", "__session __clerk_handshake", ""},
		{"clerk, half of the padding", session.Settings{Preset: "clerk", PublishableKey: "pk_live_YS5leGFtcGxlJA="}, "", "", "", ""},
		{"clerk, behind a proxy", session.Settings{Preset: "clerk", PublishableKey: live, ProxyURL: "https://app.example.com/__clerk/"},
			"https://clerk.example.com/.well-known/jwks.json", "https://clerk.example.com https://app.example.com/__clerk https://app.example.com/__clerk/", "__session __session_naoXFJnI __clerk_handshake", ""},
		{"clerk, satellite", session.Settings{Preset: "clerk", PublishableKey: live, IsSatellite: true, Domain: "satellite.example"},
			"https://clerk.example.com/.well-known/jwks.json", "https://clerk.example.com https://clerk.satellite.example", "__session __session_naoXFJnI __clerk_handshake", ""},
		{"clerk, issuer by hand", session.Settings{Preset: "clerk", PublishableKey: live, Issuers: []string{"https://x.example"}},
			"https://clerk.example.com/.well-known/jwks.json", "https://x.example", "__session __session_naoXFJnI __clerk_handshake", ""},
		{"clerk, bearer only", session.Settings{Preset: "clerk", PublishableKey: live, FromCookies: []string{}},
			"https://clerk.example.com/.well-known/jwks.json", "https://clerk.example.com", "", ""},
		{"clerk, bearer only, without a publishable key", session.Settings{Preset: "clerk", FromCookies: []string{}, Issuers: []string{"https://x.example"}, JWKSURI: "https://x.example/keys"},
			"https://x.example/keys", "https://x.example", "", ""},
		{"oneauxilia", session.Settings{Preset: "oneauxilia", Issuers: []string{"https://x.example"}, JWKSURI: "https://x.example/keys"},
			"https://x.example/keys", "https://x.example", "__session", ""},
		{"corbado", session.Settings{Preset: "corbado", ProjectID: "pro-123"},
			"https://pro-123.frontendapi.cloud.corbado.io/.well-known/jwks", "https://pro-123.frontendapi.corbado.io https://pro-123.frontendapi.cloud.corbado.io", "cbo_session_token", "x-corbado-projectid: pro-123"},
		{"corbado, own host", session.Settings{Preset: "corbado", ProjectID: "pro-123", FrontendAPI: "auth.example.com"},
			"https://auth.example.com/.well-known/jwks", "https://pro-123.frontendapi.corbado.io https://pro-123.frontendapi.cloud.corbado.io https://auth.example.com", "cbo_session_token", "x-corbado-projectid: pro-123"},
		{"corbado, older cookie", session.Settings{Preset: "corbado", ProjectID: "pro-123", FromCookies: []string{"cbo_session_token", "cbo_short_session"}},
			"https://pro-123.frontendapi.cloud.corbado.io/.well-known/jwks", "https://pro-123.frontendapi.corbado.io https://pro-123.frontendapi.cloud.corbado.io", "cbo_session_token cbo_short_session", "x-corbado-projectid: pro-123"},
	} {
		t.Run(row.name, func(t *testing.T) {
			p, problems := session.New(presets.All, row.settings)
			if p == nil {
				if row.keys != "" {
					t.Fatalf("refused: %v", problems)
				}
				return
			}
			if p.Remote.URL != row.keys {
				t.Errorf("keys %q, want %q", p.Remote.URL, row.keys)
			}
			if got := strings.Join(p.Expect.Issuers, " "); got != row.issuers {
				t.Errorf("issuers %q, want %q", got, row.issuers)
			}
			var cookies []string
			for _, name := range []string{"__session", "__session_naoXFJnI", "__session_MWTw9P_R", "__session_x", "__client_uat", "__clerk_db_jwt", "__clerk_handshake", "cbo_session_token", "cbo_short_session", "session"} {
				if p.TokenCookie(name) {
					cookies = append(cookies, name)
				}
			}
			if got := strings.Join(cookies, " "); got != row.cookies || p.ReadsCookies() != (got != "") {
				t.Errorf("cookies %q, want %q", got, row.cookies)
			}
			header := ""
			for _, h := range p.Remote.Headers {
				header += h[0] + ": " + h[1]
			}
			if header != row.header {
				t.Errorf("header %q, want %q", header, row.header)
			}
		})
	}
}

// TestPresets: the defaults of each, as the reference has them.
func TestPresets(t *testing.T) {
	if got := strings.Join(presets.All.Choices(), " "); got != "clerk oneauxilia corbado" {
		t.Errorf("presets %s", got)
	}
	base := session.Settings{Name: "x", Issuers: []string{"https://x.example"}, JWKSURI: "https://x.example/keys"}
	for preset, want := range map[string]struct {
		algorithms, types string
		forwards          bool
	}{
		"":           {"RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA", "jwt at+jwt", false},
		"clerk":      {"RS256 RS384 RS512", "jwt", true},
		"oneauxilia": {"RS256", "jwt", true},
		"corbado":    {"RS256", "jwt", true},
	} {
		s := base
		if s.Preset = preset; preset == "clerk" {
			s.FromCookies = []string{}
		}
		p, problems := session.New(presets.All, s)
		if p == nil {
			t.Fatalf("%s: %v", preset, problems)
		}
		var algorithms []string
		for _, a := range p.Expect.Algorithms.List() {
			algorithms = append(algorithms, a.Name())
		}
		if got := strings.Join(algorithms, " "); got != want.algorithms {
			t.Errorf("%q: algorithms %s", preset, got)
		}
		if got := strings.Join(p.Expect.Types, " "); got != want.types || p.ForwardOriginalToken != want.forwards || !p.TreatPendingAsSignedOut || !p.Expect.RequireExpiration {
			t.Errorf("%q: types %s, forwards %v", preset, got, p.ForwardOriginalToken)
		}
		s.Algorithms, s.Types = jwa.SetOf(jwa.ES256), []string{"x"}
		if p, _ = session.New(presets.All, s); p.Expect.Algorithms != jwa.SetOf(jwa.ES256) || !slices.Equal(p.Expect.Types, []string{"x"}) {
			t.Errorf("%q: a value of one's own does not count", preset)
		}
	}
}

// TestProblems: what is wrong, by field.
func TestProblems(t *testing.T) {
	const live, test = "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k", "pk_test_aGFwcHktaGlwcG8tMS5jbGVyay5hY2NvdW50cy5kZXYk"
	yes := true
	for _, row := range []struct {
		name     string
		settings session.Settings
		field    string // empty: only warnings
	}{
		{"no preset of that name", session.Settings{Preset: "auth0"}, "preset"},
		{"clerk: no key", session.Settings{Preset: "clerk"}, "publishableKey"},
		{"clerk: a secret key", session.Settings{Preset: "clerk", PublishableKey: "sk_live_x"}, "publishableKey"},
		{"clerk: no base64", session.Settings{Preset: "clerk", PublishableKey: "pk_live_$$$$"}, "publishableKey"},
		{"clerk: no dollar", session.Settings{Preset: "clerk", PublishableKey: "pk_live_Y2xlcmsuZXhhbXBsZS5jb20"}, "publishableKey"},
		{"clerk: two dollars", session.Settings{Preset: "clerk", PublishableKey: "pk_live_Y2xlcmsuZXhhbXBsZS5jb20kJA=="}, "publishableKey"},
		{"clerk: a dollar inside", session.Settings{Preset: "clerk", PublishableKey: "pk_live_YS5iJGMuZCQ="}, "publishableKey"},
		{"clerk: no dot", session.Settings{Preset: "clerk", PublishableKey: "pk_live_bG9jYWxob3N0JA=="}, "publishableKey"},
		{"clerk: a path", session.Settings{Preset: "clerk", PublishableKey: "pk_live_YS5leGFtcGxlL3gk"}, "publishableKey"},
		{"clerk: a line break", session.Settings{Preset: "clerk", PublishableKey: "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k\n"}, "publishableKey"},
		{"clerk: cookies by hand", session.Settings{Preset: "clerk", PublishableKey: live, FromCookies: []string{"x"}}, "fromCookies"},
		{"clerk: handshake without cookies", session.Settings{Preset: "clerk", PublishableKey: live, FromCookies: []string{}, Handshake: &yes}, "handshake"},
		{"clerk: a satellite of nothing", session.Settings{Preset: "clerk", PublishableKey: live, IsSatellite: true}, "isSatellite"},
		{"clerk: a satellite's domain with a path", session.Settings{Preset: "clerk", PublishableKey: live, IsSatellite: true, Domain: "a/b"}, "domain"},
		{"clerk: a development satellite without a sign-in page", session.Settings{Preset: "clerk", PublishableKey: test, IsSatellite: true, Domain: "a.example"}, "signInUrl"},
		{"clerk: a development satellite with a path as its sign-in page", session.Settings{Preset: "clerk", PublishableKey: test, IsSatellite: true, Domain: "a.example", SignInURL: "/sign-in"}, "signInUrl"},
		{"clerk: a domain without a satellite", session.Settings{Preset: "clerk", PublishableKey: live, Domain: "a.example"}, "domain"},
		{"clerk: syncing without a satellite", session.Settings{Preset: "clerk", PublishableKey: live, SatelliteAutoSync: true}, "satelliteAutoSync"},
		{"clerk: a project", session.Settings{Preset: "clerk", PublishableKey: live, ProjectID: "pro-123"}, "projectId"},
		{"clerk: all is well, but for authorizedParties", session.Settings{Preset: "clerk", PublishableKey: live}, ""},
		{"corbado: no project", session.Settings{Preset: "corbado"}, "projectId"},
		{"corbado: no project's id", session.Settings{Preset: "corbado", ProjectID: "pro-1.evil.example"}, "projectId"},
		{"corbado: handshake", session.Settings{Preset: "corbado", ProjectID: "pro-123", Handshake: &yes}, "handshake"},
		{"oneauxilia: no issuer", session.Settings{Preset: "oneauxilia", JWKSURI: "https://x.example/keys"}, "issuer"},
		{"oneauxilia: no keys", session.Settings{Preset: "oneauxilia", Issuers: []string{"https://x.example"}}, "jwksUri"},
		{"none: no name", session.Settings{Issuers: []string{"https://x.example"}, JWKSURI: "https://x.example/keys"}, "name"},
		{"none: a vendor's field", session.Settings{Name: "x", Issuers: []string{"https://x.example"}, JWKSURI: "https://x.example/keys", PublishableKey: live}, "publishableKey"},
	} {
		t.Run(row.name, func(t *testing.T) {
			p, problems := session.New(presets.All, row.settings)
			var fields []string
			for _, p := range problems {
				if !p.Warning {
					fields = append(fields, p.Path)
				}
				if strings.Contains(p.Message, "sk_live_x") {
					t.Error("the message repeats a secret")
				}
			}
			if (p == nil) != (row.field != "") || row.field != "" && !slices.Contains(fields, row.field) {
				t.Errorf("problems with %q, want %q", fields, row.field)
			}
		})
	}
}
