package ecdsa

import (
	"crypto/rand"
	"math/big"
	"testing"
)

// integer is what a number's words come to, negative and overlong ones too.
func integer(n *number) *big.Int {
	sum := new(big.Int)
	for i := maxBlocks*blockWords - 1; i >= 0; i-- {
		sum.Lsh(sum, wordBits).Add(sum, big.NewInt(n[i/blockWords][i%blockWords]))
	}
	return sum
}

// edges are numbers below m where words and bytes begin and end, and some others.
func edges(t testing.TB, m *big.Int) []*big.Int {
	t.Helper()
	numbers := []*big.Int{new(big.Int), big.NewInt(1), big.NewInt(2), big.NewInt(3), add(m, -1), add(m, -2), new(big.Int).Rsh(m, 1)}
	for bit := uint(wordBits); bit < uint(m.BitLen()); bit += wordBits {
		power := new(big.Int).Lsh(big.NewInt(1), bit)
		numbers = append(numbers, power, add(power, -1), new(big.Int).Sub(m, power))
	}
	for _, bit := range []uint{32, 64, 128, 192, 255} {
		power := new(big.Int).Lsh(big.NewInt(1), bit)
		numbers = append(numbers, power, add(power, -1))
	}
	for range 10 {
		n, err := rand.Int(rand.Reader, m)
		if err != nil {
			t.Fatal(err)
		}
		numbers = append(numbers, n)
	}
	return numbers
}

// moduli are all that there are, by name, with their size in bytes.
func moduli(each func(name string, f *modulus, m *big.Int, size int)) {
	for c := range theirs {
		each(c.Name+", p", c.field, c.parameters().P, c.Size)
		each(c.Name+", n", c.order, c.parameters().N, c.Size)
	}
}

// TestModulus holds the arithmetic to math/big, at its edges.
func TestModulus(t *testing.T) {
	moduli(func(name string, f *modulus, m *big.Int, size int) {
		t.Run(name, func(t *testing.T) {
			is := func(what string, got number, want *big.Int) {
				t.Helper()
				plain := f.plain(&got)
				if n := new(big.Int).SetBytes(plain.bytes(size)); n.Cmp(want.Mod(want, m)) != 0 {
					t.Errorf("%s is %x, want %x", what, n, want)
				}
			}
			numbers := edges(t, m)
			for _, a := range numbers {
				na := f.form(numberOf(pad(a, size)))
				is("a", na, new(big.Int).Set(a))
				for _, b := range numbers {
					nb, c := f.form(numberOf(pad(b, size))), number{}
					f.times(&c, &na, &nb)
					is("a · b", c, new(big.Int).Mul(a, b))
					f.plus(&c, &na, &nb)
					is("a + b", c, new(big.Int).Add(a, b))
					f.minus(&c, &na, &nb)
					is("a - b", c, new(big.Int).Sub(a, b))
				}
				f.thrice(&na, &na)
				is("3a", na, new(big.Int).Mul(a, big.NewInt(3)))
			}
		})
	})
}

func TestInvert(t *testing.T) {
	moduli(func(name string, f *modulus, m *big.Int, size int) {
		for i, a := range edges(t, m) {
			n := f.form(numberOf(pad(a, size)))
			n = f.invert(&n)
			n = f.plain(&n)
			want := new(big.Int)
			if i > 0 { // 1/0 is 0
				want.ModInverse(a, m)
			}
			if integer(&n).Cmp(want) != 0 {
				t.Errorf("%s: 1/%x is %x, want %x", name, a, integer(&n), want)
			}
		}
	})
}

// TestTimesBounds multiplies numbers whose words are as large as is allowed, and
// negative: no sum may overflow, and what comes is almost reduced.
func TestTimesBounds(t *testing.T) {
	moduli(func(name string, f *modulus, m *big.Int, _ int) {
		full := func(times int64) (n number) {
			for i := range f.blocks {
				for j := range n[i] {
					n[i][j] = times * wordMask
				}
			}
			// The highest word holds the rest of 2048 times m, not more.
			n[f.blocks-1][4] = times * (f.m[f.blocks-1][4] + 1)
			return n
		}
		eighth := new(big.Int).Rsh(m, 3)
		low, high := new(big.Int).Neg(eighth), new(big.Int).Add(m, eighth)
		for _, factors := range [][2]int64{{1, 1}, {1, 23}, {-1, 23}, {23, -1}, {4, 5}, {-4, 5}, {-4, -5}, {-23, -1}, {0, 23}} {
			a, b := full(factors[0]), full(factors[1])
			want := new(big.Int).Mul(integer(&a), integer(&b))
			var got number
			f.times(&got, &a, &b)
			value := integer(&got)
			back := new(big.Int).Lsh(value, uint(f.blocks*blockWords*wordBits))
			if back.Sub(back, want).Mod(back, m).Sign() != 0 {
				t.Errorf("%s: %v: the product is wrong", name, factors)
			}
			if value.Cmp(low) <= 0 || value.Cmp(high) >= 0 {
				t.Errorf("%s: %v: the product is %x", name, factors, value)
			}
			tidy(t, f, &got)
		}
	})
}

// tidy fails unless the words of a number have 27 bits, but for the sign.
func tidy(t *testing.T, f *modulus, n *number) {
	t.Helper()
	for i := range n {
		for j, word := range n[i] {
			if highest := i == f.blocks-1 && j == 4; word > wordMask || word < 0 && (!highest || word < -wordMask) || i >= f.blocks && word != 0 {
				t.Errorf("word %d of block %d is %x", j, i, word)
			}
		}
	}
}

func TestReduce(t *testing.T) {
	moduli(func(name string, f *modulus, m *big.Int, size int) {
		for _, a := range edges(t, m) {
			for _, times := range []int64{-1, 0, 1} {
				n := numberOf(pad(a, size))
				for i := range f.blocks {
					for j := range n[i] {
						n[i][j] += times * f.m[i][j]
					}
				}
				f.reduce(&n)
				tidy(t, f, &n)
				if integer(&n).Cmp(a) != 0 {
					t.Errorf("%s: %x and %d moduli is %x", name, a, times, integer(&n))
				}
			}
		}
	})
}

func TestFit(t *testing.T) {
	moduli(func(name string, f *modulus, m *big.Int, size int) {
		top := add(new(big.Int).Lsh(big.NewInt(1), uint(8*size)), -1)
		for _, n := range append(edges(t, m), m, add(m, 1), top) {
			if want := n.Sign() > 0 && n.Cmp(m) < 0; f.fit(pad(n, size)) != want {
				t.Errorf("%s: %x fits: %v", name, n, !want)
			}
		}
	})
}

func FuzzModulus(f *testing.F) {
	f.Add([]byte{1}, []byte{255}, byte(0))
	f.Fuzz(func(t *testing.T, a, b []byte, which byte) {
		i := 0
		moduli(func(name string, f *modulus, m *big.Int, size int) {
			if i++; i%6 != int(which%6) || len(a) > size || len(b) > size {
				return
			}
			x, y := f.form(numberOf(a)), f.form(numberOf(b))
			f.times(&x, &x, &y)
			f.minus(&x, &x, &y)
			got := f.plain(&x)
			want := new(big.Int).SetBytes(a)
			want.Sub(want, big.NewInt(1)).Mul(want, new(big.Int).SetBytes(b)).Mod(want, m)
			if integer(&got).Cmp(want) != 0 {
				t.Errorf("%s: (%x - 1) · %x is %x, want %x", name, a, b, integer(&got), want)
			}
		})
	})
}
