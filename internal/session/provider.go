package session

import (
	"slices"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwks/remote"
	"github.com/sessiongate/sessiongate/jwt"
)

// Provider is one issuer of session tokens, ready for requests. Made by New,
// read-only afterwards.
type Provider struct {
	Name   string
	Preset *Preset
	Expect jwt.Expect

	Headers []HeaderSource
	Params  []string
	Cookies []string // names of cookies with a session token

	ForeignTokens ForeignTokens

	Inline *jwks.Set      // keys from the configuration, or
	Remote *remote.Source // where keys are fetched

	ForwardOriginalToken    bool
	TokenToHeader           string
	ClaimHeaders            []ClaimHeader
	PayloadHeader           string
	TreatPendingAsSignedOut bool
	SignInURL               string
	StepUpURL               string

	userID, sessionID []string  // claims; nil: "sub", "sid"
	required          []Matcher // what a token's claims have to be like
	callers           callers

	instance Instance
	places   Places           // of the instance
	private  jwt.PrivateNames // of all presets
	presets  Presets          // all that the configuration may name
}

// Owns reports whether the token names an issuer of this provider. Nothing about
// the token is verified.
func (p *Provider) Owns(c *jwt.Claims) bool { return p.issuerOf(c) != "" }

// issuerOf is the issuer of this provider that claims name; empty if it names
// none.
func (p *Provider) issuerOf(c *jwt.Claims) string {
	for _, issuer := range p.Expect.Issuers {
		if c.Issuer == issuer {
			return issuer
		}
	}
	return ""
}

// accepts reports whether the claims of a token are what the provider requires,
// and name a caller that it lists.
func (p *Provider) accepts(v *Verified) bool {
	claim, _ := p.Unlisted(v)
	return claim == "" && p.Unmet(v) == nil
}

// Unmet are the claims of requiredClaims that a token does not meet.
func (p *Provider) Unmet(v *Verified) (claims []Claim) {
	for i := range p.required {
		if !p.required[i].Holds(v, p) {
			claims = append(claims, p.required[i].claim)
		}
	}
	return claims
}

// Unlisted is the claim that names the machine or the application of a token, and
// the list of the configuration in which it is missing; empty where none is.
func (p *Provider) Unlisted(v *Verified) (claim string, listed []string) {
	c := &p.callers
	switch {
	case v.Kind == M2MToken && c.machines != nil && !slices.Contains(c.machines, v.Claims.Subject):
		return "sub", c.machines
	case v.Kind == OAuthToken && c.clients != nil && !slices.Contains(c.clients, v.Identity.ClientID):
		return "client_id", c.clients
	}
	return "", nil
}

// ReadsCookies reports whether any cookie of a request may sign it in.
func (p *Provider) ReadsCookies() bool { return len(p.Cookies)+len(p.places.TokenCookies) > 0 }

// TokenCookies are the names of the cookies that may hold one of this
// provider's tokens.
func (p *Provider) TokenCookies() []string { return slices.Concat(p.Cookies, p.places.TokenCookies) }

// TokenCookie reports whether a cookie of that name is one of TokenCookies.
func (p *Provider) TokenCookie(name string) bool {
	return slices.Contains(p.Cookies, name) || slices.Contains(p.places.TokenCookies, name)
}

// SameInstance reports whether both are one instance of a vendor that names its
// cookies itself, and so read the same cookies.
func (p *Provider) SameInstance(other *Provider) bool {
	own := p.places.TokenCookies
	return len(own) > 0 && slices.Equal(own, other.places.TokenCookies)
}

// AppendAnswer appends the response headers with which a refusal or redirect
// tells the vendor's own code what was found.
func (p *Provider) AppendAnswer(headers [][2]string, kind Kind, why reason.Reason) [][2]string {
	if p.Preset.Answer == nil {
		return headers
	}
	return p.Preset.Answer(headers, kind, why)
}

// Uniform is a claim whose name holds for all versions of the vendor's tokens,
// as texts: one, or those of a list, or none if it is not there. uniform is
// false for every other claim.
func (p *Provider) Uniform(v *Verified, claim Claim) (texts []string, list, uniform bool) {
	if !p.IsIssuersWord(v) {
		if claim.IsScope() {
			return v.Identity.Scopes, true, true
		}
		return nil, false, true
	}
	if p.Preset.Uniform == nil || len(claim.Names) != 1 {
		return nil, false, false
	}
	return p.Preset.Uniform(v.Identity, claim.Names[0])
}

// TokenParams are the names of the query parameters that may hold one of this
// provider's tokens.
func (p *Provider) TokenParams() []string { return slices.Concat(p.Params, p.places.TokenParams) }

// PrivateParams are the query parameters that must not be handed on in a URL:
// those that hold a provider's tokens, and those of all presets, whichever the
// configuration has.
func PrivateParams(providers []*Provider) (names []string) {
	for i, p := range providers {
		if i == 0 {
			names = p.presets.privateParams()
		}
		names = append(names, p.TokenParams()...)
	}
	return names
}

// Sources are the cookies and parameters that these providers read, of which
// those that may hold tokens are to be taken away; with further cookies that are
// to be taken away, and further parameters that are read.
func Sources(providers []*Provider, taken, params []string) *request.Sources {
	var cookies, tokenParams []string
	tokenCookies := slices.Clone(taken)
	for _, p := range providers {
		tokenCookies = append(tokenCookies, p.TokenCookies()...)
		tokenParams = append(tokenParams, p.TokenParams()...)
		cookies, params = append(cookies, p.places.Cookies...), append(params, p.places.Params...)
	}
	return &request.Sources{
		Cookies: request.CookieNames(cookies, tokenCookies),
		Params:  request.ParamNames(params, tokenParams),
	}
}
