package request

import (
	"slices"

	"github.com/sessiongate/sessiongate/internal/bytealg"
)

// looseNames are names as lenient servers may read others for them: in letters,
// sorted, none twice.
type looseNames []looseName

type looseName struct {
	text  string
	same  int // how many letters it has in common with the one before
	other int // the next one that begins with another letter
}

// newLooseNames are the names of which there may be several.
func newLooseNames(texts ...string) (l looseNames) {
	slices.Sort(texts)
	for i, text := range slices.Compact(texts) {
		l = append(l, looseName{text: text})
		for i > 0 && l[i].same < min(len(text), len(l[i-1].text)) && text[l[i].same] == l[i-1].text[l[i].same] {
			l[i].same++
		}
	}
	for i := len(l) - 1; i >= 0; i-- {
		l[i].other = i + 1
		if i+1 < len(l) && l[i+1].same > 0 {
			l[i].other = l[i+1].other
		}
	}
	return l
}

// match goes through the names that some server reads in raw, a name as a
// client sent it, until yes says so. Lenient servers drop whitespace, quotes
// and brackets around a name, decode "+" and percent escapes (here twice),
// write "_" for ".", " " and "[" (PHP), and end a name at a NUL byte (PHP) or at
// the index in brackets after it (PHP, Rack, qs).
//
// It looks at each byte a few times at most, however many names there are, and
// no further than raw is like one of them.
func (l looseNames) match(raw string, yes func(which int) bool) bool {
	c, begin := raw[0], 0
	if c == '%' {
		c, _ = unescaped(raw, 0)
	}
	if around[c] == odd {
		if begin = skipOdd(raw, 0, false); begin < len(raw) {
			c, _ = unescaped(raw, begin)
		}
	}
	return l.matchFrom(raw, begin, yes) ||
		around[c] == bracket && l.matchFrom(raw, skipOdd(raw, begin, true), yes)
}

// matchFrom is match without what stands before the name.
func (l looseNames) matchFrom(raw string, at int, yes func(which int) bool) bool {
	alike := 0 // so many letters of raw, which end at, are those of a name
	same := 0  // so many of them are those of the present name as well
	for which := 0; which < len(l); which++ {
		if same = min(same, l[which].same); same < alike {
			return false // as it is with all that come after
		}
		if same > alike {
			continue // it has the letter that was the wrong one
		}
		name := l[which].text
		for alike < len(name) && at < len(raw) {
			c, next := raw[at], at+1
			if c == '%' {
				if c, next = escapedByte(raw, at); c == '%' {
					c, next = unescaped(raw, at)
				}
			}
			if letters[c] != name[alike] {
				break
			}
			alike, at = alike+1, next
		}
		if alike == len(name) && nothingAfter(raw, at) && yes(which) {
			return true
		}
		if same = len(name); alike == 0 && same > 0 {
			which = l[which].other - 1
		}
	}
	return false
}

// nothingAfter reports whether at is the end of raw to some server.
func nothingAfter(raw string, at int) bool {
	for at < len(raw) {
		if at+8 <= len(raw) && oddWord(bytealg.Word(raw[at:]), false) {
			at += 8
			continue
		}
		c, next := unescaped(raw, at)
		if c == 0 || c == '[' {
			return true
		}
		if around[c] == 0 {
			return false
		}
		at = next
	}
	return true
}

// skipOdd is where raw goes on after odd bytes, and brackets.
func skipOdd(raw string, at int, brackets bool) int {
	for at < len(raw) {
		if at+8 <= len(raw) && oddWord(bytealg.Word(raw[at:]), brackets) {
			at += 8
			continue
		}
		c, next := raw[at], at+1
		if c == '%' {
			c, next = unescaped(raw, at)
		}
		if around[c] != odd && !(brackets && around[c] == bracket) {
			break
		}
		at = next
	}
	return at
}

// oddWord reports whether eight bytes are odd, or brackets, and none of them
// is NUL.
func oddWord(w uint64, brackets bool) bool {
	inside := bytealg.Marks(w, 0) | bytealg.Above(w, ' ')&^bytealg.Above(w, '~')&^bytealg.Marks(w, '"')&^bytealg.Marks(w, '+')
	if brackets {
		inside = inside &^ bytealg.Marks(w, '[') &^ bytealg.Marks(w, ']')
	}
	return inside == 0
}

// The kinds of bytes that some server drops before and after a name: spaces
// (which "+" stands for in forms), control characters, quotes, and what is not
// ASCII (which holds the spaces that some languages trim); and brackets.
const (
	odd = 1 << iota
	bracket
)

var around = func() (kinds [256]uint8) {
	for i := range kinds {
		switch c := byte(i); {
		case c <= ' ' || c >= 0x7f || c == '"' || c == '+':
			kinds[i] = odd
		case c == '[' || c == ']':
			kinds[i] = bracket
		}
	}
	return kinds
}()

// letters is the table of bytes as names are compared where a server may be
// lenient about "." and the like.
var letters = func() (table [256]byte) {
	for i := range table {
		switch c := byte(i); c {
		case '.', ' ', '+', '[':
			table[i] = '_'
		default:
			table[i] = c
		}
	}
	return table
}()

// inLetters is a name of the configuration as it is compared; empty if there
// is nothing in it but what servers drop.
func inLetters(name string) string {
	var b []byte
	for at := skipOdd(name, 0, false); skipOdd(name, at, false) < len(name); {
		c, next := unescaped(name, at)
		b = append(b, letters[c])
		at = next
	}
	return string(b)
}
