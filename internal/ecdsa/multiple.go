package ecdsa

import "sync"

// The field and the order of P-256, and its generator and b, for what must not
// take a time that tells secrets.
var (
	field256 = newModulus(P256.p)
	order256 = newModulus(P256.n)

	b256         = field256.form(numberOf(P256.b.FillBytes(make([]byte, 32))))
	generator256 = projective{
		field256.form(numberOf(P256.gx.FillBytes(make([]byte, 32)))),
		field256.form(numberOf(P256.gy.FillBytes(make([]byte, 32)))),
		field256.form(number{1}),
	}
)

// projective is a point (x/z, y/z) of P-256; infinity if z is 0.
type projective struct{ x, y, z number }

// windows are the generator's multiples by 0 to 15, times every power of 16 below
// 2^256. They are made when the first key is.
var windows = sync.OnceValue(func() *[64][16]projective {
	all := new([64][16]projective)
	base := generator256
	for i := range all {
		w := &all[i]
		w[0].y = field256.form(number{1}) // infinity
		for j := 1; j < len(w); j++ {
			w[j] = w[j-1].plus(&base)
		}
		base = w[15].plus(&base)
	}
	return all
})

// multiple is the generator's multiple by a secret number that is neither 0 nor
// above the order: its coordinates, big-endian. It adds one point for every four
// bits, infinity among them; the time is the same for all numbers.
func multiple(n number) (x, y []byte) {
	f, all := field256, windows()
	sum := all[0][0]
	for i := range all {
		w := pick(&all[i], n[i/16]>>(4*(i%16))&15)
		sum = sum.plus(&w)
	}
	inverse := f.invert(sum.z)
	return f.plain(f.times(sum.x, inverse)).bytes(), f.plain(f.times(sum.y, inverse)).bytes()
}

// pick is the point at a secret place. It looks at all of them.
func pick(from *[16]projective, place uint64) (p projective) {
	for i := range from {
		q, here := &from[i], number{uint64(i) ^ place}.zero()
		p.x, p.y, p.z = choose(here, q.x, p.x), choose(here, q.y, p.y), choose(here, q.z, p.z)
	}
	return p
}

// plus adds any two points, equal ones and infinity too (Renes, Costello, Batina:
// Complete addition formulas for prime order elliptic curves, algorithm 4, for
// a = -3).
func (p *projective) plus(q *projective) (sum projective) {
	f := field256
	xx, yy, zz := f.times(p.x, q.x), f.times(p.y, q.y), f.times(p.z, q.z)
	xy := f.minus(f.times(f.plus(p.x, p.y), f.plus(q.x, q.y)), f.plus(xx, yy)) // x1 y2 + x2 y1
	yz := f.minus(f.times(f.plus(p.y, p.z), f.plus(q.y, q.z)), f.plus(yy, zz))
	xz := f.minus(f.times(f.plus(p.x, p.z), f.plus(q.x, q.z)), f.plus(xx, zz))
	thrice := func(n number) number { return f.plus(f.plus(n, n), n) }

	less := thrice(f.minus(xz, f.times(b256, zz)))
	low, high := f.minus(yy, less), f.plus(yy, less)
	zz3 := thrice(zz)
	mixed := thrice(f.minus(f.minus(f.times(b256, xz), zz3), xx))
	xx3 := f.minus(thrice(xx), zz3)
	sum.x = f.minus(f.times(xy, high), f.times(yz, mixed))
	sum.y = f.plus(f.times(high, low), f.times(xx3, mixed))
	sum.z = f.plus(f.times(yz, low), f.times(xy, xx3))
	return sum
}
