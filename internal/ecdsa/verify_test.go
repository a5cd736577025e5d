package ecdsa

import (
	"bytes"
	stdecdsa "crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"crypto/sha512"
	"math/big"
	"slices"
	"testing"
)

// TestVerify signs with Go's package, and changes hash and signature in ways that
// the packages must judge alike.
func TestVerify(t *testing.T) {
	one := big.NewInt(1)
	for c := range theirs {
		t.Run(c.Name, func(t *testing.T) {
			n, p := c.parameters().N, c.parameters().P
			k := newPair(t, c)
			hash := sha512.Sum512(nil)
			for _, h := range [][]byte{hash[:], hash[:32], nil} {
				r, s, err := stdecdsa.Sign(rand.Reader, k.private, h)
				if err != nil {
					t.Fatal(err)
				}
				if !k.public.Verify(h, pad(r, c.Size), pad(s, c.Size)) {
					t.Fatalf("a right signature of %x is wrong", h)
				}
				for _, other := range [][2]*big.Int{
					{r, s}, {s, r}, {r, new(big.Int).Sub(n, s)}, {new(big.Int).Sub(n, r), s}, {add(r, 1), s}, {r, add(s, 1)},
					{r, new(big.Int).Add(s, n)}, {new(big.Int).Add(r, n), s}, {r, new(big.Int)}, {new(big.Int), s}, {new(big.Int), new(big.Int)},
					{one, one}, {n, s}, {r, n}, {p, s}, {r, p}, {n, n}, {add(n, 1), s}, {add(n, -1), add(n, -1)}, {r, one}, {one, s},
				} {
					for _, hashed := range [][]byte{h, append([]byte{1}, h...), append(bytes.Clone(h), 1)} {
						if err := k.agree(hashed, other[0], other[1]); err != nil {
							t.Error(err)
						}
					}
				}
			}
		})
	}
}

// TestSizes: r and s have the curve's size, neither less nor more.
func TestSizes(t *testing.T) {
	for c := range theirs {
		k, hash := newPair(t, c), []byte{1}
		r, s, err := stdecdsa.Sign(rand.Reader, k.private, hash)
		if err != nil {
			t.Fatal(err)
		}
		rr, ss := pad(r, c.Size), pad(s, c.Size)
		if !k.public.Verify(hash, rr, ss) {
			t.Errorf("%s: a right signature is wrong", c.Name)
		}
		zero := []byte{0}
		for name, other := range map[string][2][]byte{
			"r longer": {slices.Concat(zero, rr), ss}, "s longer": {rr, slices.Concat(zero, ss)}, "r at its end": {slices.Concat(rr, zero), ss},
			"r shorter": {rr[1:], ss}, "s shorter": {rr, ss[1:]}, "none": {nil, nil}, "no r": {nil, ss}, "no s": {rr, nil},
		} {
			if k.public.Verify(hash, other[0], other[1]) {
				t.Errorf("%s: %s: taken", c.Name, name)
			}
		}
	}
}

// TestHashes signs hashes whose numbers are edges, among them those that are 0 or
// more than n, of every length.
func TestHashes(t *testing.T) {
	for c := range theirs {
		k := newPair(t, c)
		n := c.parameters().N
		hashes := [][]byte{nil, {0}, {255}, pad(n, c.Size), pad(add(n, -1), c.Size), pad(add(n, 1), c.Size), pad(new(big.Int).Lsh(n, uint(8*c.Size-n.BitLen())), c.Size)}
		for _, size := range []int{1, 20, 31, 32, 33, 47, 48, 49, 64, 65, 66, 67, 100} {
			hashes = append(hashes, make([]byte, size), bytes.Repeat([]byte{255}, size), append(make([]byte, size), 1), append([]byte{1}, make([]byte, size)...))
		}
		for _, hash := range hashes {
			r, s, err := stdecdsa.Sign(rand.Reader, k.private, hash)
			if err != nil {
				t.Fatal(err)
			}
			if !k.public.Verify(hash, pad(r, c.Size), pad(s, c.Size)) {
				t.Errorf("%s: a right signature of %x is wrong", c.Name, hash)
			}
		}
	}
}

// TestSmallNumbers tries small and large r and s, for which no hash is known.
func TestSmallNumbers(t *testing.T) {
	for c := range theirs {
		n := c.parameters().N
		numbers := []*big.Int{big.NewInt(1), big.NewInt(2), big.NewInt(3), big.NewInt(6), add(n, -1), add(n, -2), add(n, -6), new(big.Int).Rsh(n, 1), new(big.Int).ModInverse(big.NewInt(3), n)}
		for _, k := range []pair{pairOf(t, c, big.NewInt(1)), newPair(t, c)} {
			for _, r := range numbers {
				for _, s := range numbers {
					if err := k.agree(make([]byte, 32), r, s); err != nil {
						t.Error(err)
					}
				}
			}
		}
	}
}

func BenchmarkVerify(b *testing.B) {
	for c := range theirs {
		b.Run(c.Name, func(b *testing.B) {
			k := newPair(b, c)
			hash := sha256.Sum256([]byte("x"))
			r, s, _ := stdecdsa.Sign(rand.Reader, k.private, hash[:])
			rr, ss := pad(r, c.Size), pad(s, c.Size)
			for b.Loop() {
				if !k.public.Verify(hash[:], rr, ss) {
					b.Fatal("wrong")
				}
			}
		})
	}
}
