package request

import "slices"

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

// Header is the first value of a header, and whether it is there; name in
// lower case.
func (r *Request) Header(name string) (string, bool) {
	if s, known := slotOf(name); known {
		return r.first(s)
	}
	for i := range r.Headers {
		if r.Headers[i][0] == name {
			return r.Headers[i][1], true
		}
	}
	return "", false
}

// Count is how many lines a header has; name in lower case.
func (r *Request) Count(name string) int {
	n := 0
	for i := range r.Headers {
		if r.Headers[i][0] == name {
			n++
		}
	}
	return n
}

// IsForeign reports whether a header is one of Foreign; name in lower case.
func (r *Request) IsForeign(name string) bool { return slices.Contains(r.Foreign, name) }

// first is the first value of a slot, and whether it is there.
func (r *Request) first(s slot) (value string, present bool) {
	if line := r.layout.first[s]; line > 0 {
		return r.Headers[line-1][1], true
	}
	return "", false
}

// filled is the first value of a slot that is not empty.
func (r *Request) filled(s slot) string {
	value, _ := r.first(s)
	if value != "" || !r.repeated(s) {
		return value
	}
	for i := int(r.layout.first[s]); i < len(r.Headers); i++ {
		if other, known := slotOf(r.Headers[i][0]); known && other == s && r.Headers[i][1] != "" {
			return r.Headers[i][1]
		}
	}
	return ""
}

// has reports whether there is a line of a slot.
func (r *Request) has(s slot) bool { return r.layout.first[s] > 0 }

// repeated reports whether a slot has more than one line.
func (r *Request) repeated(s slot) bool { return r.layout.several&(1<<s) != 0 }

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
