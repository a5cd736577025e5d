package session

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/jwks/remote"
	"github.com/sessiongate/sessiongate/jwt"
)

// The general defaults. What a preset does otherwise stands with the preset.
const (
	DefaultRefreshInterval    = 5 * time.Minute
	DefaultTimeout            = 5 * time.Second
	DefaultMaxStale           = time.Hour
	DefaultUnknownKeyInterval = 10 * time.Second
	DefaultClockSkew          = 5 * time.Second
)

// DefaultTypes are the accepted "typ" values without a preset.
var DefaultTypes = []string{"jwt", "at+jwt"}

// New makes a provider of settings: the defaults of its preset, which is one of
// presets, then the general ones. With a problem that is no warning, the provider is nil.
func New(presets Presets, s Settings) (*Provider, problem.List) {
	preset := presets.find(s.Preset)
	if preset == nil {
		return nil, problem.List{{Path: "preset", Message: "\"" + s.Preset + "\" is not known; write one of " + strings.Join(presets.Choices(), ", ") + ", or leave it out"}}
	}
	s.Name = cmp.Or(s.Name, preset.Name)
	problems := s.foreignFields(presets, preset)
	var instance Instance
	if preset.Prepare != nil {
		own, found := preset.Prepare(&s)
		instance, problems = own, append(problems, found...)
	}
	if instance == nil {
		instance = Plain{}
	}
	if !problems.Fatal() {
		problems = append(problems, s.missing()...)
	}
	s.checkUserID(&problems)
	s.checkCallers(preset, &problems)
	if problems.Fatal() {
		return nil, problems
	}
	expect := s.expect(preset)
	p := &Provider{
		Name:    s.Name,
		Preset:  preset,
		Expect:  expect,
		Headers: given(s.FromHeaders, []HeaderSource{{Name: "authorization", Prefix: "Bearer"}}),
		Params:  s.FromParams,
		Cookies: given(s.FromCookies, preset.Cookies),

		ForeignTokens: s.ForeignTokens,
		Inline:        s.InlineKeys,

		ForwardOriginalToken:    or(s.ForwardOriginalToken, preset.Forwards),
		TokenToHeader:           s.TokenToHeader,
		ClaimHeaders:            s.OutputClaimToHeaders,
		PayloadHeader:           s.OutputPayloadToHeader,
		TreatPendingAsSignedOut: or(s.TreatPendingAsSignedOut, true),
		SignInURL:               s.SignInURL,
		StepUpURL:               s.StepUpURL,

		userID:    s.UserIDClaim.Names,
		sessionID: s.SessionIDClaim.Names,
		callers:   newCallers(&s, preset, expect),

		instance: instance,
		places:   instance.Places(),
		private:  presets.names(),
		presets:  presets,
	}
	if p.Inline == nil {
		p.Remote = s.remote()
	}
	for _, c := range s.RequiredClaims {
		p.required = append(p.required, NewMatcher(c))
	}
	return p, problems
}

// expect is what a token has to be like.
func (s *Settings) expect(preset *Preset) jwt.Expect {
	return jwt.Expect{
		Issuers:           s.Issuers,
		Audiences:         s.Audiences,
		AuthorizedParties: s.AuthorizedParties,
		HasUser:           s.hasUser(),
		AllowUnboundUse:   s.AllowUnboundUse,
		Algorithms:        cmp.Or(s.Algorithms, preset.Algorithms, jwa.All()),
		Types:             given(s.Types, preset.Types, DefaultTypes),
		Precheck:          preset.Precheck,
		RequireKeyID:      preset.KeyIDs,
		RequireExpiration: or(s.RequireExpiration, true),
		ClockSkew:         or(s.ClockSkew, DefaultClockSkew),
		MaxAge:            s.MaxTokenAge,
	}
}

// missing names what no preset and no default can give.
func (s *Settings) missing() problem.List {
	var problems problem.List
	if s.Name == "" {
		problems.Fail("name", "missing; write a name such as \"mine\", or a preset")
	}
	if len(s.Issuers) == 0 {
		problems.Fail("issuer", "missing; write the value that \"iss\" has in the tokens, such as \"https://issuer.example.com\"")
	}
	if s.InlineKeys == nil && s.JWKSURI == "" {
		problems.Fail("jwksUri", "missing; write the https URL of the issuer's keys, or the keys themselves as \"jwks\"")
	}
	return problems
}

// foreignFields names the fields that belong to another preset.
func (s *Settings) foreignFields(presets Presets, preset *Preset) problem.List {
	given := []struct {
		field string
		given bool
	}{
		{"publishableKey", s.PublishableKey != ""},
		{"projectId", s.ProjectID != ""},
		{"frontendApi", s.FrontendAPI != ""},
		{"treatPendingAsSignedOut", s.TreatPendingAsSignedOut != nil},
		{"handshake", s.Handshake != nil},
		{"isSatellite", s.IsSatellite},
		{"domain", s.Domain != ""},
		{"proxyUrl", s.ProxyURL != ""},
		{"satelliteAutoSync", s.SatelliteAutoSync},
	}
	var problems problem.List
	for _, g := range given {
		if !g.given || preset.takes(g.field) {
			continue
		}
		var owners []string
		for _, v := range presets {
			if v.takes(g.field) {
				owners = append(owners, v.Name)
			}
		}
		problems.Fail(g.field, "belongs to preset "+strings.Join(owners, " or ")+"; leave it out, or write that preset")
	}
	return problems
}

func (p *Preset) takes(field string) bool { return slices.Contains(p.Fields, field) }

func (s *Settings) remote() *remote.Source {
	return &remote.Source{
		URL:                s.JWKSURI,
		Cluster:            s.JWKSCluster,
		Headers:            s.JWKSHeaders,
		RefreshInterval:    or(s.JWKSRefreshInterval, DefaultRefreshInterval),
		Timeout:            or(s.JWKSTimeout, DefaultTimeout),
		MaxStale:           or(s.JWKSMaxStale, DefaultMaxStale),
		UnknownKeyInterval: or(s.JWKSUnknownKeyInterval, DefaultUnknownKeyInterval),
	}
}

func or[T any](value *T, otherwise T) T {
	if value != nil {
		return *value
	}
	return otherwise
}

// given is the first list that there is; an empty one is.
func given[T any](lists ...[]T) []T {
	for _, list := range lists {
		if list != nil {
			return list
		}
	}
	return nil
}
