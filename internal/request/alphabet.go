package request

import "github.com/sessiongate/sessiongate/internal/bytealg"

// alphabet is how the letters of names are compared.
type alphabet struct {
	table [256]byte
	fold  bool // without regard to case
}

// strict has "_" for what PHP writes so; folded has letters in lower case, too.
var strict, folded = newAlphabet(false), newAlphabet(true)

func newAlphabet(fold bool) *alphabet {
	a := &alphabet{fold: fold}
	for i := range a.table {
		switch c := byte(i); {
		case c == '.' || c == ' ' || c == '+' || c == '[':
			a.table[i] = '_'
		case fold && isUpper(c):
			a.table[i] = c + 'a' - 'A'
		default:
			a.table[i] = c
		}
	}
	return a
}

// text is a name of the configuration in these letters; empty if there is
// nothing in it but what servers drop.
func (a *alphabet) text(name string) string {
	var b []byte
	for at := a.skip(name, 0, false); at < len(name) && a.skip(name, at, false) < len(name); {
		c, next := a.letter(name, at)
		b = append(b, a.table[c])
		at = next
	}
	return string(b)
}

// letter is the byte that stands at raw[at:] after decoding twice, and where
// the next one begins. Where case has no meaning, it is the ASCII letter that
// four letters beyond ASCII have as their other case to some server: the long
// s, the Kelvin sign, the i without and the I with a dot.
func (a *alphabet) letter(raw string, at int) (c byte, next int) {
	c, next = unescaped(raw, at)
	if c < 0x80 || !a.fold || next == len(raw) || c != 0xc4 && c != 0xc5 && c != 0xe2 {
		return c, next
	}
	second, end := unescaped(raw, next)
	switch {
	case c == 0xc5 && second == 0xbf:
		return 's', end
	case c == 0xc4 && (second == 0xb0 || second == 0xb1):
		return 'i', end
	case c == 0xe2 && second == 0x84 && end < len(raw):
		if third, end := unescaped(raw, end); third == 0xaa {
			return 'k', end
		}
	}
	return c, next
}

// skip is where raw goes on after odd bytes, and brackets; eight at a time where
// there are many.
func (a *alphabet) skip(raw string, at int, brackets bool) int {
	for at < len(raw) {
		c, next := raw[at], at+1
		if c == '%' || c >= 0x80 {
			c, next = a.letter(raw, at)
		}
		if kinds[c] != odd && !(brackets && kinds[c] == bracket) {
			break
		}
		at = next
		for at+8 <= len(raw) && kinds[raw[at]] != 0 && oddWord(bytealg.Word(raw[at:]), brackets) {
			at += 8
		}
	}
	return at
}

// endsAt reports whether a name has ended at a place, to some server.
func (a *alphabet) endsAt(raw string, at int) bool {
	for at < len(raw) {
		if at+8 <= len(raw) && oddWord(bytealg.Word(raw[at:]), false) {
			at += 8
			continue
		}
		c, next := a.letter(raw, at)
		if c == 0 || c == '[' {
			return true
		}
		if kinds[c] == 0 {
			return false
		}
		at = next
	}
	return true
}

// oddWord reports whether eight bytes are odd, or brackets, and none of them is
// NUL or begins a letter beyond ASCII that matters.
func oddWord(w uint64, brackets bool) bool {
	inside := bytealg.Marks(w, 0) | bytealg.Above(w, ' ')&^bytealg.Above(w, '~')&^bytealg.Marks(w, '"')&^bytealg.Marks(w, '+') |
		bytealg.Marks(w, 0xc4) | bytealg.Marks(w, 0xc5) | bytealg.Marks(w, 0xe2)
	if brackets {
		inside = inside &^ bytealg.Marks(w, '[') &^ bytealg.Marks(w, ']')
	}
	return inside == 0
}

// The kinds of bytes that some server drops before and after a name: spaces
// (which "+" stands for in forms), control characters, quotes, and what is not
// ASCII (which holds the spaces that some languages trim); and brackets.
const (
	odd = 1 + iota
	bracket
)

var kinds = func() (table [256]uint8) {
	for i := range table {
		switch c := byte(i); {
		case c <= ' ' || c >= 0x7f || c == '"' || c == '+':
			table[i] = odd
		case c == '[' || c == ']':
			table[i] = bracket
		}
	}
	return table
}()
