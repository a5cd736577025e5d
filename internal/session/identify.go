package session

import "github.com/sessiongate/sessiongate/jwt"

// identify reads who is calling out of a verified token, which was t.
func (c *Checker) identify(p *Provider, v *Verified, t *jwt.Parsed) {
	claims := Claims{&c.reader, t}
	id := v.Identity
	if !p.IsIssuersWord(v) {
		p.callers.vendor.Caller(v.Kind, claims, id)
		return
	}
	id.UserID = v.Claims.Subject
	if p.userID != nil {
		id.UserID = idOf(claims.Get(p.userID...))
	}
	id.SessionID = claims.Text("sid")
	if p.sessionID != nil {
		id.SessionID = idOf(claims.Get(p.sessionID...))
	}
	id.Actor = claims.Text("act", "sub")
	if v.Kind != SessionToken {
		id.ClientID, id.Scopes = claims.Text("client_id"), claims.Scopes("scp", "scope")
	}
	if v.Kind == M2MToken {
		id.UserID, id.MachineID = "", id.UserID
	}
	if p.Preset.Identity != nil {
		p.Preset.Identity(claims, id)
	}
	v.pending = p.Preset.Pending != nil && p.Preset.Pending(claims)
}

// Scopes are those in the first of some claims that is there: a list of strings,
// or one string of words (RFC 8693 section 4.2).
func (c Claims) Scopes(names ...string) []string {
	for _, name := range names {
		value := c.Get(name)
		switch {
		case value.IsString():
			return Words(value.Text)
		case value.Exists():
			return c.Texts(name)
		}
	}
	return nil
}
