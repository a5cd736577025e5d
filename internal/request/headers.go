package request

import (
	"slices"

	"github.com/sessiongate/sessiongate/internal/bytealg"
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

// Header is the first value of a header, and whether it is there; name in
// lower case.
func (r *Request) Header(name string) (string, bool) {
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

// withLowerNames is headers itself if every name is in lower case, as HTTP/2
// and Envoy have them, and a copy otherwise.
func withLowerNames(headers [][2]string) [][2]string {
	for i := range headers {
		if bytealg.HasUpper(headers[i][0]) {
			lower := make([][2]string, len(headers))
			for j, h := range headers {
				lower[j] = [2]string{lowerASCII(h[0]), h[1]}
			}
			return lower
		}
	}
	return headers
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
