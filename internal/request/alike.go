package request

import (
	"slices"
	"strings"
)

// looseNames are names as lenient servers may read others for them.
type looseNames struct {
	in  *alphabet
	all []string // in the letters of the alphabet and in order, none twice
}

// newLooseNames are these names, of which there may be several alike.
func newLooseNames(in *alphabet, names ...string) looseNames {
	texts := make([]string, len(names))
	for i, name := range names {
		texts[i] = in.text(name)
	}
	slices.Sort(texts)
	return looseNames{in, slices.Compact(texts)}
}

// match reports whether some server reads one of the names in raw, a name as a
// client sent it. Lenient servers drop whitespace, quotes and brackets around a
// name, decode "+" and percent escapes (here twice), write "_" for ".", " " and
// "[" (PHP), and end a name at a NUL byte (PHP) or at the index in brackets after
// it (PHP, Rack, qs).
//
// It looks no further than raw is like one of them, and where names begin alike,
// at their common letters once.
func (l *looseNames) match(raw string) bool {
	if raw != "" && raw[0] != '%' && kinds[raw[0]] == 0 {
		return l.matchFrom(raw, 0)
	}
	begin := l.in.skip(raw, 0, false)
	bare := l.in.skip(raw, begin, true)
	return l.matchFrom(raw, begin) || bare > begin && l.matchFrom(raw, bare)
}

// matchFrom is match without what stands before the name.
func (l *looseNames) matchFrom(raw string, at int) bool {
	letters := &l.in.table
	alike := 0 // so many letters of raw, which end at, are those of the name
	for which, name := range l.all {
		if alike > 0 && !strings.HasPrefix(name, l.all[which-1][:alike]) {
			return false // as it is with all that come after
		}
		for ; alike < len(name) && at < len(raw); alike++ {
			c, next := raw[at], at+1
			if c == '%' || c >= 0x80 {
				c, next = l.in.letter(raw, at)
			}
			if letters[c] != name[alike] {
				break
			}
			at = next
		}
		if alike == len(name) && (at == len(raw) || l.in.endsAt(raw, at)) {
			return true
		}
	}
	return false
}
