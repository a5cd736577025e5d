package request

// Tokens make requests long. Where all of their bytes have to be looked at,
// that happens eight at a time: compiled to Wasm, a loop over bytes costs
// several times what its body does.

const (
	lowBits  = 0x0101010101010101
	highBits = 0x8080808080808080
)

// word is the first eight bytes of s, the first one lowest.
func word(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// someBelow is not 0 if some byte of w is below n, which is at most 0x80.
func someBelow(w uint64, n byte) uint64 {
	return (w - lowBits*uint64(n)) & ^w & highBits
}

// someIs is not 0 if some byte of w is c.
func someIs(w uint64, c byte) uint64 {
	return someBelow(w^lowBits*uint64(c), 1)
}

// someUpper is not 0 if some byte of w is a capital letter of ASCII.
func someUpper(w uint64) uint64 {
	ascii := w &^ highBits
	return (ascii + lowBits*(0x80-'A')) &^ (ascii + lowBits*(0x80-'Z'-1)) &^ w & highBits
}

// hasSeparator tells whether s has a byte that separates (see separates).
func hasSeparator(s string) bool {
	if len(s) < 8 {
		for i := 0; i < len(s); i++ {
			if separates(s[i]) {
				return true
			}
		}
		return false
	}
	for rest := s; len(rest) >= 8; rest = rest[8:] {
		if w := word(rest); someBelow(w, ' '+1)|someIs(w, ',') != 0 {
			return true
		}
	}
	w := word(s[len(s)-8:])
	return someBelow(w, ' '+1)|someIs(w, ',') != 0
}

// hasUpper tells whether s has a capital letter of ASCII.
func hasUpper(s string) bool {
	if len(s) < 8 {
		for i := 0; i < len(s); i++ {
			if isUpper(s[i]) {
				return true
			}
		}
		return false
	}
	for rest := s; len(rest) >= 8; rest = rest[8:] {
		if someUpper(word(rest)) != 0 {
			return true
		}
	}
	return someUpper(word(s[len(s)-8:])) != 0
}
