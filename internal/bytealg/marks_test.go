package bytealg

import (
	"strings"
	"testing"
)

// TestMarks compares marks with what is found byte by byte.
func TestMarks(t *testing.T) {
	for _, around := range []string{"\x00", "a", "\x7f", "\x80", "\xff"} {
		for c := range 256 {
			for at := range 8 {
				s := strings.Repeat(around, at) + string([]byte{byte(c), byte(c)}) + strings.Repeat(around, 7-at)
				w := At(s, 0)
				for other := range 256 {
					var is, above, below uint64
					for i := range 8 {
						bit := uint64(0x80) << (8 * i)
						switch {
						case s[i] == byte(other):
							is |= bit
						case s[i] > byte(other):
							above |= bit
						case below == 0:
							below = bit
						}
					}
					if got := Marks(w, byte(other)); got != is {
						t.Fatalf("Marks(%q, %#x) is %x, want %x", s[:8], other, got, is)
					}
					if got := Above(w, byte(other)); other < 0x80 && got != above {
						t.Fatalf("Above(%q, %#x) is %x, want %x", s[:8], other, got, above)
					}
					if got := Below(w, byte(other)); other <= 0x80 && got&-got != below {
						t.Fatalf("Below(%q, %#x) is %x, want %x first", s[:8], other, got, below)
					}
				}
				if got, want := At(s, at), Word(s[at:]+strings.Repeat("\x00", 8)); got != want {
					t.Fatalf("At(%q, %d) is %x, want %x", s, at, got, want)
				}
			}
		}
	}
}
