package session

import (
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwks/remote"
	"github.com/sessiongate/sessiongate/jwt"
)

// Provider is one issuer of session tokens, ready for requests. Made by New,
// read-only afterwards.
type Provider struct {
	Name   string
	Vendor *Vendor
	Expect jwt.Expect

	Headers []HeaderSource
	Params  []string
	Cookies []string // names of cookies with a session token

	Inline *jwks.Set      // keys from the configuration, or
	Remote *remote.Source // where keys are fetched

	ForwardOriginalToken    bool
	TokenToHeader           string
	ClaimHeaders            []ClaimHeader
	PayloadHeader           string
	TreatPendingAsSignedOut bool
	SignInURL               string

	clerk *clerkInstance // preset clerk, unless it reads no cookies
}

// owns tells whether the token names an issuer of this provider. Nothing about
// the token is verified.
func (p *Provider) owns(t *jwt.Parsed) bool {
	if t == nil || t.Claims.Issuer == "" {
		return false
	}
	for _, issuer := range p.Expect.Issuers {
		if t.Claims.Issuer == issuer {
			return true
		}
	}
	return false
}

// ReadsCookies tells whether any cookie of a request may sign it in.
func (p *Provider) ReadsCookies() bool { return len(p.Cookies) > 0 || p.clerk != nil }

// TokenCookie tells whether a cookie of that name may hold one of this
// provider's tokens.
func (p *Provider) TokenCookie(name string) bool {
	for _, c := range p.Cookies {
		if name == c {
			return true
		}
	}
	return p.clerk != nil && p.clerk.tokenCookie(name)
}

// SameInstance tells whether both are one instance of a vendor that names its
// cookies itself, and so read the same cookies.
func (p *Provider) SameInstance(other *Provider) bool {
	return p.clerk != nil && other.clerk != nil && p.clerk.suffixed == other.clerk.suffixed
}

// TokenParam tells whether a query parameter of that name may hold one of
// this provider's tokens.
func (p *Provider) TokenParam(name string) bool {
	for _, c := range p.Params {
		if name == c {
			return true
		}
	}
	return p.clerk != nil && name == handshakeName
}
