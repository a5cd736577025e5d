package bytealg

import (
	"strings"
	"testing"
)

// TestWords compares what is done by words with what is done by bytes, for
// every byte at every place of texts of several lengths.
func TestWords(t *testing.T) {
	for length := range 20 {
		for at := range length {
			for c := range 256 {
				for _, around := range []string{"a", "~", "\x7f", "\xff", "-"} {
					whole := strings.Repeat(around, length)
					s := whole[:at] + string([]byte{byte(c)}) + whole[at+1:]
					if got, want := HasUpper(s), 'A' <= c && c <= 'Z'; got != want {
						t.Fatalf("HasUpper(%q) is %v", s, got)
					}
					if got, want := HasBelow(s, ' '+1, ','), strings.ContainsFunc(around+s, func(c rune) bool { return c <= ' ' || c == ',' }); got != want {
						t.Fatalf("HasBelow(%q) is %v", s, got)
					}
					if got, want := IsPrintable(s, '%', ','), isPrintable(s, '%', ','); got != want {
						t.Fatalf("IsPrintable(%q) is %v", s, got)
					}
					if got, want := PlainJSON(s), plainJSON(s); got != want {
						t.Fatalf("PlainJSON(%q) is %d", s, got)
					}
					if got, want := Equal(s, whole), s == whole; got != want {
						t.Fatalf("Equal(%q, %q) is %v", s, whole, got)
					}
				}
			}
		}
	}
	for _, pair := range [][2]string{{"", ""}, {"a", ""}, {"aaaaaaaa", "aaaaaaaaa"}} {
		if Equal(pair[0], pair[1]) != (pair[0] == pair[1]) {
			t.Errorf("Equal(%q)", pair)
		}
	}
}

// isPrintable is IsPrintable, byte by byte.
func isPrintable(s string, without, nor byte) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == without || c == nor {
			return false
		}
	}
	return true
}

// plainJSON is PlainJSON, byte by byte.
func plainJSON(s string) int {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x80 || c == '"' || c == '\\' {
			return i
		}
	}
	return len(s)
}

func FuzzWords(f *testing.F) {
	f.Add("abcdefgh", "abcdefgi", byte(' '), byte(','))
	f.Fuzz(func(t *testing.T, s, other string, n, c byte) {
		n &= 0x7f
		below := false
		upper := false
		for i := range len(s) {
			below = below || s[i] < n || s[i] == c
			upper = upper || 'A' <= s[i] && s[i] <= 'Z'
		}
		if PlainJSON(s) != plainJSON(s) || IsPrintable(s, n, c) != isPrintable(s, n, c) || HasBelow(s, n, c) != below || HasUpper(s) != upper || Equal(s, other) != (s == other) || !Equal(s, strings.Clone(s)) {
			t.Errorf("%q, %q, %d, %d", s, other, n, c)
		}
	})
}
