package jwt

import "github.com/sessiongate/sessiongate/internal/reason"

// lent is memory for one token that is looked at once.
type lent struct {
	parsed Parsed
	memory []byte
}

// maxLent is how long a token may be whose memory is lent. No cookie is longer.
const maxLent = 4 << 10

// Lend is Parse for a token of which nothing is kept, and makes no garbage. What
// comes out shares the memory of the token that was given, and of the reader. It
// holds until [Reader.TakeBack]. Tokens that are too many or too long to be lent
// are parsed.
func (r *Reader) Lend(token Token, maxBytes int) (*Parsed, reason.Reason) {
	if len(token) > min(maxBytes, maxLent) || r.out == len(r.lent) {
		return r.Parse(token, maxBytes)
	}
	l := &r.lent[r.out]
	r.out++
	if l.memory == nil {
		l.memory = make([]byte, 0, strictBase64.DecodedLen(maxLent))
	}
	return r.parse(&l.parsed, string(token), l.memory)
}

// TakeBack makes everything void that was lent.
func (r *Reader) TakeBack() { r.of, r.out = nil, 0 }
