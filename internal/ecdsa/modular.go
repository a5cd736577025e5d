package ecdsa

import (
	"math/big"
	"math/bits"
)

// number is one of 256 bits: four words, the lowest first.
type number [4]uint64

// modulus is an odd number above 2^255. All that is done modulo it takes the same
// time whatever the numbers are. They stay below the modulus, and are in
// Montgomery's form (n·2^256) where nothing else is said.
type modulus struct {
	m       number
	inverse uint64 // -1/m modulo 2^64
	square  number // 2^512 modulo m, which brings numbers into the form
}

func newModulus(m *big.Int) *modulus {
	word := new(big.Int).Lsh(big.NewInt(1), 64)
	inverse := new(big.Int).ModInverse(new(big.Int).Neg(m), word)
	square := new(big.Int).Lsh(big.NewInt(1), 512)
	square.Mod(square, m)
	return &modulus{numberOf(m.FillBytes(make([]byte, 32))), inverse.Uint64(), numberOf(square.FillBytes(make([]byte, 32)))}
}

// numberOf reads 32 bytes, big-endian.
func numberOf(b []byte) (n number) {
	_ = b[31]
	for i := range n {
		for j := range 8 {
			n[i] |= uint64(b[31-8*i-j]) << (8 * j)
		}
	}
	return n
}

// bytes writes a number, in no form, as 32 bytes, big-endian.
func (n number) bytes() []byte {
	b := make([]byte, 32)
	for i := range n {
		for j := range 8 {
			b[31-8*i-j] = byte(n[i] >> (8 * j))
		}
	}
	return b
}

// zero is 1 if a number is 0, and otherwise 0.
func (n number) zero() uint64 {
	any := n[0] | n[1] | n[2] | n[3]
	return 1 ^ (any|-any)>>63
}

// choose is a if which is 1, and b if it is 0.
func choose(which uint64, a, b number) (n number) {
	for i := range n {
		n[i] = a[i]&-which | b[i]&^-which
	}
	return n
}

// form brings a number into Montgomery's form; plain takes it out.
func (m *modulus) form(n number) number  { return m.times(n, m.square) }
func (m *modulus) plain(n number) number { return m.times(n, number{1}) }

// below is 1 if a number is below the modulus, and otherwise 0.
func (m *modulus) below(n number) uint64 {
	var borrow uint64
	for i := range n {
		_, borrow = bits.Sub64(n[i], m.m[i], borrow)
	}
	return borrow
}

// reduced is a number of five words below 2m, less m if it is not below m.
func (m *modulus) reduced(n number, fifth uint64) number {
	var less number
	var borrow uint64
	for i := range n {
		less[i], borrow = bits.Sub64(n[i], m.m[i], borrow)
	}
	_, borrow = bits.Sub64(fifth, 0, borrow)
	return choose(borrow, n, less)
}

func (m *modulus) plus(a, b number) number {
	var carry uint64
	for i := range a {
		a[i], carry = bits.Add64(a[i], b[i], carry)
	}
	return m.reduced(a, carry)
}

func (m *modulus) minus(a, b number) number {
	var borrow, carry uint64
	for i := range a {
		a[i], borrow = bits.Sub64(a[i], b[i], borrow)
	}
	for i := range a {
		a[i], carry = bits.Add64(a[i], m.m[i]&-borrow, carry)
	}
	return a
}

// times is a·b/2^256: a Montgomery multiplication, word by word (coarsely
// integrated operand scanning).
func (m *modulus) times(a, b number) number {
	var sum [6]uint64
	for i := range a {
		var carry uint64
		for j := range b {
			sum[j], carry = multiplyAdd(a[i], b[j], sum[j], carry)
		}
		sum[4], carry = bits.Add64(sum[4], carry, 0)
		sum[5] = carry
		factor := sum[0] * m.inverse
		_, carry = multiplyAdd(factor, m.m[0], sum[0], 0)
		for j := 1; j < 4; j++ {
			sum[j-1], carry = multiplyAdd(factor, m.m[j], sum[j], carry)
		}
		sum[3], carry = bits.Add64(sum[4], carry, 0)
		sum[4] = sum[5] + carry
	}
	return m.reduced(number(sum[:4]), sum[4])
}

// multiplyAdd is a·b + c + d, which two words hold.
func multiplyAdd(a, b, c, d uint64) (low, high uint64) {
	high, low = bits.Mul64(a, b)
	var carry uint64
	low, carry = bits.Add64(low, c, 0)
	high += carry
	low, carry = bits.Add64(low, d, 0)
	return low, high + carry
}

// invert is 1/n, of a modulus that is prime: n to the power of m-2 (Fermat). The
// exponent is public.
func (m *modulus) invert(n number) number {
	exponent := m.minus(m.m, number{2})
	power := m.form(number{1})
	for i := 255; i >= 0; i-- {
		power = m.times(power, power)
		if exponent[i/64]>>(i%64)&1 == 1 {
			power = m.times(power, n)
		}
	}
	return power
}
