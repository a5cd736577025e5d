package session

import (
	"time"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/jwt"
)

// Checker is what a decision needs to verify tokens. The shell makes one per
// decision.
type Checker struct {
	Now      time.Time
	Keys     func(*Provider) jwks.Snapshot // of a provider with remote keys
	Verifier jwt.Verifier
	Cache    Cache // nil: nothing is kept
	// Waited tells that the request has waited for keys already: what is still
	// lacking counts as unavailable.
	Waited bool

	reader jwt.Reader
}

// Cache keeps verified tokens, by provider and whole token. Only tokens whose
// signature and claims held are ever added.
type Cache interface {
	Get(p *Provider, t jwt.Token) *Verified // nil if not there
	Add(p *Provider, v *Verified)
	Remove(p *Provider, t jwt.Token)
}

// Verified is a session token that was verified; it may be cached, and is
// read-only.
type Verified struct {
	Parsed     *jwt.Parsed
	Thumbprint [32]byte // of the key, RFC 7638
	Identity   Identity
	// Headers are what package policy has made of it for the upstream; nil
	// before it is first forwarded.
	Headers [][2]string

	pending bool // the sign-in is not finished

	from, until time.Time // see jwt.Expect.Window
}

// reading is a token taken apart, or found in the cache.
type reading struct {
	token  jwt.Token
	parsed *jwt.Parsed // nil if why is set
	cached *Verified
	why    reason.Reason
}

// read takes a token apart, or finds it among the verified ones.
func (c *Checker) read(p *Provider, token jwt.Token, maxBytes int, into *reading) {
	into.token = token
	if into.cached = c.cached(p, token, maxBytes); into.cached != nil {
		into.parsed = into.cached.Parsed
		return
	}
	into.parsed, into.why = c.parse(token, maxBytes)
}

// parse takes a token apart.
func (c *Checker) parse(token jwt.Token, maxBytes int) (*jwt.Parsed, reason.Reason) {
	c.reader.Private = privateNames
	return c.reader.Parse(token, maxBytes)
}

// cached finds a token among the verified ones.
func (c *Checker) cached(p *Provider, token jwt.Token, maxBytes int) *Verified {
	if c.Cache == nil || len(token) > maxBytes {
		return nil
	}
	return c.Cache.Get(p, token)
}

// verify does the checks that read left: all of them, or for a token from the
// cache those whose answer can change with time and with the keys.
func (c *Checker) verify(p *Provider, t *reading) (v *Verified, wait bool, why reason.Reason) {
	if t.why != reason.None {
		return nil, false, t.why
	}
	keys := c.snapshot(p)
	if t.cached != nil {
		if keys.Set != nil && keys.Set.Has(t.cached.Thumbprint) {
			if !c.Now.Before(t.cached.from) && c.Now.Before(t.cached.until) {
				return t.cached, false, reason.None
			}
			if why := p.Expect.Time(&t.parsed.Claims, c.Now); why != reason.None {
				c.Cache.Remove(p, t.token)
				return nil, false, why
			}
			return t.cached, false, reason.None
		}
		// Its key is gone. What is cached has lost what a verification needs.
		c.Cache.Remove(p, t.token)
		if t.parsed, why = c.parse(t.token, len(t.token)); why != reason.None {
			return nil, false, why
		}
	}
	key, wait, why := p.Expect.Verify(t.parsed, keys, c.Verifier, c.Now)
	if why != reason.None {
		return nil, wait, why
	}
	v = &Verified{Parsed: t.parsed, Thumbprint: key.Thumbprint}
	c.identify(p, v)
	if c.Cache != nil {
		v.Parsed.Release()
		v.from, v.until = p.Expect.Window(&v.Parsed.Claims)
		c.Cache.Add(p, v)
	}
	return v, false, reason.None
}

func (c *Checker) snapshot(p *Provider) jwks.Snapshot {
	if p.Inline != nil {
		return jwks.Snapshot{Set: p.Inline, OnMissing: jwks.OnMissingRefuse}
	}
	return c.Keys(p)
}

// identify reads who is calling out of a verified token.
func (c *Checker) identify(p *Provider, v *Verified) {
	claims := claims{&c.reader, v.Parsed}
	id := &v.Identity
	id.UserID = v.Parsed.Claims.Subject
	id.SessionID = claims.text("sid")
	id.Actor = claims.text("act", "sub")
	if p.Vendor.identity != nil {
		p.Vendor.identity(claims, id)
	}
	v.pending = p.Vendor.pending != nil && p.Vendor.pending(claims)
}
