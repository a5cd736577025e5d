package problem

import (
	"strconv"
	"strings"
)

// MaxQuoted is how much of a text of the configuration a message shows.
const MaxQuoted = 64

// Member is the path of a member of the object at path.
func Member(path, name string) string {
	switch {
	case !isPlain(name):
		return path + "[" + Quote(name) + "]"
	case path == "":
		return name
	}
	return path + "." + name
}

// Element is the path of an element of the list at path.
func Element(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// isPlain reports whether a name can stand in a path as it is.
func isPlain(name string) bool {
	return name != "" && len(name) <= MaxQuoted && !strings.ContainsFunc(name, isNotPlain)
}

func isNotPlain(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '_' && r != '-'
}

// Quote shows a text of the configuration in a message: as JSON, in ASCII, and
// not longer than a line can bear. In line, its hundred calls would make the
// module 100 KB larger.
//
//go:noinline
func Quote(s string) string {
	const hex = "0123456789abcdef"
	quoted := ""
	for i, r := range s {
		if i >= MaxQuoted {
			return `"` + quoted + `..."`
		}
		switch {
		case r == '"' || r == '\\':
			quoted += `\` + string(r)
		case r < 0x20 || r == 0x7f:
			quoted += `\u00` + string(hex[r>>4]) + string(hex[r&15])
		case r > 0x7e:
			quoted += "?"
		default:
			quoted += string(r)
		}
	}
	return `"` + quoted + `"`
}

// OneOf lists values to choose from: "a", "b" or "c".
func OneOf(values []string) string {
	s := ""
	for i, v := range values {
		switch {
		case i == 0:
		case i == len(values)-1:
			s += " or "
		default:
			s += ", "
		}
		s += Quote(v)
	}
	return s
}
