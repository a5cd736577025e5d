package jwks

import (
	"crypto/sha256"
	"encoding/base64"
)

// thumbprint is the SHA-256 of the JSON that RFC 7638 section 3 prescribes: the
// required members in order, without white space.
func thumbprint(json string) [32]byte { return sha256.Sum256([]byte(json)) }

func base64URL(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }
