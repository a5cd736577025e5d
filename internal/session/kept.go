package session

import "github.com/sessiongate/sessiongate/jwt"

// draft is memory for a verified token of which only the headers are kept.
type draft struct {
	verified Verified
	identity Identity
	headers  [][2]string // of any token
	text     []byte      // of the token and its headers
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

// headersOnly is what is kept of a verified token where no rule looks at claims:
// the token, its times, and the headers that it gives, which the draft has. It shares
// no memory with v; all its texts are parts of one.
func (c *Checker) headersOnly(p *Provider, v *Verified) *Verified {
	d := &c.draft
	d.text = append(d.text[:0], v.Token...)
	for i := range d.headers {
		d.text = append(d.text, d.headers[i][1]...)
	}
	text := string(d.text)
	kept := &Verified{
		Token: jwt.Token(text[:len(v.Token)]),
		Claims: jwt.Claims{
			Issuer: p.issuerOf(&v.Claims), Expiry: v.Claims.Expiry, NotBefore: v.Claims.NotBefore, IssuedAt: v.Claims.IssuedAt,
		},
		Kind: v.Kind, Thumbprint: v.Thumbprint, Identity: &nobody, Headers: make([][2]string, len(d.headers)),
		pending: v.pending, from: v.from, until: v.until,
	}
	text = text[len(v.Token):]
	for i, line := range d.headers {
		kept.Headers[i] = [2]string{line[0], text[:len(line[1])]}
		text = text[len(line[1]):]
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
