package jwt

import "github.com/sessiongate/sessiongate/internal/strictjson"

// read takes a member, if it is one of the registered claims (RFC 7519 section
// 4.1), OpenID Connect's azp, RFC 7800's cnf or the private one. Of several of one name, which make the token
// malformed but may only be found at its end, one is read: lists and numbers
// take time.
func (c *Claims) read(name, raw, text, private string) {
	switch name {
	case "iss":
		c.Issuer = text
	case "sub":
		c.Subject = text
	case "aud":
		if c.Audience == nil && !c.AudienceMalformed {
			c.readAudience(raw, text)
		}
	case "azp":
		c.AuthorizedParty = text
		c.AuthorizedPartyMalformed = raw[0] != '"'
	case "cnf":
		c.Bound = true
	case "exp":
		c.Expiry.read(raw)
	case "nbf":
		c.NotBefore.read(raw)
	case "iat":
		c.IssuedAt.read(raw)
	default:
		c.HasPrivate = c.HasPrivate || name == private && private != ""
	}
}

// readAudience takes a string or a list of strings (RFC 7519 section 4.1.3).
func (c *Claims) readAudience(raw, text string) {
	switch raw[0] {
	case '"':
		c.Audience = []string{text}
	case '[':
		n := 0
		strictjson.ElementsOf(raw, func(raw, _ string) {
			n++
			c.AudienceMalformed = c.AudienceMalformed || raw[0] != '"'
		})
		if c.AudienceMalformed || n == 0 {
			return
		}
		c.Audience = make([]string, 0, n) // at once: a list that grows is copied again and again
		strictjson.ElementsOf(raw, func(_, text string) { c.Audience = append(c.Audience, text) })
	default:
		c.AudienceMalformed = true
	}
}
