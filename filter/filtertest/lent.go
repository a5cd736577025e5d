package filtertest

import (
	"strings"
	"unsafe"
)

// lent are header lines as a proxy lends them: they hold until the callback
// that asked for them returns, and read as "#" from then on, so that whatever
// the filter has kept of them shows.
type lent struct{ memories [][]byte }

func (l *lent) lines(headers [][2]string) [][2]string {
	size := 0
	for _, h := range headers {
		size += len(h[0]) + len(h[1])
	}
	memory := make([]byte, 0, size)
	text := func(s string) string {
		start := len(memory)
		memory = append(memory, s...)
		return unsafe.String(unsafe.SliceData(memory[start:]), len(s))
	}
	lines := make([][2]string, len(headers))
	for i, h := range headers {
		lines[i] = [2]string{text(h[0]), text(h[1])}
	}
	l.memories = append(l.memories, memory)
	return lines
}

// takeBack ends what was lent.
func (l *lent) takeBack() {
	for _, memory := range l.memories {
		for i := range memory {
			memory[i] = '#'
		}
	}
	l.memories = nil
}

// own are lines that no longer depend on anybody's memory.
func own(headers [][2]string) [][2]string {
	copied := make([][2]string, len(headers))
	for i, h := range headers {
		copied[i] = [2]string{strings.Clone(h[0]), strings.Clone(h[1])}
	}
	return copied
}
