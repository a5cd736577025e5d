package ecdsa

// comb is what a point is multiplied with: all sums of the point's multiples by
// 1, 2^c, 2^2c and 2^3c, where c is the number of columns, a quarter of a number's
// bits. So each doubling serves four bits of a number, one of each quarter (the
// method of Lim and Lee).
type comb [1 << teeth]point

const teeth = 4

func (c *Curve) columns() int { return 8 * c.Size / teeth }

func (c *Curve) newComb(p point) *comb {
	k := new(comb)
	k[0].y = c.field.one() // infinity
	for tooth := range teeth {
		for i := range 1 << tooth {
			k[1<<tooth|i] = c.add(&p, &k[i])
		}
		for range c.columns() {
			p = c.add(&p, &p)
		}
	}
	return k
}

// place is where in a comb the bits of a column of a number, big-endian, lead to.
func (c *Curve) place(number []byte, column int) (place int64) {
	for tooth := range teeth {
		bit := tooth*c.columns() + column
		place |= int64(number[c.Size-1-bit/8]>>(bit%8)&1) << tooth
	}
	return place
}

// multiple is the generator's multiple by a secret number that is neither 0 nor
// above the order: its coordinates, big-endian. It doubles and adds once a column,
// infinity among the points; the time is the same for all numbers.
func (c *Curve) multiple(number []byte) (x, y []byte) {
	generator := c.generator()
	sum := generator[0]
	for column := c.columns() - 1; column >= 0; column-- {
		sum = c.add(&sum, &sum)
		p := generator.pick(c.place(number, column))
		sum = c.add(&sum, &p)
	}
	return c.affine(&sum)
}

// pick is the point at a secret place. It looks at all of them.
func (k *comb) pick(place int64) (p point) {
	for i := range k {
		other := int64(i) ^ place
		here := ^((other | -other) >> 63)
		p.x.or(&k[i].x, here)
		p.y.or(&k[i].y, here)
		p.z.or(&k[i].z, here)
	}
	return p
}

// combination is the first coordinate of u1 times the generator plus u2 times
// the key's point, all of them public. It is 0 for infinity.
func (k *PublicKey) combination(u1, u2 []byte) (x []byte) {
	c, generator, key := k.Curve, k.Curve.generator(), k.multiples()
	sum := generator[0]
	for column := c.columns() - 1; column >= 0; column-- {
		sum = c.add(&sum, &sum)
		sum = c.add(&sum, &generator[c.place(u1, column)])
		sum = c.add(&sum, &key[c.place(u2, column)])
	}
	x, _ = c.affine(&sum)
	return x
}
