package request

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/bytealg"
)

// Bounds of what is remembered of cookie lines. Browsers keep about 4 KB of
// cookies of a name, and pages ask for a few dozen things at once.
const (
	metLines      = 32
	maxMetLine    = 4 << 10
	maxMetCookies = 16 // that matter
)

// metCookies are cookie lines with what they hold, because the requests of a page
// come with the same cookies. That depends on nothing but the line and the names
// that are looked for.
type metCookies struct {
	of    *Names
	lines [metLines]metLine
}

type metLine struct {
	print uint32 // of the line that was met last at this place
	known knownLine
}

// knownLine is a line that was met twice in a row at its place: those of a client
// that makes up cookies are not copied.
type knownLine struct {
	text    string
	cookies []cookie
	count   int
}

// at is the place of a line.
func (m *metCookies) at(print uint32) *metLine { return &m.lines[print%metLines] }

// find is what is known of a line; nil if nothing is.
func (m *metCookies) find(line string, print uint32) *knownLine {
	known := &m.at(print).known
	if known.text == "" || !bytealg.Equal(known.text, line) {
		return nil
	}
	return known
}

// meet notes a line and what it holds.
func (m *metCookies) meet(line string, print uint32, list *cookieList) {
	at := m.at(print)
	if at.print == print && len(list.all) <= maxMetCookies {
		at.known = knownLine{strings.Clone(line), append([]cookie(nil), list.all...), list.count}
	}
	at.print = print
}

// linePrint is a number that other lines mostly have not: it depends on eight
// places of the line.
func linePrint(line string) uint32 {
	print := uint64(len(line))
	for i := range 8 {
		print = (print ^ bytealg.At(line, len(line)*i/8)) * 0x9e3779b97f4a7c15
		print ^= print >> 32
	}
	return uint32(print)
}
