package jwt

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/internal/bytealg"
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/strictjson"
)

// Parse reads a token strictly, without private names; see the package comment. The reason is
// TokenTooLong or TokenInvalid. A token with an empty signature is well-formed:
// it fails later, by its algorithm or its signature.
//
// What comes out shares no memory with the token that was given, which may be a
// part of a buffer that is used again, or that holds all of a request's headers.
func Parse(token Token, maxBytes int) (*Parsed, reason.Reason) {
	return new(Reader).Parse(token, maxBytes)
}

// Reader parses one token after the other. It remembers the header of the last
// one, because all tokens of an issuer have the same, and the members of its
// payload unless there are very many. The zero value is ready.
type Reader struct {
	// Private are the names to look for. They are set before the first Parse.
	Private PrivateNames

	part   string // of a token that was well-formed, as it stood there
	header Header

	of      *Parsed // whose members are all here; nil if some are not
	members []member

	lent [2]lent // see Lend
	out  int     // how many of them are lent
}

// member is a member of a payload.
type member struct{ name, raw, text string }

// Parse is [Parse] with the reader's private names.
func (r *Reader) Parse(token Token, maxBytes int) (*Parsed, reason.Reason) {
	if len(token) > maxBytes {
		return nil, reason.TokenTooLong
	}
	return r.parse(new(Parsed), strings.Clone(string(token)), nil)
}

// parse reads a token into p, which shares the memory of the text. Its payload
// and its signature are decoded into memory, which has room for both or is nil.
func (r *Reader) parse(p *Parsed, text string, memory []byte) (*Parsed, reason.Reason) {
	header, rest, ok1 := strings.Cut(text, ".")
	payload, signature, ok2 := strings.Cut(rest, ".")
	if !ok1 || !ok2 {
		return nil, reason.TokenInvalid
	}
	*p = Parsed{Token: Token(text), signed: text[:len(header)+1+len(payload)]}
	if header == r.part && header != "" {
		p.Header = r.header
	} else {
		if !p.Header.read(header, r.Private.Parameter) {
			return nil, reason.TokenInvalid
		}
		r.part, r.header = strings.Clone(header), p.Header
	}
	if memory == nil {
		memory = make([]byte, 0, strictBase64.DecodedLen(len(payload))+strictBase64.DecodedLen(len(signature)))
	}
	if p.Payload, ok1 = decode(memory, payload); !ok1 || !r.readPayload(p) {
		return nil, reason.TokenInvalid
	}
	// A fourth part would show here: a dot is not in the alphabet.
	if p.signature, ok1 = decode(p.Payload[len(p.Payload):], signature); !ok1 {
		return nil, reason.TokenInvalid
	}
	p.Payload = slices.Clip(p.Payload)
	return p, reason.None
}

// keptMembers is how many members are remembered: for as many as a client likes
// to make up, they would take many times the memory of the payload.
const keptMembers = 64

func (r *Reader) readPayload(p *Parsed) bool {
	if r.members = r.members[:0]; r.members == nil {
		r.members = make([]member, 0, keptMembers)
	}
	r.of = p
	return strictjson.Members(p.Payload, func(name, raw, text string) {
		if len(r.members) < keptMembers {
			r.members = append(r.members, member{name, raw, text})
		} else {
			r.of = nil
		}
		p.Claims.read(name, raw, text, r.Private.Claim)
	})
}

// Member is the member of a payload at a path of exact names, as the function
// [Member] finds it; for the token that was parsed last, mostly without reading
// it again.
func (r *Reader) Member(p *Parsed, names ...string) strictjson.Value {
	if r.of != p {
		return Member(p.Payload, names...)
	}
	for i := range r.members {
		if m := &r.members[i]; m.name == names[0] {
			return strictjson.Member(strictjson.Value{Raw: m.raw, Text: m.text}, names[1:]...)
		}
	}
	return strictjson.Value{}
}

// decode appends one part: base64url as RFC 7515 section 2 has it. Strict refuses
// stray bits after the last byte; line ends package base64 would skip.
func decode(to []byte, part string) ([]byte, bool) {
	if bytealg.HasBelow(part, ' ', ' ') {
		return nil, false
	}
	data, err := strictBase64.AppendDecode(to, []byte(part))
	return data, err == nil
}

var strictBase64 = base64.RawURLEncoding.Strict()

// read takes the JOSE header (RFC 7515 section 4).
func (h *Header) read(part, private string) bool {
	data, ok := decode(nil, part)
	if !ok {
		return false
	}
	fine := true
	ok = strictjson.Members(data, func(name, raw, text string) {
		switch name {
		case "alg":
			h.Algorithm = text
		case "kid":
			h.KeyID, h.HasKeyID = text, true
		case "typ":
			h.Type, h.HasType = text, true
		case "crit", "b64":
			// No extension is understood here, so none can be critical (RFC 7515
			// section 4.1.11); RFC 7797 section 7 keeps b64 out of JWTs.
			fine = false
		default:
			if name != private || private == "" {
				return
			}
			h.Private, h.HasPrivate = text, true
		}
		fine = fine && raw[0] == '"'
	})
	return ok && fine
}

// Member is the member of a payload that Parse has accepted, at a path of exact
// names: Member(payload, "act", "sub"). No character of a name is an operator.
// The result does not exist if any name is missing. It shares the payload's
// memory, which must not change.
func Member(payload []byte, names ...string) strictjson.Value {
	return strictjson.Member(strictjson.Parse(payload), names...)
}

// MembersOf calls each with the members of an object in a payload whose values
// are strings, and what those say.
func MembersOf(object strictjson.Value, each func(name, text string)) {
	strictjson.MembersOf(object, func(name, raw, text string) {
		if raw[0] == '"' {
			each(name, text)
		}
	})
}
