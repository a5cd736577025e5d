package bytealg

import "math/bits"

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
func Below(w uint64, n byte) uint64 { return someBelow(w, n) }

// LastAbove is where the last byte of s is that is above n, which is below 0x80;
// -1 if there is none.
func LastAbove(s string, n byte) int {
	end := len(s)
	for ; end >= 8; end -= 8 {
		if above := Above(Word(s[end-8:]), n); above != 0 {
			return end - 1 - bits.LeadingZeros64(above)/8
		}
	}
	for end--; end >= 0 && s[end] <= n; {
		end--
	}
	return end
}

// LastBelow is where the last byte of s is that is below n, which is from 1 to
// 0x80, or that is other; -1 if there is none.
func LastBelow(s string, n, other byte) int {
	end := len(s)
	for ; end >= 8; end -= 8 {
		w := Word(s[end-8:])
		if below := highBits&^Above(w, n-1) | Marks(w, other); below != 0 {
			return end - 1 - bits.LeadingZeros64(below)/8
		}
	}
	for end--; end >= 0 && s[end] >= n && s[end] != other; {
		end--
	}
	return end
}
