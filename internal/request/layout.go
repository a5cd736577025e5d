package request

import (
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/internal/bytealg"
)

// slot is a header that requests are often asked for.
type slot uint8

const (
	slotMethod slot = iota
	slotScheme
	slotAuthority
	slotPath
	slotHost
	slotCookie
	slotAuthorization
	slotAccept
	slotContentType
	slotFetchDest
	slotUpgrade
	slots // how many there are
)

// slotOf is the slot of a name in lower case; slots if it has none. It is asked
// for every line: a table of the names would take twice as long.
func slotOf(name string) slot {
	switch name {
	case ":method":
		return slotMethod
	case ":scheme":
		return slotScheme
	case ":authority":
		return slotAuthority
	case ":path":
		return slotPath
	case "host":
		return slotHost
	case "cookie":
		return slotCookie
	case "authorization":
		return slotAuthorization
	case "accept":
		return slotAccept
	case "content-type":
		return slotContentType
	case "sec-fetch-dest":
		return slotFetchDest
	case "upgrade":
		return slotUpgrade
	}
	return slots
}

// Mark is what a configuration has to say about a header by its name: a set, of
// which each bit is the configuration's own.
type Mark uint8

// layout is what the names of a request's header lines say, in their order, and
// nothing of their values. It is read-only once it is made.
type layout struct {
	names []string // as sent
	of    *Sources // whose marks they have

	first     [slots]int32 // the line, counted from 1; 0: there is none
	lines     [slots]int32 // how many there are
	marks     []Mark       // of each line
	all       Mark         // of any line
	overrides bool         // some line names another method
	capitals  bool         // some name has them
}

// read finds out what the names of these lines say. The names are not copied.
func (l *layout) read(headers [][2]string, of *Sources) {
	*l = layout{names: slices.Grow(l.names[:0], len(headers)), marks: slices.Grow(l.marks[:0], len(headers)), of: of}
	for i := range headers {
		name := headers[i][0]
		l.names = append(l.names, name)
		if bytealg.HasUpper(name) {
			l.capitals = true
			name = lowerASCII(name)
		}
		if s := slotOf(name); s < slots {
			if l.lines[s]++; l.lines[s] == 1 {
				l.first[s] = int32(i + 1)
			}
		}
		l.overrides = l.overrides || IsMethodOverride(name)
		mark := Mark(0)
		if of != nil && of.Mark != nil {
			mark = of.Mark(name)
		}
		l.marks = append(l.marks, mark)
		l.all |= mark
	}
}

// own copies the names.
func (l *layout) own() {
	for i := range l.names {
		l.names[i] = strings.Clone(l.names[i])
	}
}

// fits reports whether these lines have the layout's names.
func (l *layout) fits(headers [][2]string) bool {
	if l == nil || len(l.names) != len(headers) {
		return false
	}
	for i := range headers {
		if l.names[i] != headers[i][0] {
			return false
		}
	}
	return true
}
