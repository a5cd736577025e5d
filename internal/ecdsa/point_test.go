package ecdsa

import (
	"bytes"
	"math/big"
	"testing"
)

// scalars are edges of the numbers that points are multiplied with.
func scalars(t testing.TB, c *Curve) []*big.Int {
	t.Helper()
	n := c.parameters().N
	numbers := edges(t, n)[1:]
	for tooth := uint(1); tooth < teeth; tooth++ {
		power := new(big.Int).Lsh(big.NewInt(1), tooth*uint(c.columns()))
		numbers = append(numbers, power, add(power, -1), add(power, 1))
	}
	return numbers
}

// TestMultiple holds multiples of the generator to Go's own package.
func TestMultiple(t *testing.T) {
	for c := range theirs {
		for _, n := range scalars(t, c) {
			wantX, wantY := pairOf(t, c, n).public.Coordinates()
			if x, y := c.multiple(pad(n, c.Size)); !bytes.Equal(x, wantX) || !bytes.Equal(y, wantY) {
				t.Errorf("%s: %x times the generator is %x, %x", c.Name, n, x, y)
			}
		}
		if x, _ := c.multiple(make([]byte, c.Size)); !bytes.Equal(x, make([]byte, c.Size)) {
			t.Errorf("%s: 0 times the generator is %x", c.Name, x)
		}
	}
}

// times is a point times a number.
func (c *Curve) times(p point, n *big.Int) point {
	k, number := c.newComb(p), pad(n, c.Size)
	sum := k[0]
	for column := c.columns() - 1; column >= 0; column-- {
		sum = c.add(&sum, &sum)
		p := k.pick(c.place(number, column))
		sum = c.add(&sum, &p)
	}
	return sum
}

// TestAdd adds multiples of the generator: equal ones, opposite ones, and
// infinity, on either side and in more than one form.
func TestAdd(t *testing.T) {
	for c := range theirs {
		n := c.parameters().N
		generator := c.generator()[1]
		numbers := []*big.Int{new(big.Int), big.NewInt(1), big.NewInt(2), big.NewInt(5), add(n, -1), add(n, -2), new(big.Int).Rsh(n, 1), add(new(big.Int).Rsh(n, 1), 1)}
		var points []point
		for _, n := range numbers {
			points = append(points, c.times(generator, n))
		}
		for i, a := range numbers {
			for j, b := range numbers {
				p, q := points[i], c.add(&points[j], &c.generator()[0])
				sum := c.add(&p, &q)
				inRange(t, c, &sum)
				want := new(big.Int).Add(a, b)
				wantX, wantY := c.multiple(pad(want.Mod(want, n), c.Size))
				if x, y := c.affine(&sum); !bytes.Equal(x, wantX) || !bytes.Equal(y, wantY) {
					t.Errorf("%s: the points of %x and %x together: %x, %x", c.Name, a, b, x, y)
				}
				if z := c.field.plain(&sum.z); (z.zero() != 0) != (want.Sign() == 0) {
					t.Errorf("%s: the points of %x and %x together: z is %x", c.Name, a, b, integer(&z))
				}
			}
		}
	}
}

// inRange fails unless the words of a point are as add wants and leaves them.
func inRange(t *testing.T, c *Curve, p *point) {
	t.Helper()
	for name, n := range map[string]struct {
		*number
		least, most int64
	}{"x": {&p.x, -1, 1}, "y": {&p.y, 0, 2}, "z": {&p.z, 0, 2}} {
		for i := range c.field.blocks {
			for j, word := range n.number[i] {
				low := n.least << wordBits
				if i == c.field.blocks-1 && j == 4 {
					low -= 4 // what is almost reduced may be below 0
				}
				if word < low || word > n.most<<wordBits {
					t.Errorf("%s: word %d of block %d of %s is %x", c.Name, j, i, name, word)
				}
			}
		}
	}
}

// TestPick finds each point of a comb, and nothing else.
func TestPick(t *testing.T) {
	for c := range theirs {
		k := c.generator()
		for i := range k {
			if p := k.pick(int64(i)); p != k[i] {
				t.Errorf("%s: at %d is another point", c.Name, i)
			}
		}
	}
}
