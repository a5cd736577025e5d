package assertion

import (
	"crypto/sha256"
	"encoding/base64"

	"github.com/sessiongate/sessiongate/internal/ecdsa"
	"github.com/sessiongate/sessiongate/internal/jwa"
)

// Key is a private key of ES256: one of the curve P-256.
type Key struct {
	ID string // RFC 7638 thumbprint, in base64url
	// PKCS8 is the private key in DER, as hosts take it. To be kept out of
	// texts.
	PKCS8 []byte

	jwk     string // the public part
	point   string // likewise, uncompressed (SEC 1 section 2.3.3)
	private *ecdsa.PrivateKey
}

// String keeps the key out of logs.
func (k *Key) String() string { return "[key " + k.ID + "]" }

// GoString keeps the key out of logs.
func (k *Key) GoString() string { return k.String() }

// scalarSize is how many bytes a private number of P-256 has.
const scalarSize = 32

// newKey makes a key of a private number, which package ecdsa checks.
func newKey(scalar []byte) (*Key, error) {
	private, err := ecdsa.NewPrivateKey(scalar)
	if err != nil {
		return nil, ErrMalformed
	}
	x, y := private.Public().Coordinates()
	point := "\x04" + string(x) + string(y)
	// The members that RFC 7638 section 3.2 names, in its order.
	members := `"crv":"P-256","kty":"EC","x":"` + base64.RawURLEncoding.EncodeToString(x) +
		`","y":"` + base64.RawURLEncoding.EncodeToString(y) + `"`
	sum := sha256.Sum256([]byte("{" + members + "}"))
	id := base64.RawURLEncoding.EncodeToString(sum[:])
	return &Key{
		ID:      id,
		PKCS8:   []byte(pkcs8Before + string(scalar) + pkcs8Between + point),
		point:   point,
		jwk:     `{` + members + `,"kid":"` + id + `","alg":"ES256","use":"sig"}`,
		private: private,
	}, nil
}

// What a PrivateKeyInfo (RFC 5208 section 5) of P-256 has before the private
// number, and between it and the public point. The point spares who reads
// the key a multiplication.
const (
	pkcs8Before = "\x30\x81\x87\x02\x01\x00" + // version
		"\x30\x13\x06\x07" + oidEC + curveP256 + // algorithm
		"\x04\x6d\x30\x6b\x02\x01\x01\x04\x20" // ECPrivateKey (RFC 5915): version, number
	pkcs8Between = "\xa1\x44" + pointBits // [1]
)

// Sign signs with Go.
func (k *Key) Sign(random ecdsa.Random, signed string) ([]byte, error) {
	return k.private.Sign(random, sha256.Sum256([]byte(signed)))
}

// Verify reports whether a signature, r||s, is this key's.
func (k *Key) Verify(signed string, signature []byte) bool {
	return jwa.ES256.Verify(k.private.Public(), signed, signature)
}

// keySet is the JWK Set of the keys' public parts.
func keySet(key, next *Key) string {
	set := `{"keys":[` + key.jwk
	if next != nil && next.ID != key.ID {
		set += "," + next.jwk
	}
	return set + `]}`
}
