package ecdsa

import (
	"bytes"
	"math/big"
)

// Verify reports whether (r, s), each of the curve's size, big-endian, is the
// key's signature of a hash (FIPS 186-5 section 6.4.2). Of a hash longer than n,
// the leftmost bits count.
func (k *PublicKey) Verify(hash, r, s []byte) bool {
	c, n := k.Curve, k.Curve.order
	if len(r) != c.Size || len(s) != c.Size || !n.fit(r) || !n.fit(s) {
		return false
	}
	inverse := n.form(numberOf(s))
	inverse = n.invert(&inverse)
	times := func(number number) []byte {
		// The inverse is in the form, and the number is not: neither is the product.
		n.times(&number, &number, &inverse)
		n.reduce(&number)
		return number.bytes(c.Size)
	}
	// r is not 0, and so is not what comes of infinity.
	x := numberOf(k.combination(times(c.leftmost(hash)), times(numberOf(r))))
	n.reduce(&x) // p is below 2n
	return bytes.Equal(x.bytes(c.Size), r)
}

// leftmost is the number of the leftmost bits of a hash, as many as n has. It is
// below 2n.
func (c *Curve) leftmost(hash []byte) number {
	hash = hash[:min(len(hash), c.Size)]
	if len(hash) == P521.Size { // which has 7 bits less than its bytes
		e := new(big.Int).SetBytes(hash)
		hash = e.Rsh(e, 7).Bytes()
	}
	return numberOf(hash)
}
