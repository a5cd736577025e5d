package ecdsa

import "math/big"

// Verify reports whether (r, s), big-endian, is the key's signature of a hash
// (FIPS 186-5 section 6.4.2). Of a hash longer than n, the leftmost bits count.
func (k *PublicKey) Verify(hash, r, s []byte) bool {
	c := k.Curve
	rr, ss := new(big.Int).SetBytes(r), new(big.Int).SetBytes(s)
	if rr.Sign() == 0 || rr.Cmp(c.n) >= 0 || ss.Sign() == 0 || ss.Cmp(c.n) >= 0 {
		return false
	}
	inverse := new(big.Int).ModInverse(ss, c.n)
	u1 := c.leftmost(hash)
	u1.Mul(u1, inverse).Mod(u1, c.n)
	u2 := inverse.Mul(inverse, rr)
	u2.Mod(u2, c.n)
	x, infinite := c.combination(u1, u2, k)
	return !infinite && x.Mod(x, c.n).Cmp(rr) == 0
}

// leftmost is the number of the leftmost bits of a hash, as many as n has.
func (c *Curve) leftmost(hash []byte) *big.Int {
	size := (c.n.BitLen() + 7) / 8
	if len(hash) > size {
		hash = hash[:size]
	}
	e := new(big.Int).SetBytes(hash)
	if excess := 8*len(hash) - c.n.BitLen(); excess > 0 {
		e.Rsh(e, uint(excess))
	}
	return e
}

// combination is the first coordinate of u1 times the generator plus u2 times
// the key's point. Both multiples are built together, bit by bit (Shamir's trick).
func (c *Curve) combination(u1, u2 *big.Int, k *PublicKey) (x *big.Int, infinite bool) {
	f := &field{p: c.p}
	generator, key := affine(c.gx, c.gy), affine(k.x, k.y)
	both := affine(c.gx, c.gy)
	f.add(both, key)
	sum := affine(new(big.Int), new(big.Int))
	sum.z.SetInt64(0) // infinity
	for i := max(u1.BitLen(), u2.BitLen()) - 1; i >= 0; i-- {
		f.double(sum)
		switch u1.Bit(i) | u2.Bit(i)<<1 {
		case 1:
			f.add(sum, generator)
		case 2:
			f.add(sum, key)
		case 3:
			f.add(sum, both)
		}
	}
	if sum.z.Sign() == 0 {
		return nil, true
	}
	inverse := new(big.Int).ModInverse(&sum.z, c.p)
	inverse.Mul(inverse, inverse).Mul(inverse, &sum.x)
	return inverse.Mod(inverse, c.p), false
}

// point is (x/z², y/z³), in Jacobian coordinates; infinity if z is 0.
type point struct{ x, y, z big.Int }

func affine(x, y *big.Int) *point {
	p := new(point)
	p.x.Set(x)
	p.y.Set(y)
	p.z.SetInt64(1)
	return p
}

// field has arithmetic modulo p, and memory for what lies between.
type field struct {
	p *big.Int
	t [9]big.Int
}

func (f *field) mul(to, a, b *big.Int) { to.Mul(a, b).Mod(to, f.p) }

func (f *field) sub(to, a, b *big.Int) {
	if to.Sub(a, b).Sign() < 0 {
		to.Add(to, f.p)
	}
}

func (f *field) twice(to, a *big.Int) {
	if to.Lsh(a, 1).Cmp(f.p) >= 0 {
		to.Sub(to, f.p)
	}
}

// double doubles a point (the formulas "dbl-2001-b" of the Explicit-Formulas
// Database, for curves with a = -3). Infinity stays.
func (f *field) double(p *point) {
	delta, gamma, beta, alpha, a := &f.t[0], &f.t[1], &f.t[2], &f.t[3], &f.t[4]
	f.mul(delta, &p.z, &p.z)
	f.mul(gamma, &p.y, &p.y)
	f.mul(beta, &p.x, gamma)
	f.sub(a, &p.x, delta)
	alpha.Add(&p.x, delta)
	f.mul(alpha, alpha, a)
	a.Lsh(alpha, 1)
	alpha.Add(alpha, a) // 3 (x - delta) (x + delta)
	// z = (y + z)² - gamma - delta
	p.z.Add(&p.y, &p.z)
	f.mul(&p.z, &p.z, &p.z)
	f.sub(&p.z, &p.z, gamma)
	f.sub(&p.z, &p.z, delta)
	// x = alpha² - 8 beta
	f.twice(beta, beta)
	f.twice(beta, beta) // 4 beta
	f.mul(&p.x, alpha, alpha)
	f.sub(&p.x, &p.x, beta)
	f.sub(&p.x, &p.x, beta)
	// y = alpha (4 beta - x) - 8 gamma²
	f.sub(beta, beta, &p.x)
	f.mul(&p.y, alpha, beta)
	f.mul(gamma, gamma, gamma)
	gamma.Lsh(gamma, 3).Mod(gamma, f.p)
	f.sub(&p.y, &p.y, gamma)
}

// add adds q to p ("add-2007-bl"). It takes equal points, opposite ones and
// infinity, too.
func (f *field) add(p, q *point) {
	if q.z.Sign() == 0 {
		return
	}
	if p.z.Sign() == 0 {
		p.x.Set(&q.x)
		p.y.Set(&q.y)
		p.z.Set(&q.z)
		return
	}
	zp, zq, u1, u2, s1, s2 := &f.t[0], &f.t[1], &f.t[2], &f.t[3], &f.t[4], &f.t[5]
	f.mul(zp, &p.z, &p.z)
	f.mul(zq, &q.z, &q.z)
	f.mul(u1, &p.x, zq)
	f.mul(u2, &q.x, zp)
	f.mul(s1, &p.y, &q.z)
	f.mul(s1, s1, zq)
	f.mul(s2, &q.y, &p.z)
	f.mul(s2, s2, zp)
	f.sub(u2, u2, u1) // h
	f.sub(s2, s2, s1) // half of r
	if u2.Sign() == 0 {
		if s2.Sign() == 0 {
			f.double(p)
		} else {
			p.z.SetInt64(0)
		}
		return
	}
	h, r, i, j := u2, s2, &f.t[6], &f.t[7]
	f.twice(r, r)
	f.twice(i, h)
	f.mul(i, i, i)
	f.mul(j, h, i)
	f.mul(i, u1, i) // v
	// z = 2 zp zq h
	f.mul(&p.z, &p.z, &q.z)
	f.mul(&p.z, &p.z, h)
	f.twice(&p.z, &p.z)
	// x = r² - j - 2 v
	f.mul(&p.x, r, r)
	f.sub(&p.x, &p.x, j)
	f.sub(&p.x, &p.x, i)
	f.sub(&p.x, &p.x, i)
	// y = r (v - x) - 2 s1 j
	f.sub(i, i, &p.x)
	f.mul(&p.y, r, i)
	f.mul(j, s1, j)
	f.twice(j, j)
	f.sub(&p.y, &p.y, j)
}
