package jwks

import (
	"crypto/sha256"
	"encoding/base64"
)

// thumbprint is the SHA-256 of the JSON that RFC 7638 section 3 prescribes: the
// required members in order, without white space. The two numbers are written
// in base64url between the texts.
func thumbprint(before string, a []byte, between string, b []byte, after string) [32]byte {
	text := make([]byte, 0, len(before)+len(between)+len(after)+2*(len(a)+len(b)))
	text = append(text, before...)
	text = base64.RawURLEncoding.AppendEncode(text, a)
	text = append(text, between...)
	text = base64.RawURLEncoding.AppendEncode(text, b)
	text = append(text, after...)
	return sha256.Sum256(text)
}
