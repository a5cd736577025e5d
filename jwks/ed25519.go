package jwks

import (
	"crypto/ed25519"
	"encoding/hex"
	"slices"

	"github.com/sessiongate/sessiongate/internal/jwa"
)

// newEd25519 makes a key of exactly 32 bytes (RFC 8032 section 5.1.5) that is
// not of small order.
func newEd25519(public []byte) (*Key, error) {
	if len(public) != ed25519.PublicKeySize {
		return nil, errEd25519Size
	}
	if hasSmallOrder(public) {
		return nil, errEd25519Order
	}
	return &Key{
		Algorithms: jwa.ForKey("OKP", "Ed25519"),
		Public:     ed25519.PublicKey(public),
		SPKI:       ed25519SPKI(public),
		Thumbprint: thumbprint(`{"crv":"Ed25519","kty":"OKP","x":"` + base64URL(public) + `"}`),
	}, nil
}

// smallOrderY are the y coordinates of the eight points whose order divides 8,
// in the encoding of RFC 8032 section 5.1.2 without the sign of x: with either
// sign, the 14 encodings that these points have.
//
// Verification compares [S]B with R + [k]A (RFC 8032 section 5.1.7), where A is
// the public key and k a hash of the message. Under a key A of small order [k]A
// is one of at most eight points, so whoever chooses R = [S]B and varies the
// message signs at the eighth attempt or so, without a private key; with A the
// neutral element at the first. No key pair has such a public key, but Go
// verifies with it, and so do others.
var smallOrderY = [...]string{
	"0000000000000000000000000000000000000000000000000000000000000000", // order 4
	"0100000000000000000000000000000000000000000000000000000000000000", // order 1, the neutral element
	"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", // order 8
	"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", // order 8
	"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // order 2: p-1
	"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // p, which Go takes for 0
	"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // p+1, which Go takes for 1
}

// hasSmallOrder reports whether a public key is a point of small order.
func hasSmallOrder(public []byte) bool {
	y := [ed25519.PublicKeySize]byte(public)
	y[len(y)-1] &= 0x7f // the highest bit is the sign of x
	return slices.Contains(smallOrderY[:], hex.EncodeToString(y[:]))
}
