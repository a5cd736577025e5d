package jwks

import (
	"crypto"
	"crypto/rsa"
	"math/big"
	"slices"

	"github.com/sessiongate/sessiongate/internal/ecdsa"
	"github.com/sessiongate/sessiongate/internal/jwa"
)

// Key is one usable public key.
type Key struct {
	ID         string           // "kid"
	HasID      bool             // whether there was a "kid"
	Algorithms jwa.Set          // what kty, crv, alg, use and key_ops let it verify
	Public     crypto.PublicKey // *rsa.PublicKey, *ecdsa.PublicKey or ed25519.PublicKey
	SPKI       []byte           // DER SubjectPublicKeyInfo, built once
	Thumbprint [32]byte         // RFC 7638, SHA-256
}

// Sizes of RSA keys in bits. RFC 7518 section 3.3 demands the lower bound; the
// upper one keeps a verification below some milliseconds.
const (
	MinRSABits = 2048
	MaxRSABits = 8192
)

// newRSA makes a key of a modulus and a public exponent, big-endian.
//
// The exponent has to be odd and from 3 to 2^31-1: with 1 every message is its
// own signature, an even one has no inverse, and larger ones (which Go does
// not take either) only make verifying slow. An even modulus is no product of
// two large primes, and would make the arithmetic fail.
func newRSA(modulus, exponent []byte) (*Key, error) {
	n, e := new(big.Int).SetBytes(modulus), new(big.Int).SetBytes(exponent)
	switch {
	case n.BitLen() < MinRSABits || n.BitLen() > MaxRSABits:
		return nil, errRSASize
	case n.Bit(0) == 0:
		return nil, errRSAModulus
	case e.BitLen() > 31 || e.Int64() < 3 || e.Bit(0) == 0:
		return nil, errRSAExponent
	}
	return &Key{
		Algorithms: jwa.ForKey("RSA", ""),
		Public:     &rsa.PublicKey{N: n, E: int(e.Int64())},
		SPKI:       rsaSPKI(n.Bytes(), e.Bytes()),
		Thumbprint: thumbprint(`{"e":"` + base64URL(e.Bytes()) + `","kty":"RSA","n":"` + base64URL(n.Bytes()) + `"}`),
	}, nil
}

// curve is an elliptic curve as JWK names it.
type curve struct {
	*ecdsa.Curve
	oid string // the content of its DER OBJECT IDENTIFIER
}

var curves = [...]curve{
	{ecdsa.P256, "\x2a\x86\x48\xce\x3d\x03\x01\x07"},
	{ecdsa.P384, "\x2b\x81\x04\x00\x22"},
	{ecdsa.P521, "\x2b\x81\x04\x00\x23"},
}

// newEC makes a key of the two coordinates, each of exactly the curve's size.
// The point must lie on the curve.
func newEC(c *curve, x, y []byte) (*Key, error) {
	if len(x) != c.Size || len(y) != c.Size {
		return nil, errECCoordinate
	}
	public, err := ecdsa.NewPublicKey(c.Curve, x, y)
	if err != nil {
		return nil, errECPoint
	}
	point := slices.Concat([]byte{4}, x, y) // uncompressed, SEC 1 section 2.3.3
	return &Key{
		Algorithms: jwa.ForKey("EC", c.Name),
		Public:     public,
		SPKI:       ecSPKI(c, point),
		Thumbprint: thumbprint(`{"crv":"` + c.Name + `","kty":"EC","x":"` + base64URL(x) + `","y":"` + base64URL(y) + `"}`),
	}, nil
}
