package ecdsa

import "bytes"

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
	e := make([]byte, c.Size)
	if len(hash) < c.Size {
		copy(e[c.Size-len(hash):], hash)
		return numberOf(e)
	}
	copy(e, hash)
	if c == P521 { // which has 7 bits less than its bytes
		for i := len(e) - 1; i > 0; i-- {
			e[i] = e[i]>>7 | e[i-1]<<1
		}
		e[0] >>= 7
	}
	return numberOf(e)
}
