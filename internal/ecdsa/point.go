package ecdsa

// point is a point (x/z, y/z) of a curve; infinity if z is 0.
type point struct{ x, y, z number }

// has reports whether a point that is not infinity is on the curve: whether
// y² = x³ - 3x + b, where z is 1.
func (c *Curve) has(p *point) bool {
	f := c.field
	var left, right, x3 number
	f.times(&left, &p.y, &p.y)
	f.times(&right, &p.x, &p.x)
	f.times(&right, &right, &p.x)
	f.thrice(&x3, &p.x)
	f.minus(&right, &right, &x3)
	f.plus(&right, &right, &c.b)
	f.minus(&left, &left, &right)
	left = f.plain(&left)
	return left.zero() != 0
}

// affine are the coordinates of a point, big-endian; those of infinity are 0.
func (c *Curve) affine(p *point) (x, y []byte) {
	f := c.field
	inverse := f.invert(&p.z)
	coordinate := func(n *number) []byte {
		var result number
		f.times(&result, n, &inverse)
		result = f.plain(&result)
		return result.bytes(c.Size)
	}
	return coordinate(&p.x), coordinate(&p.y)
}

// add adds any two points, equal ones, opposite ones and infinity too (Renes,
// Costello, Batina: Complete addition formulas for prime order elliptic curves,
// algorithm 4, for a = -3). The ranges are those of the words, in units of 27
// bits; x, y and z are within [-1,1], [0,2] and [0,2], before and after.
func (c *Curve) add(p, q *point) (sum point) {
	f := c.field
	var xx, yy, zz, xy, yz, xz, t, u number
	f.times(&xx, &p.x, &q.x)
	f.times(&yy, &p.y, &q.y)
	f.times(&zz, &p.z, &q.z)
	f.plus(&t, &p.x, &p.y) // [-1,3]
	f.plus(&u, &q.x, &q.y)
	f.times(&xy, &t, &u)
	f.minus(&xy, &xy, &xx)
	f.minus(&xy, &xy, &yy) // x1 y2 + x2 y1: [-2,1]
	f.plus(&t, &p.y, &p.z) // [0,4]
	f.plus(&u, &q.y, &q.z)
	f.times(&yz, &t, &u)
	f.minus(&yz, &yz, &yy)
	f.minus(&yz, &yz, &zz) // y1 z2 + y2 z1: [-2,1]
	f.plus(&t, &p.x, &p.z) // [-1,3]
	f.plus(&u, &q.x, &q.z)
	f.times(&xz, &t, &u)
	f.minus(&xz, &xz, &xx)
	f.minus(&xz, &xz, &zz) // x1 z2 + x2 z1: [-2,1]

	var low, high, mixed number
	f.times(&t, &c.b, &zz)
	f.minus(&t, &xz, &t)
	f.thrice(&t, &t) // 3 (xz - b zz): [-9,3]
	t.carry(f.blocks)
	f.minus(&low, &yy, &t) // [-1,1]
	f.plus(&high, &yy, &t) // [0,2]
	f.thrice(&zz, &zz)     // [0,3]
	f.times(&mixed, &c.b, &xz)
	f.minus(&mixed, &mixed, &zz)
	f.minus(&mixed, &mixed, &xx)
	f.thrice(&mixed, &mixed) // 3 (b xz - 3 zz - xx): [-12,3]
	mixed.carry(f.blocks)
	f.thrice(&xx, &xx)
	f.minus(&xx, &xx, &zz) // 3 (xx - zz): [-3,3]

	f.times(&sum.x, &xy, &high)
	f.times(&t, &yz, &mixed)
	f.minus(&sum.x, &sum.x, &t)
	f.times(&sum.y, &high, &low)
	f.times(&t, &xx, &mixed)
	f.plus(&sum.y, &sum.y, &t)
	f.times(&sum.z, &yz, &low)
	f.times(&t, &xy, &xx)
	f.plus(&sum.z, &sum.z, &t)
	return sum
}
