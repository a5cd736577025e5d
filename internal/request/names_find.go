package request

import (
	"math/bits"

	"github.com/sessiongate/sessiongate/internal/bytealg"
)

// find reports whether text[begin:end], a name as a client sent it, is one of
// the names, and whether it is one of those that are taken away.
func (n *Names) find(text string, begin, end int) (found, taken bool) {
	return n.lookUp(text, begin, end, n.judge(text, begin, end))
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

// lookUp is find for what was judged.
func (n *Names) lookUp(text string, begin, end int, is likeness) (found, taken bool) {
	if is == unlike || begin == end {
		return false, false
	}
	if kinds[text[begin]] == odd {
		if bare := folded.skip(text[:end], begin, false); begin < bare && bare < end {
			_, taken = n.find(text, bare, end)
			return taken, taken
		}
	}
	raw := text[begin:end]
	if is == likely && isPlain(text, begin, end) {
		if which := n.loose.equal(raw); which >= 0 {
			found, taken, _ = n.named(raw, which)
		}
		return found, taken
	}
	n.loose.match(raw, func(which int) bool {
		isFound, isTaken, exact := n.named(raw, which)
		found, taken = found || isFound, !exact && taken || isTaken
		return exact
	})
	return found, taken
}

// isPlain reports whether all servers read text[begin:end] in one way, but for
// case.
func isPlain(text string, begin, end int) bool {
	for ; begin+8 <= end; begin += 8 {
		if ambiguousBytes(bytealg.Word(text[begin:])) != 0 {
			return false
		}
	}
	return ambiguousBytes(bytealg.At(text, begin))&(1<<(8*(end-begin))-1) == 0
}
