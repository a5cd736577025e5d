package ecdsa

import "math/big"

// modulus is an odd number. All that is done modulo it takes the same time
// whatever the numbers are.
//
// Numbers are in Montgomery's form (n·R modulo m, where R is 2^135 for each block)
// where nothing else is said. Between operations they are not reduced: they may be
// some times m, and negative. R is at least 2^14 times m. So a product is almost
// reduced, between -m/8 and 9m/8, if one factor is at most a times m, the other at
// most b times m, and a·b is below 2048.
//
// In the same way, if the words of one factor are at most a·2^27, and those of the
// other b·2^27, then a·b has to be below 24: a sum of 40 products then fits into 63
// bits and a sign.
type modulus struct {
	m       number
	blocks  int
	inverse int64  // -1/m modulo 2^27
	square  number // R² modulo m, which brings numbers into the form
}

func newModulus(m *big.Int) *modulus {
	text := func(n *big.Int) []byte { return n.FillBytes(make([]byte, (m.BitLen()+7)/8)) }
	f := &modulus{m: numberOf(text(m)), blocks: m.BitLen()/(wordBits*blockWords) + 1}
	// Newton's iteration: each turn doubles the number of bits that are right.
	// The first three are those of m.
	lowest := f.m[0][0]
	inverse := lowest
	for range 4 {
		inverse *= 2 - lowest*inverse
	}
	f.inverse = -inverse & wordMask
	square := new(big.Int).Lsh(big.NewInt(1), uint(2*f.blocks*wordBits*blockWords))
	f.square = numberOf(text(square.Mod(square, m)))
	return f
}

// form brings a number into Montgomery's form.
func (f *modulus) form(n number) (formed number) {
	f.times(&formed, &n, &f.square)
	return formed
}

// one is 1, in the form.
func (f *modulus) one() number { return f.form(number{{1}}) }

// plain takes a number out of the form, and reduces it.
func (f *modulus) plain(n *number) (plain number) {
	f.times(&plain, n, &number{{1}})
	f.reduce(&plain)
	return plain
}

// fit reports whether a number, big-endian, is at least 1 and below the modulus.
func (f *modulus) fit(text []byte) bool {
	n := numberOf(text)
	return f.above(&n) && n.zero() == 0
}

// above reports whether the modulus is above a number that is not negative.
func (f *modulus) above(n *number) bool {
	var less number
	f.minus(&less, n, &f.m)
	less.carry(f.blocks)
	return less[f.blocks-1][4] < 0
}

// reduce has a number between -m and 2m be one from 0 to m-1.
func (f *modulus) reduce(n *number) {
	f.minus(n, n, &f.m)
	n.carry(f.blocks)
	for range 2 {
		negative := n[f.blocks-1][4] >> 63
		for i := range n {
			for j := range n[i] {
				n[i][j] += f.m[i][j] & negative
			}
		}
		n.carry(f.blocks)
	}
}

func (f *modulus) plus(sum, a, b *number) {
	for i := range f.blocks {
		sum, a, b := &sum[i], &a[i], &b[i]
		sum[0] = a[0] + b[0]
		sum[1] = a[1] + b[1]
		sum[2] = a[2] + b[2]
		sum[3] = a[3] + b[3]
		sum[4] = a[4] + b[4]
	}
}

func (f *modulus) minus(difference, a, b *number) {
	for i := range f.blocks {
		difference, a, b := &difference[i], &a[i], &b[i]
		difference[0] = a[0] - b[0]
		difference[1] = a[1] - b[1]
		difference[2] = a[2] - b[2]
		difference[3] = a[3] - b[3]
		difference[4] = a[4] - b[4]
	}
}

// thrice is 3a.
func (f *modulus) thrice(product, a *number) {
	for i := range f.blocks {
		product, a := &product[i], &a[i]
		product[0] = 3 * a[0]
		product[1] = 3 * a[1]
		product[2] = 3 * a[2]
		product[3] = 3 * a[3]
		product[4] = 3 * a[4]
	}
}

// invert is 1/n, of a modulus that is prime: n to the power of m-2 (Fermat), four
// bits at a time. The exponent is public. Of 0 it is 0.
func (f *modulus) invert(n *number) number {
	exponent := f.m
	exponent[0][0] -= 2 // the lowest words are larger
	powers := [16]number{f.one()}
	for i := range 15 {
		f.times(&powers[i+1], &powers[i], n)
	}
	power := powers[0]
	for _, digits := range exponent.bytes(f.blocks * blockWords * wordBits / 8) {
		for _, digit := range [2]byte{digits >> 4, digits & 15} {
			for range 4 {
				f.times(&power, &power, &power)
			}
			f.times(&power, &power, &powers[digit])
		}
	}
	return power
}
