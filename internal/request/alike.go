package request

import (
	"slices"

	"github.com/sessiongate/sessiongate/internal/bytealg"
)

// looseNames are names as lenient servers may read others for them.
type looseNames struct {
	in  *alphabet
	all []looseName // in order, none twice
}

type looseName struct {
	text  string // in the letters of the alphabet
	same  int    // how many it has in common with the name before
	other int    // the next name that begins with another letter
}

// newLooseNames are these names, of which there may be several alike.
func newLooseNames(in *alphabet, names ...string) (l looseNames) {
	l.in = in
	texts := make([]string, len(names))
	for i, name := range names {
		texts[i] = in.text(name)
	}
	slices.Sort(texts)
	for i, text := range slices.Compact(texts) {
		same := 0
		if i > 0 {
			for before := l.all[i-1].text; same < min(len(text), len(before)) && text[same] == before[same]; {
				same++
			}
		}
		l.all = append(l.all, looseName{text: text, same: same})
	}
	for i := len(l.all) - 1; i >= 0; i-- {
		l.all[i].other = i + 1
		if i+1 < len(l.all) && l.all[i+1].same > 0 {
			l.all[i].other = l.all[i+1].other
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
func (l *looseNames) match(raw string, yes func(which int) bool) bool {
	begin := 0
	c, _ := escapedByte(raw, 0)
	if c == '%' || kinds[c] != 0 {
		if begin = l.in.skip(raw, 0, false); begin < len(raw) {
			c, _ = l.in.letter(raw, begin)
		}
	}
	return l.matchFrom(raw, begin, yes) ||
		kinds[c] == bracket && l.matchFrom(raw, l.in.skip(raw, begin, true), yes)
}

// matchFrom is match without what stands before the name.
func (l *looseNames) matchFrom(raw string, at int, yes func(which int) bool) bool {
	letters := &l.in.table
	alike := 0 // so many letters of raw, which end at, are those of a name
	same := 0  // so many of them are those of the present name as well
	for which := 0; which < len(l.all); which++ {
		if same = min(same, l.all[which].same); same < alike {
			return false // as it is with all that come after
		}
		if same > alike {
			continue // it has the letter that was the wrong one
		}
		name := l.all[which].text
		for alike < len(name) && at < len(raw) {
			c, next := escapedByte(raw, at)
			if c == '%' || c >= 0x80 {
				c, next = l.in.letter(raw, at)
			}
			if letters[c] != name[alike] {
				break
			}
			alike, at = alike+1, next
		}
		if alike == len(name) && l.in.endsAt(raw, at) && yes(which) {
			return true
		}
		if same = len(name); alike == 0 && same > 0 {
			which = l.all[which].other - 1
		}
	}
	return false
}

// equal is the name that raw is, which all servers read in one way; -1 if it
// is none.
func (l *looseNames) equal(raw string) int {
	for which := range l.all {
		if text := l.all[which].text; len(raw) == len(text) && bytealg.EqualLower(raw, text) {
			return which
		}
	}
	return -1
}
