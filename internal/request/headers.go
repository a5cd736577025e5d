package request

import (
	"cmp"
	"slices"
)

// Values are the values of a header, in order; name in lower case.
func (r *Request) Values(name string) []string {
	var values []string
	for i := range r.Headers {
		if r.Headers[i][0] == name {
			values = append(values, r.Headers[i][1])
		}
	}
	return values
}

// Header is the first value of a header, and how many lines it has; name in
// lower case.
func (r *Request) Header(name string) (value string, lines int) {
	if s := slotOf(name); s < slots {
		return r.first(s), int(r.layout.lines[s])
	}
	for i := len(r.Headers) - 1; i >= 0; i-- {
		if r.Headers[i][0] == name {
			value = r.Headers[i][1]
			lines++
		}
	}
	return value, lines
}

// IsForeign reports whether a header is one of Foreign; name in lower case.
func (r *Request) IsForeign(name string) bool { return slices.Contains(r.Foreign, name) }

// first is the first value of a slot; empty if there is none.
func (r *Request) first(s slot) string {
	if line := r.layout.first[s]; line > 0 {
		return r.Headers[line-1][1]
	}
	return ""
}

// filled is the first value of a slot that is not empty.
func (r *Request) filled(s slot) string {
	value := r.first(s)
	if value == "" && r.repeated(s) {
		name := r.Headers[r.layout.first[s]-1][0]
		value = cmp.Or(r.Values(name)...)
	}
	return value
}

// has reports whether there is a line of a slot.
func (r *Request) has(s slot) bool { return r.layout.lines[s] > 0 }

// repeated reports whether a slot has more than one line.
func (r *Request) repeated(s slot) bool { return r.layout.lines[s] > 1 }

// Marked reports whether some header has one of these marks.
func (r *Request) Marked(m Mark) bool { return r.layout.all&m != 0 }

// MarkOf is the marks of a line of Headers.
func (r *Request) MarkOf(line int) Mark { return r.layout.marks[line] }

// lowerNames is a copy of these lines, with their names in lower case.
func lowerNames(headers [][2]string) [][2]string {
	lower := make([][2]string, len(headers))
	for i, h := range headers {
		lower[i] = [2]string{lowerASCII(h[0]), h[1]}
	}
	return lower
}

// FoldedEqual reports whether two header names are the same to a server that
// turns names into variables (CGI, WSGI, Rack and others): compared in lower
// case, with "-" for every byte that is not a letter or a digit.
func FoldedEqual(name, other string) bool {
	return len(name) == len(other) && FoldedHasPrefix(name, other)
}

// FoldedHasPrefix reports whether a header name begins with prefix, compared
// like [FoldedEqual].
func FoldedHasPrefix(name, prefix string) bool {
	if len(name) < len(prefix) {
		return false
	}
	for i := range len(prefix) {
		if nameFold[name[i]] != nameFold[prefix[i]] {
			return false
		}
	}
	return true
}

// FoldedName is a header name as [FoldedEqual] compares it.
func FoldedName(name string) string {
	folded := make([]byte, len(name))
	for i := range folded {
		folded[i] = nameFold[name[i]]
	}
	return string(folded)
}

// nameFold maps letters to lower case, digits to themselves, the rest to "-".
var nameFold = func() (table [256]byte) {
	for i := range table {
		switch c := byte(i); {
		case 'A' <= c && c <= 'Z':
			table[i] = c + 'a' - 'A'
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			table[i] = c
		default:
			table[i] = '-'
		}
	}
	return table
}()
