package bytealg

import (
	"strings"
	"testing"
)

// token is as long as vendors' tokens are, and of letters that let no function
// stop before its end.
var token = strings.Repeat("eyjhbgcioijsuzi1niisinr5cci6-_.x", 25)

// same is the same text elsewhere in memory.
var same = strings.Clone(token)

// onToken is every function, with what it has to say about the token.
var onToken = map[string]func() bool{
	"Word": func() bool {
		all := uint64(0)
		for i := 0; i+8 <= len(token); i += 8 {
			all |= Word(token[i:])
		}
		return all&highBits == 0
	},
	"Marks": func() bool {
		all := uint64(0)
		for i := 0; i < len(token); i += 8 {
			all |= Marks(At(token, i), '=')
		}
		return all == 0
	},
	"Equal":       func() bool { return Equal(token, same) },
	"HasUpper":    func() bool { return !HasUpper(token) },
	"HasBelow":    func() bool { return !HasBelow(token, ' '+1, ',') },
	"IsPrintable": func() bool { return IsPrintable(token, '%', ',') },
	"PlainJSON":   func() bool { return PlainJSON(token) == len(token) },
}

// Every byte of a request's tokens goes through these.
func TestLookingAtATokenAllocatesNothing(t *testing.T) {
	for name, do := range onToken {
		t.Run(name, func(t *testing.T) {
			whole := false
			if got := testing.AllocsPerRun(100, func() { whole = do() }); got > 0 {
				t.Errorf("%v allocations", got)
			}
			if !whole {
				t.Error("stopped before the end")
			}
		})
	}
}

func BenchmarkToken(b *testing.B) {
	for name, do := range onToken {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(token)))
			b.ReportAllocs()
			for b.Loop() {
				do()
			}
		})
	}
}
