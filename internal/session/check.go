package session

import (
	"slices"
	"time"

	"github.com/sessiongate/sessiongate/internal/assertion"
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
	// Rule is what the rule asks that the request falls under; nil: nothing. Set
	// it before each Group.State.
	Rule RuleCheck
	// Judged tells that the rule was asked about some token: another rule could
	// lead to another state.
	Judged bool
	// Assertions makes signed assertions; nil: nothing does.
	Assertions *assertion.Maker

	reader jwt.Reader
	ahead  Reading // of a token that was taken apart to see whose it is, and that is to be judged next
	draft  draft
}

// Next has the checker be ready for another request. What it found out about the
// one before is void, but for what it says of tokens that were verified.
func (c *Checker) Next() {
	c.reader.TakeBack()
	c.ahead = Reading{}
}

// Cache keeps verified tokens, by provider and whole token. Only tokens whose
// signature and claims held are ever added.
type Cache interface {
	Get(p *Provider, t jwt.Token) *Verified // nil if not there
	Add(p *Provider, v *Verified)
	Remove(p *Provider, t jwt.Token)
	// Grow notes that what is kept with a token takes so many bytes more, or
	// less.
	Grow(p *Provider, t jwt.Token, bytes int)
}

// Verified is a session token that was verified; it may be cached, and is
// read-only.
type Verified struct {
	Token      jwt.Token
	Claims     jwt.Claims
	Payload    []byte // the JSON object
	Kind       TokenKind
	Thumbprint [32]byte // of the key, RFC 7638
	Identity   *Identity
	// Headers are what the upstream is told of it; see Options.
	Headers [][2]string

	asserted []Asserted // by audience
	pending  bool       // the sign-in is not finished

	from, until time.Time // see jwt.Expect.Window
}

// Reading is a token taken apart, or found in the cache.
type Reading struct {
	Token  jwt.Token
	Claims *jwt.Claims // empty if Why is set
	Why    reason.Reason

	parsed *jwt.Parsed // or
	cached *Verified
}

// NoToken is what is read where there is no token. Read-only.
var NoToken = Reading{Claims: new(jwt.Claims), Why: reason.TokenInvalid}

// Unverified is the token as it was parsed; nil if it was verified before, or is
// malformed.
func (t *Reading) Unverified() *jwt.Parsed { return t.parsed }

// find finds a token among the verified ones. What it returns is empty if the token
// is not there.
func (c *Checker) find(p *Provider, token jwt.Token, o *Options) (t Reading) {
	if c.Cache == nil || len(token) > o.MaxTokenBytes {
		return t
	}
	if v := c.Cache.Get(p, token); v != nil {
		t = Reading{Token: token, Claims: &v.Claims, cached: v}
	}
	return t
}

// parse takes a token apart, in memory that is lent where nothing of it is kept.
func (c *Checker) parse(p *Provider, token jwt.Token, o *Options) (t Reading) {
	if c.ahead.Token == token && token != "" {
		return c.ahead
	}
	t = Reading{Token: token, Claims: NoToken.Claims}
	if c.keepsHeaders(o) {
		c.reader.Private = p.private
		t.parsed, t.Why = c.reader.Lend(token, o.MaxTokenBytes)
	} else {
		t.parsed, t.Why = c.Parse(p, token, o.MaxTokenBytes)
	}
	if t.Why == reason.None {
		t.Claims = &t.parsed.Claims
	}
	return t
}

// Parse takes a token apart, with the private names of the presets.
func (c *Checker) Parse(p *Provider, token jwt.Token, maxBytes int) (*jwt.Parsed, reason.Reason) {
	c.reader.Private = p.private
	return c.reader.Parse(token, maxBytes)
}

// verify does the checks that a Reading has left, of a token of this kind: all of them, or
// for a token from the cache those whose answer can change with time and with the
// keys.
func (c *Checker) verify(p *Provider, t *Reading, kind TokenKind, o *Options) (v *Verified, wait bool, why reason.Reason) {
	expect, keys := p.expect(kind), c.Snapshot(p)
	if t.cached != nil {
		if keys.Set != nil && keys.Set.Has(t.cached.Thumbprint) {
			return c.inTime(p, t, expect)
		}
		// Its key is gone. What is cached has lost what a verification needs.
		c.Cache.Remove(p, t.Token)
		again := c.parse(p, t.Token, o)
		if t = &again; t.Why != reason.None {
			return nil, false, t.Why
		}
	}
	key, wait, why := expect.Verify(t.parsed, keys, c.Verifier, c.Now)
	if why != reason.None {
		return nil, wait, why
	}
	v = c.newVerified(t.parsed, kind, o)
	v.Thumbprint = key.Thumbprint
	c.identify(p, v, t.parsed)
	if !p.accepts(v) {
		return nil, false, reason.TokenNotAccepted
	}
	v.from, v.until = expect.Window(&v.Claims)
	if o.Headers != nil {
		c.draft.headers = o.Headers(c.draft.headers[:0], p, v)
	}
	if c.keepsHeaders(o) {
		v = c.headersOnly(p, v)
	} else {
		v.Headers = slices.Clone(c.draft.headers)
	}
	if c.Cache != nil {
		c.Cache.Add(p, v)
	}
	return v, false, reason.None
}

// inTime looks at the times of a token from the cache.
func (c *Checker) inTime(p *Provider, t *Reading, expect *jwt.Expect) (v *Verified, wait bool, why reason.Reason) {
	if c.Now.Before(t.cached.from) || !c.Now.Before(t.cached.until) {
		if why := expect.Time(t.Claims, c.Now); why != reason.None {
			c.Cache.Remove(p, t.Token)
			return nil, false, why
		}
	}
	return t.cached, false, reason.None
}

// kindOf names the kind of a token that was read. The reason is TokenTypeMismatch
// for one that is not among the accepted.
func (c *Checker) kindOf(p *Provider, t *Reading, accepted TokenKinds) (kind TokenKind, why reason.Reason) {
	switch {
	case t.Why != reason.None:
		return NoKind, t.Why
	case t.cached != nil:
		kind = t.cached.Kind
	case t.Claims.HasPrivate:
		return NoKind, reason.None // Expect.Verify knows that it is no token of any kind
	default:
		kind = p.callers.kindOf(Claims{&c.reader, t.parsed})
	}
	if !accepted.Has(kind) {
		return kind, reason.TokenTypeMismatch
	}
	return kind, reason.None
}

// Snapshot is a provider's keys.
func (c *Checker) Snapshot(p *Provider) jwks.Snapshot {
	if p.Inline != nil {
		return jwks.Snapshot{Set: p.Inline, OnMissing: jwks.OnMissingRefuse}
	}
	return c.Keys(p)
}
