package config

import (
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/internal/problem"
)

// unknown answers a name that the table does not have; meant is the name of
// the field that was probably meant.
func unknown(t *Table, name string) (message, meant string) {
	folded := fold(name)
	var names []string
	for _, f := range t.Fields {
		if f.isCalled(folded) {
			return "unknown field; write " + problem.Quote(f.Name), f.Name
		}
		names = append(names, f.Name)
	}
	if hint := t.Hints[folded]; hint != "" {
		return hint, ""
	}
	near := nearest(name, names)
	if near != "" {
		return "unknown field; did you mean " + problem.Quote(near) + "?", near
	}
	for _, other := range Tables() {
		switch {
		case other.field(name) == nil:
		case other.Name == "":
			return "does not belong here; write it at the top of the configuration", ""
		default:
			return "does not belong here; write it in " + other.Name, ""
		}
	}
	if len(names) <= 4 {
		return "unknown field; the fields here are " + problem.OneOf(names), ""
	}
	return "unknown field; remove it", ""
}

// isCalled reports whether the field has that folded name, here or elsewhere.
func (f *Field) isCalled(folded string) bool {
	return fold(f.Name) == folded ||
		slices.ContainsFunc(f.Foreign, func(name string) bool { return fold(name) == folded })
}

var separators = strings.NewReplacer("_", "", "-", "")

// fold makes names of different styles equal: jwks_uri and jwksUri.
func fold(name string) string {
	if len(name) > problem.MaxQuoted {
		return ""
	}
	return separators.Replace(strings.ToLower(name))
}

// nearest is the one of names that s is probably a misspelling of, or empty.
func nearest(s string, names []string) string {
	if len(s) > problem.MaxQuoted {
		return ""
	}
	best, at := "", max(1, min(3, len(s)/3))+1
	for _, name := range names {
		if n := distance(fold(s), fold(name)); n < at {
			best, at = name, n
		}
	}
	return best
}

// distance counts the bytes to insert, remove, replace or swap with their
// neighbour to turn a into b.
func distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
