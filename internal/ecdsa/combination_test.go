package ecdsa

import (
	stdecdsa "crypto/ecdsa"
	"crypto/sha256"
	"fmt"
	"math/big"
	"slices"
	"testing"
)

// TestMultiplesMeet has the two multiples be equal, opposite or infinite,
// together or on the way: keys whose private number is an edge, and u1 and u2 that are.
func TestMultiplesMeet(t *testing.T) {
	for c := range theirs {
		n := c.parameters().N
		keys := []*big.Int{big.NewInt(1), big.NewInt(2), add(n, -1), new(big.Int).Rsh(n, 1), new(big.Int).Lsh(big.NewInt(1), uint(c.columns()))}
		for _, number := range keys {
			k := pairOf(t, c, number)
			right := 0
			for _, u1 := range append(keys, new(big.Int)) {
				for _, u2 := range keys {
					ok, err := k.forge(u1, u2)
					if err != nil {
						t.Error(err)
					}
					if ok {
						right++
					}
				}
			}
			if right < len(keys)*len(keys)/2 {
				t.Errorf("%s: %d signatures are right", c.Name, right)
			}
		}
	}
}

// forge makes a hash and a signature with which these are the numbers that the
// generator and the key are multiplied with: r is the first coordinate of the
// sum, s is r/u2, and the hash is u1·s. It reports whether they are right.
func (p pair) forge(u1, u2 *big.Int) (ok bool, err error) {
	c := p.public.Curve
	n := c.parameters().N
	x := p.public.combination(pad(u1, c.Size), pad(u2, c.Size))
	r := new(big.Int).SetBytes(x)
	infinite := r.Sign() == 0
	if r.Mod(r, n); infinite {
		r.SetInt64(1)
	}
	s := new(big.Int).ModInverse(u2, n)
	s.Mul(s, r).Mod(s, n)
	e := new(big.Int).Mul(u1, s)
	// Written so that the leftmost bits are the number.
	hash := pad(e.Mod(e, n).Lsh(e, uint(8*c.Size-n.BitLen())), c.Size)
	if err := p.agree(hash, r, s); err != nil {
		return false, fmt.Errorf("u1 %x, u2 %x: %w", u1, u2, err)
	}
	return !infinite && p.public.Verify(hash, pad(r, c.Size), pad(s, c.Size)), nil
}

// TestCoordinateAboveOrder has the sum's first coordinate be n or more: r is that
// less n, and not what stands there.
func TestCoordinateAboveOrder(t *testing.T) {
	for c := range theirs {
		g := c.parameters()
		found := 0
		for i := int64(0); found < 3; i++ {
			x := add(g.N, i)
			y := new(big.Int).ModSqrt(c.right(x), g.P)
			r := big.NewInt(i)
			if y == nil || i == 0 {
				continue
			}
			found++
			// A key with which the point is that of this hash and s:
			// (s·point - hash·generator) / r.
			hash, s := sha256.Sum256([]byte{byte(i)}), add(g.N, -3)
			inverse := new(big.Int).ModInverse(r, g.N)
			times := func(a *big.Int) *big.Int { a = new(big.Int).Mul(a, inverse); return a.Mod(a, g.N) }
			f := c.field
			p := c.times(point{f.form(numberOf(pad(x, c.Size))), f.form(numberOf(pad(y, c.Size))), f.one()}, times(s))
			q := c.times(c.generator()[1], times(new(big.Int).Neg(new(big.Int).SetBytes(hash[:]))))
			p = c.add(&p, &q)
			keyX, keyY := c.affine(&p)
			public, err := NewPublicKey(c, keyX, keyY)
			if err != nil {
				t.Fatal(err)
			}
			standard, err := stdecdsa.ParseUncompressedPublicKey(theirs[c], slices.Concat([]byte{4}, keyX, keyY))
			if err != nil {
				t.Fatal(err)
			}
			if !public.Verify(hash[:], pad(r, c.Size), pad(s, c.Size)) || !stdecdsa.Verify(standard, hash[:], r, s) {
				t.Errorf("%s: r = %d, whose coordinate is n + %d, is wrong", c.Name, i, i)
			}
			k := pair{&stdecdsa.PrivateKey{PublicKey: *standard}, public}
			for _, other := range []*big.Int{x, add(r, 1), new(big.Int).Sub(g.N, r), new(big.Int).Sub(g.P, g.N)} {
				if err := k.agree(hash[:], other, s); err != nil {
					t.Error(err)
				}
			}
		}
	}
}
