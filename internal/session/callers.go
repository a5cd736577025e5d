package session

import "github.com/sessiongate/sessiongate/jwt"

// callers is which kinds of callers a provider accepts, and how it tells them
// apart.
type callers struct {
	accepted TokenKinds
	named    bool          // the configuration says which kinds there are
	vendor   *VendorKinds  // nil: the vendor has sessions only, or there is none
	kinds    []kindMatcher // of the configuration; nil: there are none

	oauth, m2m jwt.Expect // what tokens of these kinds have to be like
	machines   []string   // "sub" of M2M tokens; nil: any
	clients    []string   // "client_id" of OAuth tokens; nil: any
}

// kindMatcher is a KindCondition, ready for tokens.
type kindMatcher struct {
	kind TokenKind
	Matcher
}

// newCallers makes them of settings; sessions is what a session's token has to be like.
func newCallers(s *Settings, preset *Preset, sessions jwt.Expect) callers {
	c := callers{
		accepted: s.Tokens.OrSessions(), named: s.Tokens != 0 || s.Kinds != nil, vendor: preset.Kinds, oauth: sessions, m2m: sessions,
		machines: s.Machines, clients: s.Clients,
	}
	for _, k := range s.Kinds {
		c.kinds = append(c.kinds, kindMatcher{k.Kind, NewMatcher(k.Condition)})
	}
	if c.vendor != nil {
		c.oauth, c.m2m = c.vendor.Expect(OAuthToken, sessions), c.vendor.Expect(M2MToken, sessions)
	}
	return c
}

// kindOf names the kind of a well-formed token, of which nothing is verified.
func (c *callers) kindOf(t Claims) TokenKind {
	switch {
	case c.vendor != nil:
		return c.vendor.Of(t.of)
	case c.kinds == nil:
		return SessionToken
	}
	for i := range c.kinds {
		if c.kinds[i].holdsOf(t) {
			return c.kinds[i].kind
		}
	}
	return NoKind
}

// acceptedFrom are the kinds that the provider takes from a place. Others than
// sessions come in headers only.
func (c *callers) acceptedFrom(source Source) TokenKinds {
	if source.Kind != FromHeader {
		return c.accepted & onlySessions
	}
	return c.accepted
}

// expect is what a token of a kind has to be like.
func (p *Provider) expect(kind TokenKind) *jwt.Expect {
	switch kind {
	case OAuthToken:
		return &p.callers.oauth
	case M2MToken:
		return &p.callers.m2m
	}
	return &p.Expect
}

// Accepts are the kinds of tokens that the provider takes.
func (p *Provider) Accepts() TokenKinds { return p.callers.accepted }

// KindOf is the kind of a token, where the provider tells kinds apart and its
// configuration speaks of them; empty elsewhere.
func (p *Provider) KindOf(v *Verified) string {
	if p.callers.named && (p.callers.vendor != nil || p.callers.kinds != nil) {
		return v.Kind.String()
	}
	return ""
}

// IsIssuersWord reports whether the claims of a token are its issuer's word. Of
// a vendor's tokens that are no sessions, others may have written them.
func (p *Provider) IsIssuersWord(v *Verified) bool {
	return v.Kind == SessionToken || p.callers.vendor == nil
}

// Vouches is IsIssuersWord for one claim: the scopes count in any case.
func (p *Provider) Vouches(v *Verified, claim Claim) bool {
	return p.IsIssuersWord(v) || claim.IsScope()
}

// IsScope reports whether a claim is "scope" itself, which stands for the scopes
// of a token wherever the vendor writes them.
func (c Claim) IsScope() bool { return len(c.Names) == 1 && c.Names[0] == "scope" }

// VouchesForAudience reports whether "aud" of a token is its issuer's word.
func (p *Provider) VouchesForAudience(v *Verified) bool {
	return p.callers.vendor == nil || !p.callers.vendor.OwnAudience.Has(v.Kind)
}

// TakesAnyApplication reports whether OAuth tokens of every application pass that
// the vendor's users have let in.
func (p *Provider) TakesAnyApplication() bool {
	return p.callers.vendor != nil && p.callers.accepted.Has(OAuthToken) &&
		p.callers.oauth.Audiences == nil && p.callers.clients == nil
}

// MachinesWriteScopes reports whether the scopes of an M2M token are what the
// machine's owner writes.
func (p *Provider) MachinesWriteScopes() bool { return p.callers.vendor != nil }
