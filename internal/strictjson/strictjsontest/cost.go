package strictjsontest

import (
	"runtime"
	"testing"
)

// Limit is how many bytes may be allocated to read that many bytes of JSON.
// Whoever sends a request chooses the JSON of a token before any signature is
// looked at: what it costs has to be in proportion to what was sent.
func Limit(length int) uint64 { return 4<<10 + 32*uint64(length) }

// CheckAllocated fails if do, which reads that many bytes, allocates more than
// Limit. What is made only once, before or within the first call, does not
// count, nor what others allocate at the same time now and then.
func CheckAllocated(t testing.TB, length int, do func()) {
	t.Helper()
	limit, got := Limit(length), uint64(0)
	for range 4 {
		if got = allocated(do); got <= limit {
			return
		}
	}
	t.Errorf("%d bytes allocated for %d bytes of JSON, %.1f for each; the limit is %d", got, length, float64(got)/float64(length), limit)
}

func allocated(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
