package filter

import (
	"strings"
	"testing"
)

// FuzzReadLines: no text panics, and what is accepted is what the text says: the
// lines, written again, are how it begins. Only the bytes between them are not
// looked at, because the lengths say already where they are.
func FuzzReadLines(f *testing.F) {
	f.Add(written())
	f.Add(written(ordinary...))
	f.Add(written([2]string{"", "a"}, [2]string{"b", ""}) + "more")
	f.Add("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff")
	f.Fuzz(func(t *testing.T, text string) {
		lines, ok := readLines(nil, text)
		if !ok {
			return
		}
		begin := []byte(text)
		at := 4 + 8*len(lines)
		for _, line := range lines {
			for _, part := range line {
				at += len(part)
				begin[at] = 0
				at++
			}
		}
		if again := written(lines...); !strings.HasPrefix(string(begin), again) {
			t.Errorf("%q is read as %q", text, lines)
		}
	})
}
