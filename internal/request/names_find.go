package request

import (
	"math/bits"

	"github.com/sessiongate/sessiongate/internal/bytealg"
)

// find reports whether text[begin:end], a name as a client sent it, is one of
// the names, and whether it is one of those that are taken away.
func (n *Names) find(text string, begin, end int) (found, taken bool) {
	if n.judge(text, begin, end) == unlike {
		return false, false
	}
	return n.lookUp(text[begin:end])
}

// likeness is what the first letters of a text say about it.
type likeness uint8

const (
	unlike  likeness = iota // it is none of the names
	likely                  // it begins as one of them
	unclear                 // so it does, up to a byte that servers may read in several ways
)

// judge judges text[begin:end], a name, or a name and something after it, by
// its first eight bytes. A name never becomes longer by being read.
func (n *Names) judge(text string, begin, end int) likeness {
	if end-begin < n.shortest || !n.first[text[begin]] {
		return unlike
	}
	var word uint64
	if begin+8 <= len(text) {
		word = bytealg.Word(text[begin:])
	} else {
		word = bytealg.At(text, begin)
	}
	special := ambiguousBytes(word)
	word = bytealg.Lower(word)
	before := (special&-special)>>7 - 1 // the letters before the first such byte
	for i := range n.beginnings {
		b := &n.beginnings[i]
		switch {
		case (word^b.word)&b.mask&before != 0 || end-begin < b.shortest:
		case b.mask&^before == 0:
			return likely
		default:
			at := bits.TrailingZeros64(special) / 8
			if c := byte(word >> (8 * at)); at == 0 || c == '%' || c >= 0x80 || folded.table[c] == byte(b.word>>(8*at)) {
				return unclear
			}
		}
	}
	return unlike
}

// ambiguousBytes is not 0 if a word has a byte that servers may read in several
// ways in a name. Its lowest bit is the highest of the first such byte.
func ambiguousBytes(word uint64) uint64 {
	return bytealg.Below(word, '-') | bytealg.Marks(word, '.') | bytealg.Marks(word, '[') | bytealg.Marks(word, ']') | bytealg.Above(word, '~')
}

// lookUp is find for a name that was judged.
func (n *Names) lookUp(raw string) (found, taken bool) {
	if raw == "" || !n.lengths[len(raw)%len(n.lengths)] && isPlain(raw) {
		return false, false
	}
	for i := range n.all {
		if n.is(raw, n.all[i].text) {
			return true, n.all[i].taken
		}
	}
	taken = n.taken.match(raw)
	return taken, taken
}

// isPlain reports whether all servers read a name in one way, but for case.
func isPlain(raw string) bool {
	for i := 0; i+8 <= len(raw); i += 8 {
		if ambiguousBytes(bytealg.Word(raw[i:])) != 0 {
			return false
		}
	}
	i := len(raw) &^ 7
	return ambiguousBytes(bytealg.At(raw, i))&(1<<(8*(len(raw)-i))-1) == 0
}
