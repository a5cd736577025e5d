package session

import "github.com/sessiongate/sessiongate/jwt"

// AsVerified is a token as it would be once it is verified, whether it was or not.
// It is for people; no decision asks.
func (c *Checker) AsVerified(p *Provider, t *jwt.Parsed) Verified {
	v := verifiedAs(t, p.callers.kindOf(Claims{&c.reader, t}), new(Identity))
	c.identify(p, &v, t)
	return v
}

// ExpectOf is the kind of a token, whether it was verified or not, and what one of
// that kind has to be like.
func (p *Provider) ExpectOf(t *jwt.Parsed) (TokenKind, *jwt.Expect) {
	kind := p.callers.kindOf(Claims{new(jwt.Reader), t})
	return kind, p.expect(kind)
}
