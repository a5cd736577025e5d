package session

import (
	"strings"

	"github.com/sessiongate/sessiongate/jwt"
)

// draft is memory for a verified token of which only the headers are kept.
type draft struct {
	verified Verified
	identity Identity
	headers  [][2]string // of any token
}

// nobody is the identity of tokens of which only the headers are kept. Read-only.
var nobody Identity

// keepsHeaders reports whether nothing is kept of verified tokens but their
// headers and times.
func (c *Checker) keepsHeaders(o *Options) bool { return c.Cache != nil && !o.ReadsClaims }

// newVerified is a token that was parsed, as it is once it is verified. It is to
// be kept, or the draft of what is.
func (c *Checker) newVerified(t *jwt.Parsed, kind TokenKind, o *Options) *Verified {
	if !c.keepsHeaders(o) {
		v := verifiedAs(t, kind, new(Identity))
		return &v
	}
	d := &c.draft
	d.identity = Identity{}
	d.verified = verifiedAs(t, kind, &d.identity)
	return &d.verified
}

// verifiedAs is a token that was parsed, as it is once it is verified, with an
// identity that is to be filled in.
func verifiedAs(t *jwt.Parsed, kind TokenKind, id *Identity) Verified {
	return Verified{Token: t.Token, Claims: t.Claims, Payload: t.Payload, Kind: kind, Identity: id}
}

// withOnly is what is kept of a verified token where no rule looks at claims: the
// token, its times, and the headers that it gives. It shares no memory with v.
func (v *Verified) withOnly(headers [][2]string, p *Provider) *Verified {
	size := len(v.Token)
	for i := range headers {
		size += len(headers[i][1])
	}
	var all strings.Builder
	all.Grow(size)
	all.WriteString(string(v.Token))
	for i := range headers {
		all.WriteString(headers[i][1])
	}
	text := all.String()
	take := func(n int) (part string) {
		part, text = text[:n], text[n:]
		return part
	}
	c := &v.Claims
	kept := &Verified{
		Token:  jwt.Token(take(len(v.Token))),
		Claims: jwt.Claims{Issuer: p.issuerOf(c), Expiry: c.Expiry, NotBefore: c.NotBefore, IssuedAt: c.IssuedAt},
		Kind:   v.Kind, Thumbprint: v.Thumbprint, Identity: &nobody, Headers: make([][2]string, len(headers)),
		pending: v.pending, from: v.from, until: v.until,
	}
	for i := range headers {
		line := &headers[i]
		kept.Headers[i] = [2]string{line[0], take(len(line[1]))}
	}
	return kept
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
