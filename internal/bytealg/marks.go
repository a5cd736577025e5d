package bytealg

// At is the first eight bytes of s[i:], the first one lowest; beyond the end of
// s they are 0. Where there are eight, Word costs less.
func At(s string, i int) (word uint64) {
	if i+8 <= len(s) {
		return Word(s[i:])
	}
	for at := len(s) - 1; at >= i; at-- {
		word = word<<8 | uint64(s[at])
	}
	return word
}

// Everywhere is what Marks and Above give where all eight bytes are meant.
const Everywhere = highBits

// Marks has the highest bit of each byte of w that is c, and no other bit.
func Marks(w uint64, c byte) uint64 {
	w ^= lowBits * uint64(c)
	return ^(w&^highBits + ^uint64(highBits) | w | ^uint64(highBits))
}

// Above has the highest bit of each byte of w that is above n, which is below
// 0x80, and no other bit.
func Above(w uint64, n byte) uint64 {
	return (w&^highBits + lowBits*uint64(0x7f-n) | w) & highBits
}

// Below is not 0 if some byte of w is below n, which is at most 0x80. Its lowest
// bit is the highest of the first such byte.
func Below(w uint64, n byte) uint64 {
	return (w - lowBits*uint64(n)) & ^w & highBits
}
