package ecdsa

// times is a·b/R: Montgomery's multiplication. Block by block of a, it adds
// a·b and q·m, where q is the block with which the lowest block of the sum
// becomes 0. So the sum moves up a block at a time.
func (f *modulus) times(product, a, b *number) {
	var sum [2 * maxBlocks]block
	inverse := f.inverse
	for i := range f.blocks {
		a0, a1, a2, a3, a4 := a[i][0], a[i][1], a[i][2], a[i][3], a[i][4]
		low, high, b0, m0 := &sum[i], &sum[i+1], &b[0], &f.m[0]

		// Each word of q clears a word of the sum; what is above it is carried.
		word := low[0] + a0*b0[0]
		q0 := word * inverse & wordMask
		word = (word+q0*m0[0])>>wordBits + low[1] + a0*b0[1] + a1*b0[0] + q0*m0[1]
		q1 := word * inverse & wordMask
		word = (word+q1*m0[0])>>wordBits + low[2] + a0*b0[2] + a1*b0[1] + a2*b0[0] + q0*m0[2] + q1*m0[1]
		q2 := word * inverse & wordMask
		word = (word+q2*m0[0])>>wordBits + low[3] + a0*b0[3] + a1*b0[2] + a2*b0[1] + a3*b0[0] + q0*m0[3] + q1*m0[2] + q2*m0[1]
		q3 := word * inverse & wordMask
		word = (word+q3*m0[0])>>wordBits + low[4] + a0*b0[4] + a1*b0[3] + a2*b0[2] + a3*b0[1] + a4*b0[0] + q0*m0[4] + q1*m0[3] + q2*m0[2] + q3*m0[1]
		q4 := word * inverse & wordMask
		high[0] += (word+q4*m0[0])>>wordBits + a1*b0[4] + a2*b0[3] + a3*b0[2] + a4*b0[1] + q1*m0[4] + q2*m0[3] + q3*m0[2] + q4*m0[1]
		high[1] += a2*b0[4] + a3*b0[3] + a4*b0[2] + q2*m0[4] + q3*m0[3] + q4*m0[2]
		high[2] += a3*b0[4] + a4*b0[3] + q3*m0[4] + q4*m0[3]
		high[3] += a4*b0[4] + q4*m0[4]

		for j := 1; j < f.blocks; j++ {
			low, high, b, m := &sum[i+j], &sum[i+j+1], &b[j], &f.m[j]
			low[0] += a0*b[0] + q0*m[0]
			low[1] += a0*b[1] + a1*b[0] + q0*m[1] + q1*m[0]
			low[2] += a0*b[2] + a1*b[1] + a2*b[0] + q0*m[2] + q1*m[1] + q2*m[0]
			low[3] += a0*b[3] + a1*b[2] + a2*b[1] + a3*b[0] + q0*m[3] + q1*m[2] + q2*m[1] + q3*m[0]
			low[4] += a0*b[4] + a1*b[3] + a2*b[2] + a3*b[1] + a4*b[0] + q0*m[4] + q1*m[3] + q2*m[2] + q3*m[1] + q4*m[0]
			high[0] += a1*b[4] + a2*b[3] + a3*b[2] + a4*b[1] + q1*m[4] + q2*m[3] + q3*m[2] + q4*m[1]
			high[1] += a2*b[4] + a3*b[3] + a4*b[2] + q2*m[4] + q3*m[3] + q4*m[2]
			high[2] += a3*b[4] + a4*b[3] + q3*m[4] + q4*m[3]
			high[3] += a4*b[4] + q4*m[4]
		}
	}
	copy(product[:f.blocks], sum[f.blocks:])
	product.carry(f.blocks)
}
