package filter

import "testing"

// Every request's headers are read, and every response's: their memory is used
// again, which is worth nothing if reading them makes garbage.
func TestReadLinesAllocatesNothing(t *testing.T) {
	text := written(ordinary...)
	room := make([][2]string, 0, len(ordinary))
	ok := false
	if got := testing.AllocsPerRun(100, func() { _, ok = readLines(room, text) }); got > 0 {
		t.Errorf("%v allocations", got)
	}
	if !ok {
		t.Error("not read")
	}
}

func BenchmarkReadLines(b *testing.B) {
	text := written(ordinary...)
	room := make([][2]string, 0, len(ordinary))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := readLines(room, text); !ok {
			b.Fatal("not read")
		}
	}
}
