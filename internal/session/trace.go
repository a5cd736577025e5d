package session

import "github.com/sessiongate/sessiongate/jwt"

// NotAccepted are the claims for which requiredClaims does not take a token,
// whether it was verified or not. It is for people; no decision asks.
func (c *Checker) NotAccepted(p *Provider, t *jwt.Parsed) (claims []Claim) {
	v := verifiedAs(t, p.callers.kindOf(Claims{&c.reader, t}), new(Identity))
	c.identify(p, &v, t)
	for i := range p.required {
		if !p.required[i].Holds(&v, p) {
			claims = append(claims, p.required[i].claim)
		}
	}
	return claims
}

// ExpectOf is the kind of a token, whether it was verified or not, and what one of
// that kind has to be like.
func (p *Provider) ExpectOf(t *jwt.Parsed) (TokenKind, *jwt.Expect) {
	kind := p.callers.kindOf(Claims{new(jwt.Reader), t})
	return kind, p.expect(kind)
}

// Unlisted is the list of callers in which that of a token is missing: the claim
// that names them, and the callers; empty where none is missing.
func (c *Checker) Unlisted(p *Provider, t *jwt.Parsed) (claim string, listed []string) {
	v := verifiedAs(t, p.callers.kindOf(Claims{&c.reader, t}), new(Identity))
	c.identify(p, &v, t)
	switch {
	case p.callers.listed(&v):
		return "", nil
	case v.Kind == M2MToken:
		return "sub", p.callers.machines
	}
	return "client_id", p.callers.clients
}
