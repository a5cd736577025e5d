package ecdsa

import (
	"bytes"
	stdecdsa "crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"fmt"
	"math/big"
	"testing"
)

// theirs are the same curves in Go's own package.
var theirs = map[*Curve]elliptic.Curve{P256: elliptic.P256(), P384: elliptic.P384(), P521: elliptic.P521()}

// parameters are those of a curve as Go's own package has them.
func (c *Curve) parameters() *elliptic.CurveParams { return theirs[c].Params() }

func TestCurves(t *testing.T) {
	for c := range theirs {
		p := c.parameters()
		if c.Name != p.Name || c.Size != (p.BitSize+7)/8 {
			t.Errorf("%s: %d bytes", c.Name, c.Size)
		}
		x, y := c.affine(&c.generator()[1])
		b := c.field.plain(&c.b)
		for name, pair := range map[string][2]*big.Int{
			"p": {integer(&c.field.m), p.P}, "b": {integer(&b), p.B}, "n": {integer(&c.order.m), p.N},
			"x": {new(big.Int).SetBytes(x), p.Gx}, "y": {new(big.Int).SetBytes(y), p.Gy},
		} {
			if pair[0].Cmp(pair[1]) != 0 {
				t.Errorf("%s: %s is %x, want %x", c.Name, name, pair[0], pair[1])
			}
		}
	}
}

// pair is one private key in both packages.
type pair struct {
	private *stdecdsa.PrivateKey
	public  *PublicKey
}

func newPair(t testing.TB, c *Curve) pair {
	t.Helper()
	private, err := stdecdsa.GenerateKey(theirs[c], rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return pair{private, publicOf(t, c, &private.PublicKey)}
}

// pairOf is a key of a private number.
func pairOf(t testing.TB, c *Curve, number *big.Int) pair {
	t.Helper()
	private, err := stdecdsa.ParseRawPrivateKey(theirs[c], pad(number, c.Size))
	if err != nil {
		t.Fatal(err)
	}
	return pair{private, publicOf(t, c, &private.PublicKey)}
}

func publicOf(t testing.TB, c *Curve, key *stdecdsa.PublicKey) *PublicKey {
	t.Helper()
	text, err := key.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	public, err := NewPublicKey(c, text[1:1+c.Size], text[1+c.Size:])
	if err != nil {
		t.Fatal(err)
	}
	return public
}

func pad(n *big.Int, size int) []byte { return n.FillBytes(make([]byte, size)) }

// add is a + b, of which b may be negative.
func add(a *big.Int, b int64) *big.Int { return new(big.Int).Add(a, big.NewInt(b)) }

// agree reports as an error what the two packages judge differently.
func (p pair) agree(hash []byte, r, s *big.Int) error {
	size := p.public.Curve.Size
	if r.BitLen() > 8*size || s.BitLen() > 8*size {
		return nil // JWS cannot write it
	}
	want := stdecdsa.Verify(&p.private.PublicKey, hash, r, s)
	if got := p.public.Verify(hash, pad(r, size), pad(s, size)); got != want {
		return fmt.Errorf("%s: %v, want %v: hash %x, r %x, s %x", p.public.Curve.Name, got, want, hash, r, s)
	}
	return nil
}

// TestPoints is a table of coordinates that make no key.
func TestPoints(t *testing.T) {
	for c := range theirs {
		g := c.parameters()
		x, y := pad(g.Gx, c.Size), pad(g.Gy, c.Size)
		zero, ones := make([]byte, c.Size), bytes.Repeat([]byte{255}, c.Size)
		k, err := NewPublicKey(c, x, y)
		if err != nil {
			t.Fatal(err)
		}
		if gotX, gotY := k.Coordinates(); !bytes.Equal(gotX, x) || !bytes.Equal(gotY, y) {
			t.Errorf("%s: the coordinates are %x, %x", c.Name, gotX, gotY)
		}
		p, opposite := pad(g.P, c.Size), pad(new(big.Int).Sub(g.P, g.Gy), c.Size)
		if _, err := NewPublicKey(c, x, opposite); err != nil {
			t.Errorf("%s: the generator's opposite: %v", c.Name, err)
		}
		for name, point := range map[string][2][]byte{
			"infinity": {zero, zero}, "x is p": {p, y}, "y is p": {x, p}, "all ones": {ones, ones}, "x all ones": {ones, y}, "y all ones": {x, ones},
			"off the curve": {y, x}, "off by one": {x, pad(add(g.Gy, 1), c.Size)}, "x is 0": {zero, y}, "y is 0": {x, zero},
			"x short": {x[1:], y}, "y short": {x, y[1:]}, "x long": {append([]byte{0}, x...), y}, "y long": {x, append([]byte{0}, y...)}, "none": {nil, nil},
		} {
			if _, err := NewPublicKey(c, point[0], point[1]); err == nil {
				t.Errorf("%s: %s: no error", c.Name, name)
			}
		}
	}
}

// TestPointsAboveP takes points whose coordinates plus p fit into the curve's
// size, and so could be written twice.
func TestPointsAboveP(t *testing.T) {
	found := 0
	for c := range theirs {
		p := c.parameters().P
		for i := range int64(40) {
			y := new(big.Int).ModSqrt(c.right(big.NewInt(i)), p)
			if y == nil {
				continue
			}
			found++
			if _, err := NewPublicKey(c, pad(big.NewInt(i), c.Size), pad(y, c.Size)); err != nil {
				t.Errorf("%s: the point at x = %d: %v", c.Name, i, err)
			}
			if _, err := NewPublicKey(c, pad(add(p, i), c.Size), pad(y, c.Size)); err == nil {
				t.Errorf("%s: the point at x = p + %d is taken", c.Name, i)
			}
		}
	}
	if found < 30 {
		t.Errorf("%d points", found)
	}
}

// right is x³ - 3x + b.
func (c *Curve) right(x *big.Int) *big.Int {
	p := c.parameters()
	n := new(big.Int).Mul(x, x)
	n.Sub(n, big.NewInt(3))
	n.Mul(n, x).Add(n, p.B)
	return n.Mod(n, p.P)
}
