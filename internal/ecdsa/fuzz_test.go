package ecdsa

import (
	stdecdsa "crypto/ecdsa"
	"crypto/rand"
	"math/big"
	"testing"
)

// FuzzVerify has both packages judge a key, a hash and a signature.
func FuzzVerify(f *testing.F) {
	f.Add(byte(0), []byte{1}, []byte("hash"), []byte{1}, []byte{2}, true)
	f.Add(byte(1), []byte{7}, make([]byte, 64), []byte{0}, []byte{0}, false)
	f.Add(byte(2), []byte{7}, make([]byte, 66), []byte{0}, []byte{0}, true)
	f.Fuzz(func(t *testing.T, which byte, number, hash, r, s []byte, sign bool) {
		c := []*Curve{P256, P384, P521}[which%3]
		if len(number) > c.Size || len(hash) > 100 || len(r) > 100 || len(s) > 100 {
			return
		}
		private, err := stdecdsa.ParseRawPrivateKey(theirs[c], append(make([]byte, c.Size-len(number)), number...))
		if err != nil {
			return
		}
		k := pair{private, publicOf(t, c, &private.PublicKey)}
		rr, ss := new(big.Int).SetBytes(r), new(big.Int).SetBytes(s)
		if sign {
			right, rightS, err := stdecdsa.Sign(rand.Reader, private, hash)
			if err != nil {
				t.Fatal(err)
			}
			rr.Add(rr, right)
			ss.Add(ss, rightS)
		}
		if err := k.agree(hash, rr, ss); err != nil {
			t.Error(err)
		}
	})
}

// FuzzCombination has both packages judge signatures that are right for two
// numbers that the generator and the key are multiplied with.
func FuzzCombination(f *testing.F) {
	f.Add(byte(0), []byte{1}, []byte{1}, []byte{1})
	f.Fuzz(func(t *testing.T, which byte, number, u1, u2 []byte) {
		c := []*Curve{P256, P384, P521}[which%3]
		n := c.parameters().N
		value := func(text []byte) *big.Int { v := new(big.Int).SetBytes(text); return v.Mod(v, n) }
		d, a, b := value(number), value(u1), value(u2)
		if d.Sign() == 0 || b.Sign() == 0 {
			return
		}
		ok, err := pairOf(t, c, d).forge(a, b)
		if err != nil {
			t.Fatal(err)
		}
		sum := new(big.Int).Mul(d, b)
		if sum.Add(sum, a).Mod(sum, n); ok != (sum.Sign() != 0) {
			t.Errorf("%s: key %x, u1 %x, u2 %x: %v", c.Name, d, a, b, ok)
		}
	})
}
