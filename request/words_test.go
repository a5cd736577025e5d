package request

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
					s := strings.Repeat(around, at) + string([]byte{byte(c)}) + strings.Repeat(around, length-at-1)
					if got, want := hasSeparator(s), separates(byte(c)); got != want {
						t.Fatalf("hasSeparator(%q) is %v", s, got)
					}
					if got, want := hasUpper(s), isUpper(byte(c)); got != want {
						t.Fatalf("hasUpper(%q) is %v", s, got)
					}
				}
			}
		}
	}
}
