package ecdsa

import (
	"bytes"
	stdecdsa "crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/sha512"
	"errors"
	"fmt"
	"io"
	"math/big"
	"testing"
	"testing/iotest"
)

// theirs are the same curves in Go's own package.
var theirs = map[*Curve]elliptic.Curve{P256: elliptic.P256(), P384: elliptic.P384(), P521: elliptic.P521()}

func TestCurves(t *testing.T) {
	for c, their := range theirs {
		p := their.Params()
		if c.Name != p.Name || c.Size != (p.BitSize+7)/8 {
			t.Errorf("%s: %d bytes", c.Name, c.Size)
		}
		for name, pair := range map[string][2]*big.Int{"p": {c.p, p.P}, "b": {c.b, p.B}, "n": {c.n, p.N}, "x": {c.gx, p.Gx}, "y": {c.gy, p.Gy}} {
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
	public, err := NewPublicKey(c, pad(private.X, c.Size), pad(private.Y, c.Size))
	if err != nil {
		t.Fatal(err)
	}
	return pair{private, public}
}

func pad(n *big.Int, size int) []byte { return n.FillBytes(make([]byte, size)) }

// agree reports as an error what the two packages judge differently.
func (p pair) agree(hash []byte, r, s *big.Int) error {
	want := stdecdsa.Verify(&p.private.PublicKey, hash, r, s)
	if got := p.public.Verify(hash, r.Bytes(), s.Bytes()); got != want {
		return fmt.Errorf("%s: %v, want %v: hash %x, r %x, s %x", p.public.Curve.Name, got, want, hash, r, s)
	}
	return nil
}

// TestVerify signs with Go's package, and changes hash and signature in ways that
// the packages must judge alike.
func TestVerify(t *testing.T) {
	one := big.NewInt(1)
	for c := range theirs {
		t.Run(c.Name, func(t *testing.T) {
			for i := range 3 {
				p := newPair(t, c)
				hash := sha512.Sum512([]byte{byte(i)})
				for _, h := range [][]byte{hash[:], hash[:48], hash[:32], hash[:1], nil, make([]byte, 66)} {
					r, s, err := stdecdsa.Sign(rand.Reader, p.private, h)
					if err != nil {
						t.Fatal(err)
					}
					if !p.public.Verify(h, r.Bytes(), s.Bytes()) {
						t.Fatalf("a right signature of %x is wrong", h)
					}
					for _, other := range [][2]*big.Int{
						{r, s}, {s, r}, {r, new(big.Int).Sub(c.n, s)}, {new(big.Int).Add(r, one), s}, {r, new(big.Int).Add(s, one)},
						{r, new(big.Int).Add(s, c.n)}, {new(big.Int).Add(r, c.n), s}, {r, new(big.Int)}, {new(big.Int), s}, {new(big.Int), new(big.Int)},
						{one, one}, {c.n, s}, {r, c.n}, {c.p, s}, {new(big.Int).Sub(c.n, one), new(big.Int).Sub(c.n, one)},
					} {
						for _, hashed := range [][]byte{h, append([]byte{1}, h...), append(bytes.Clone(h), 1)} {
							if err := p.agree(hashed, other[0], other[1]); err != nil {
								t.Error(err)
							}
						}
					}
				}
			}
		})
	}
}

// TestEqualPoints has the two multiples meet: the key is the generator, its
// double or its opposite, so that additions are of equal and opposite points.
func TestEqualPoints(t *testing.T) {
	for c, their := range theirs {
		n1 := new(big.Int).Sub(c.n, big.NewInt(1))
		for _, number := range []*big.Int{big.NewInt(1), big.NewInt(2), big.NewInt(3), n1, new(big.Int).Sub(n1, big.NewInt(1))} {
			private, err := stdecdsa.ParseRawPrivateKey(their, pad(number, c.Size))
			if err != nil {
				t.Fatal(err)
			}
			public, err := NewPublicKey(c, pad(private.X, c.Size), pad(private.Y, c.Size))
			if err != nil {
				t.Fatal(err)
			}
			p := pair{private, public}
			for i := range int64(6) {
				hash := pad(big.NewInt(i), c.Size)
				for _, r := range []*big.Int{big.NewInt(i), big.NewInt(i + 1), private.X, n1, c.gx} {
					if err := p.agree(hash, r, big.NewInt(i+1)); err != nil {
						t.Error(err)
					}
				}
				r, s, err := stdecdsa.Sign(rand.Reader, private, hash)
				if err != nil || !public.Verify(hash, r.Bytes(), s.Bytes()) {
					t.Errorf("%s: a right signature is wrong: %v", c.Name, err)
				}
			}
		}
	}
}

// TestPoints is a table of coordinates that make no key.
func TestPoints(t *testing.T) {
	for c := range theirs {
		x, y := pad(c.gx, c.Size), pad(c.gy, c.Size)
		zero, p := make([]byte, c.Size), pad(c.p, c.Size)
		k, err := NewPublicKey(c, x, y)
		if err != nil {
			t.Fatal(err)
		}
		if gotX, gotY := k.Coordinates(); !bytes.Equal(gotX, x) || !bytes.Equal(gotY, y) {
			t.Errorf("%s: the coordinates are %x, %x", c.Name, gotX, gotY)
		}
		for name, point := range map[string][2][]byte{
			"infinity": {zero, zero}, "x too large": {p, y}, "y too large": {x, p}, "off the curve": {y, x}, "off by one": {x, pad(new(big.Int).Add(c.gy, big.NewInt(1)), c.Size)},
			"x short": {x[1:], y}, "y short": {x, y[1:]}, "x long": {append([]byte{0}, x...), y}, "y long": {x, append([]byte{0}, y...)}, "none": {nil, nil},
		} {
			if _, err := NewPublicKey(c, point[0], point[1]); err == nil {
				t.Errorf("%s: %s: no error", c.Name, name)
			}
		}
	}
}

func from(r io.Reader) Random {
	return func(b []byte) error {
		_, err := io.ReadFull(r, b)
		return err
	}
}

// TestSign signs, and has Go's package verify.
func TestSign(t *testing.T) {
	for i := range 100 {
		their := newPair(t, P256)
		number, err := their.private.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		k, err := NewPrivateKey(number)
		if err != nil {
			t.Fatal(err)
		}
		hash := sha256.Sum256([]byte{byte(i), byte(i >> 8)})
		signature, err := k.Sign(from(rand.Reader), hash)
		if err != nil {
			t.Fatal(err)
		}
		r, s := signature[:32], signature[32:]
		if !stdecdsa.Verify(&their.private.PublicKey, hash[:], new(big.Int).SetBytes(r), new(big.Int).SetBytes(s)) || !k.Public().Verify(hash[:], r, s) {
			t.Fatalf("key %x, hash %x: the signature is wrong", number, hash)
		}
	}
}

// TestSignKnown signs with a given random number (RFC 6979 appendix A.2.5, P-256
// with SHA-256, message "sample").
func TestSignKnown(t *testing.T) {
	unhex := func(s string) []byte { return hex(s).FillBytes(make([]byte, 32)) }
	k, err := NewPrivateKey(unhex("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721"))
	if err != nil {
		t.Fatal(err)
	}
	random := bytes.NewReader(unhex("A6E3C57DD01ABE90086538398355DD4C3B17AA873382B0F24D6129493D8AAD60"))
	got, err := k.Sign(from(random), sha256.Sum256([]byte("sample")))
	want := append(unhex("EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"),
		unhex("F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8")...)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%x, %v, want %x", got, err, want)
	}
}

func TestPrivateNumbers(t *testing.T) {
	for name, number := range map[string][]byte{
		"zero": make([]byte, 32), "the order": pad(P256.n, 32), "all ones": bytes.Repeat([]byte{255}, 32), "short": pad(big.NewInt(1), 31), "long": pad(big.NewInt(1), 33), "none": nil,
	} {
		if _, err := NewPrivateKey(number); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	k, err := NewPrivateKey(pad(new(big.Int).Sub(P256.n, big.NewInt(1)), 32))
	if err != nil {
		t.Fatal(err)
	}
	for name, random := range map[string]io.Reader{
		"no random numbers": iotest.ErrReader(errors.New("none")), "zeros": zeros{}, "too few": bytes.NewReader(make([]byte, 31)),
	} {
		if _, err := k.Sign(from(random), [32]byte{1}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if text := fmt.Sprintf("%v %+v %#v %s", k, k, k, k); text != "[key] [key] [key] [key]" {
		t.Errorf("a key prints as %s", text)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// TestModular holds the arithmetic to math/big, also at its edges.
func TestModular(t *testing.T) {
	for name, m := range map[string]*big.Int{"p": P256.p, "n": P256.n} {
		t.Run(name, func(t *testing.T) {
			mod := newModulus(m)
			numbers := []*big.Int{new(big.Int), big.NewInt(1), big.NewInt(2), new(big.Int).Sub(m, big.NewInt(1)), new(big.Int).Rsh(m, 1), new(big.Int).Lsh(big.NewInt(1), 255), new(big.Int).Lsh(big.NewInt(1), 64)}
			for range 30 {
				n, err := rand.Int(rand.Reader, m)
				if err != nil {
					t.Fatal(err)
				}
				numbers = append(numbers, n)
			}
			is := func(what string, got number, want *big.Int) {
				t.Helper()
				if n := new(big.Int).SetBytes(got.bytes()); n.Cmp(want.Mod(want, m)) != 0 {
					t.Errorf("%s is %x, want %x", what, n, want)
				}
			}
			for _, a := range numbers {
				na := numberOf(pad(a, 32))
				is("a", mod.plain(mod.form(na)), new(big.Int).Set(a))
				for _, b := range numbers {
					nb := numberOf(pad(b, 32))
					is("a + b", mod.plus(na, nb), new(big.Int).Add(a, b))
					is("a - b", mod.minus(na, nb), new(big.Int).Sub(a, b))
					is("a · b", mod.times(mod.form(na), nb), new(big.Int).Mul(a, b))
				}
				if a.Sign() > 0 {
					is("1 / a", mod.plain(mod.invert(mod.form(na))), new(big.Int).ModInverse(a, m))
				}
				if mod.below(na) != 1 || (na.zero() == 1) != (a.Sign() == 0) {
					t.Errorf("%x is not below, or zero", a)
				}
			}
			if mod.below(mod.m) != 0 || mod.below(number{^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)}) != 0 {
				t.Error("the modulus is below itself")
			}
		})
	}
}

// TestMultiple holds multiples of the generator to Go's own package.
func TestMultiple(t *testing.T) {
	n1 := new(big.Int).Sub(P256.n, big.NewInt(1))
	numbers := []*big.Int{big.NewInt(1), big.NewInt(2), big.NewInt(3), n1, new(big.Int).Sub(n1, big.NewInt(1)), new(big.Int).Lsh(big.NewInt(1), 255)}
	for range 50 {
		n, err := rand.Int(rand.Reader, n1)
		if err != nil {
			t.Fatal(err)
		}
		numbers = append(numbers, n.Add(n, big.NewInt(1)))
	}
	for _, n := range numbers {
		private, err := stdecdsa.ParseRawPrivateKey(elliptic.P256(), pad(n, 32))
		if err != nil {
			t.Fatal(err)
		}
		x, y := multiple(numberOf(pad(n, 32)))
		if !bytes.Equal(x, pad(private.X, 32)) || !bytes.Equal(y, pad(private.Y, 32)) {
			t.Errorf("%x times the generator is %x, %x", n, x, y)
		}
	}
}

// FuzzVerify has both packages judge a key, a hash and a signature.
func FuzzVerify(f *testing.F) {
	f.Add(byte(0), []byte{1}, []byte("hash"), []byte{1}, []byte{2}, true)
	f.Add(byte(1), []byte{7}, make([]byte, 64), []byte{0}, []byte{0}, false)
	f.Fuzz(func(t *testing.T, which byte, number, hash, r, s []byte, sign bool) {
		c := []*Curve{P256, P384, P521}[which%3]
		if len(number) > c.Size || len(hash) > 100 || len(r) > 100 || len(s) > 100 {
			return
		}
		private, err := stdecdsa.ParseRawPrivateKey(theirs[c], append(make([]byte, c.Size-len(number)), number...))
		if err != nil {
			return
		}
		public, err := NewPublicKey(c, pad(private.X, c.Size), pad(private.Y, c.Size))
		if err != nil {
			t.Fatal(err)
		}
		rr, ss := new(big.Int).SetBytes(r), new(big.Int).SetBytes(s)
		if sign {
			right, rightS, err := stdecdsa.Sign(rand.Reader, private, hash)
			if err != nil {
				t.Fatal(err)
			}
			rr.Add(rr, right)
			ss.Add(ss, rightS)
		}
		if err := (pair{private, public}).agree(hash, rr, ss); err != nil {
			t.Error(err)
		}
	})
}

func BenchmarkSign(b *testing.B) {
	k, err := NewPrivateKey(pad(big.NewInt(12345), 32))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := k.Sign(from(rand.Reader), [32]byte{1}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkVerify(b *testing.B) {
	for c := range theirs {
		b.Run(c.Name, func(b *testing.B) {
			p := newPair(b, c)
			hash := sha256.Sum256([]byte("x"))
			r, s, _ := stdecdsa.Sign(rand.Reader, p.private, hash[:])
			for b.Loop() {
				p.public.Verify(hash[:], r.Bytes(), s.Bytes())
			}
		})
	}
}
