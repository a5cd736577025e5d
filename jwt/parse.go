package jwt

import (
	"encoding/base64"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/sessiongate/sessiongate/ijson"
	"github.com/sessiongate/sessiongate/reason"
)

// Parse reads a token strictly; see the package comment. The reason is
// TokenTooLong or TokenInvalid. A token with an empty signature is well-formed:
// it fails later, by its algorithm or its signature.
//
// What comes out shares no memory with the token that was given, which may be a
// part of a buffer that is used again, or that holds all of a request's headers.
func Parse(token Token, maxBytes int) (*Parsed, reason.Reason) {
	if len(token) > maxBytes {
		return nil, reason.TokenTooLong
	}
	text := strings.Clone(string(token))
	header, rest, ok1 := strings.Cut(text, ".")
	payload, signature, ok2 := strings.Cut(rest, ".")
	if !ok1 || !ok2 {
		return nil, reason.TokenInvalid
	}
	p := &Parsed{Token: Token(text), signed: text[:len(header)+1+len(payload)]}
	if !p.Header.read(header) {
		return nil, reason.TokenInvalid
	}
	if p.Payload, ok1 = decode(payload); !ok1 || !p.Claims.read(p.Payload) {
		return nil, reason.TokenInvalid
	}
	// A fourth part would show here: a dot is not in the alphabet.
	if p.signature, ok1 = decode(signature); !ok1 {
		return nil, reason.TokenInvalid
	}
	return p, reason.None
}

// decode reads one part: base64url as RFC 7515 section 2 has it. Strict refuses
// stray bits after the last byte; line ends package base64 would skip.
func decode(part string) ([]byte, bool) {
	if strings.IndexByte(part, '\n') >= 0 || strings.IndexByte(part, '\r') >= 0 {
		return nil, false
	}
	data, err := strictBase64.DecodeString(part)
	return data, err == nil
}

var strictBase64 = base64.RawURLEncoding.Strict()

// read takes the JOSE header (RFC 7515 section 4).
func (h *Header) read(part string) bool {
	data, ok := decode(part)
	if !ok {
		return false
	}
	fine := true
	ok = ijson.Members(data, func(name, raw string) {
		into := (*string)(nil)
		switch name {
		case "alg":
			into = &h.Algorithm
		case "kid":
			into, h.HasKeyID = &h.KeyID, true
		case "typ":
			into, h.HasType = &h.Type, true
		case "cat":
			into, h.HasCategory = &h.Category, true
		case "crit", "b64":
			// No extension is understood here, so none can be critical (RFC 7515
			// section 4.1.11); RFC 7797 section 7 keeps b64 out of JWTs.
			fine = false
			return
		default:
			return
		}
		value := gjson.Parse(raw)
		*into = value.Str
		fine = fine && value.Type == gjson.String
	})
	return ok && fine
}

// read takes the registered claims (RFC 7519 section 4.1) and OpenID Connect's azp.
func (c *Claims) read(payload []byte) bool {
	return ijson.Members(payload, func(name, raw string) {
		switch name {
		case "iss":
			c.Issuer = str(gjson.Parse(raw))
		case "sub":
			c.Subject = str(gjson.Parse(raw))
		case "aud":
			c.readAudience(gjson.Parse(raw))
		case "azp":
			value := gjson.Parse(raw)
			c.AuthorizedParty, c.AuthorizedPartyMalformed = str(value), value.Type != gjson.String
		case "exp":
			c.Expiry = readDate(gjson.Parse(raw))
		case "nbf":
			c.NotBefore = readDate(gjson.Parse(raw))
		case "iat":
			c.IssuedAt = readDate(gjson.Parse(raw))
		case "handshake":
			c.HasHandshake = true
		}
	})
}

// readAudience takes a string or a list of strings (RFC 7519 section 4.1.3).
func (c *Claims) readAudience(value gjson.Result) {
	if value.Type != gjson.String && !value.IsArray() {
		c.AudienceMalformed = true
		return
	}
	value.ForEach(func(_, element gjson.Result) bool {
		if element.Type != gjson.String {
			c.Audience, c.AudienceMalformed = nil, true
			return false
		}
		c.Audience = append(c.Audience, element.Str)
		return true
	})
}

func str(value gjson.Result) string {
	if value.Type != gjson.String {
		return ""
	}
	return value.Str
}

// Member is the member of a payload that Parse has accepted, at a path of exact
// names: Member(payload, "act", "sub"). No character of a name is an operator.
// The result does not exist if any name is missing. It shares the payload's
// memory, which must not change.
func Member(payload []byte, names ...string) gjson.Result {
	return ijson.Member(ijson.Parse(payload), names...)
}

// MemberOf is Member from a member that was found before.
func MemberOf(member gjson.Result, names ...string) gjson.Result {
	return ijson.Member(member, names...)
}

// Members calls each with the members of a payload that Parse has accepted, in
// order, until it says no. They share the payload's memory.
func Members(payload []byte, each func(name string, value gjson.Result) bool) {
	ijson.Parse(payload).ForEach(func(key, value gjson.Result) bool { return each(key.Str, value) })
}
