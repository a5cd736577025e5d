package session

import "github.com/sessiongate/sessiongate/jwt"

// NotAccepted are the claims for which requiredClaims does not take a token,
// whether it was verified or not. It is for people; no decision asks.
func (c *Checker) NotAccepted(p *Provider, t *jwt.Parsed) (claims []Claim) {
	v := newVerified(t, p.callers.kindOf(t))
	c.identify(p, v, t)
	for i := range p.required {
		if !p.required[i].Holds(v, p) {
			claims = append(claims, p.required[i].claim)
		}
	}
	return claims
}
