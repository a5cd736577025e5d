package ecdsa

// number is an integer of up to 540 bits, in words of 27 bits, the lowest first.
// Words are signed, and may have more bits until they are carried: so sums and
// differences need no carries at all, and 20 products fit into 64 bits. They lie
// in blocks of five, which is as much as is worked on at a time without a loop.
// In WebAssembly a turn of a loop costs as much as several multiplications, and a
// copy of memory more: hence the results that are written where the first
// parameter points to, as in package math/big.
type number [maxBlocks]block

type block [blockWords]int64

const (
	wordBits   = 27
	wordMask   = 1<<wordBits - 1
	blockWords = 5
	maxBlocks  = 4
)

// numberOf reads bytes, big-endian.
func numberOf(b []byte) (n number) {
	for i := range b {
		bit := 8 * (len(b) - 1 - i)
		word := bit / wordBits
		n[word/blockWords][word%blockWords] += int64(b[i]) << (bit % wordBits)
	}
	n.carry(maxBlocks)
	return n
}

// bytes writes a number that is neither negative nor longer than that, big-endian.
func (n *number) bytes(size int) []byte {
	b := make([]byte, size)
	for i, word, left, have := size-1, 0, int64(0), 0; i >= 0; i-- {
		if have < 8 {
			left |= n[word/blockWords][word%blockWords] << have
			word, have = word+1, have+wordBits
		}
		b[i] = byte(left)
		left, have = left>>8, have-8
	}
	return b
}

// carry has each word of so many blocks keep 27 bits, but for the highest one,
// which keeps the sign.
func (n *number) carry(blocks int) {
	carry := int64(0)
	for i := range n[:blocks] {
		b := &n[i]
		carry += b[0]
		b[0] = carry & wordMask
		carry = carry>>wordBits + b[1]
		b[1] = carry & wordMask
		carry = carry>>wordBits + b[2]
		b[2] = carry & wordMask
		carry = carry>>wordBits + b[3]
		b[3] = carry & wordMask
		carry = carry>>wordBits + b[4]
		b[4] = carry & wordMask
		carry >>= wordBits
	}
	n[blocks-1][4] += carry << wordBits
}

// zero is -1 if all words are 0, and otherwise 0.
func (n *number) zero() int64 {
	any := int64(0)
	for i := range n {
		for _, word := range n[i] {
			any |= word
		}
	}
	return ^((any | -any) >> 63)
}

// or adds the bits of another number, if which is -1; none, if it is 0.
func (n *number) or(other *number, which int64) {
	for i := range n {
		n, other := &n[i], &other[i]
		n[0] |= other[0] & which
		n[1] |= other[1] & which
		n[2] |= other[2] & which
		n[3] |= other[3] & which
		n[4] |= other[4] & which
	}
}
