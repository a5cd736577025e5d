package request

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
// its first eight letters. A name never becomes longer by being read.
func (n *Names) judge(text string, begin, end int) likeness {
	if end-begin < n.shortest || !n.first[text[begin]] {
		return unlike
	}
	for i := range n.beginnings {
		b := &n.beginnings[i]
		if end-begin < b.shortest {
			continue
		}
		alike := 0
		for alike < len(b.text) && plain[text[begin+alike]] == b.text[alike] {
			alike++
		}
		if alike == len(b.text) {
			return likely
		}
		c := text[begin+alike]
		if plain[c] == ambiguous && (alike == 0 || c == '%' || c >= 0x80 || folded.table[c] == b.text[alike]) {
			return unclear
		}
	}
	return unlike
}

// lookUp is find for a name that was judged. Those that are read are found as they
// stand; those that are taken away also as some server reads them.
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
	for i := range len(raw) {
		if plain[raw[i]] == ambiguous {
			return false
		}
	}
	return true
}

// ambiguous stands for a byte that servers may read in several ways in a name. A
// name in lower case has no such letter.
const ambiguous = 'A'

// plain has each byte in lower case that all servers read in one way, but for case.
var plain = func() (table [256]byte) {
	for i := range table {
		if c := byte(i); c < '-' || c == '.' || c == '[' || c == ']' || c > '~' {
			table[i] = ambiguous
		} else {
			table[i] = folded.table[c]
		}
	}
	return table
}()
