package session

import (
	"strings"

	"github.com/sessiongate/sessiongate/jwt"
)

// newVerified is a token that was parsed, as it is once it is verified.
func newVerified(t *jwt.Parsed, kind TokenKind) *Verified {
	return &Verified{Token: t.Token, Claims: t.Claims, Payload: t.Payload, Kind: kind, Identity: new(Identity)}
}

// nobody is the identity of tokens of which only the headers are kept. Read-only.
var nobody Identity

// keepHeaders leaves of a verified token what requests need where no rule looks at
// claims: the headers that it gives, and its times. Their values are parts of the
// payload, which is twice as long, and goes.
func (v *Verified) keepHeaders(p *Provider) {
	v.Identity = &nobody
	v.Payload = nil
	c := &v.Claims
	v.Claims = jwt.Claims{Issuer: p.issuerOf(c), Expiry: c.Expiry, NotBefore: c.NotBefore, IssuedAt: c.IssuedAt}
	size := 0
	for i := range v.Headers {
		size += len(v.Headers[i][1])
	}
	var values strings.Builder
	values.Grow(size)
	for i := range v.Headers {
		values.WriteString(v.Headers[i][1])
	}
	text := values.String()
	for i := range v.Headers {
		n := len(v.Headers[i][1])
		v.Headers[i][1], text = text[:n], text[n:]
	}
}

const (
	// verifiedBytes is about what a Verified and its place in a cache take, apart
	// from the texts in them.
	verifiedBytes = 432
	// identityBytes is what an Identity takes, apart from the texts in it.
	identityBytes = 256
	// headerBytes is what a header takes, apart from its value.
	headerBytes = 32
)

// Bytes is about how much memory it takes: the token, its decoded payload, and
// what of the identity and the headers is not a part of that.
func (v *Verified) Bytes() int {
	size := verifiedBytes + len(v.Token) + headerBytes*len(v.Headers)
	kept := v.Identity == &nobody
	for i := range v.Headers {
		// Most values are parts of the payload, where that is kept; the long ones
		// are not.
		if n := len(v.Headers[i][1]); kept || n > 64 {
			size += n
		}
	}
	if kept {
		return size
	}
	size += identityBytes + len(v.Payload)
	if b := v.Identity.Billing; b != nil {
		size += 16 * (cap(b.Plans.All) + cap(b.Features.All)) * 3 // in three lists of one size
	}
	for _, permission := range v.Identity.OrgPermissions {
		size += len(permission) + 16
	}
	return size + 16*len(v.Identity.Scopes) // parts of the payload
}
