// Package ecdsa verifies signatures of ECDSA (FIPS 186-5) on the curves of RFC
// 7518, for hosts that do not, and signs on P-256. Go's own package brings field
// arithmetic for four curves into the module, an eighth of it.
//
// # Guarantees
//
// The time that signing takes, and the places in memory that it looks at, depend
// on nothing secret. There is one arithmetic for all curves, and one formula that
// adds any two points: no input has a way of its own through it.
//
// # Limits
//
// The time that verifying takes depends on the numbers that are added, which are
// public. Private keys are not wiped from memory: the proxy's environment holds
// them as long as the module runs.
package ecdsa

import (
	"math/big"
	"sync"
)

// Curve is an elliptic curve y² = x³ - 3x + b over the integers modulo p, with a
// generator of the prime order n (SP 800-186 section 3.2.1).
type Curve struct {
	Name string // as JWK has it: "P-256"
	Size int    // of a coordinate, and of a number below n, in bytes

	field     *modulus // p
	order     *modulus // n
	b         number   // in the field's form
	generator func() *comb
}

// constants are those of a curve, in hexadecimal digits: the generator is (x, y).
type constants struct{ p, b, n, x, y string }

// The curves.
var (
	P256 = newCurve("P-256", 32, constants{
		p: "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
		b: "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
		n: "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
		x: "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
		y: "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
	})
	P384 = newCurve("P-384", 48, constants{
		p: "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff",
		b: "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef",
		n: "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
		x: "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7",
		y: "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f",
	})
	P521 = newCurve("P-521", 66, constants{
		p: "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
		b: "0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00",
		n: "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409",
		x: "00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66",
		y: "011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650",
	})
)

func newCurve(name string, size int, k constants) *Curve {
	c := &Curve{Name: name, Size: size, field: newModulus(hex(k.p)), order: newModulus(hex(k.n))}
	element := func(digits string) number { return c.field.form(numberOf(hex(digits).FillBytes(make([]byte, size)))) }
	c.b = element(k.b)
	c.generator = sync.OnceValue(func() *comb { return c.newComb(point{element(k.x), element(k.y), c.field.one()}) })
	return c
}

func hex(digits string) *big.Int {
	n, _ := new(big.Int).SetString(digits, 16)
	return n
}
