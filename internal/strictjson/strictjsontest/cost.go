package strictjsontest

import (
	"math"
	"runtime"
	"testing"
	"time"
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

// PerByte is how many nanoseconds do, which reads that many bytes, takes for
// each, at the best of several times.
func PerByte(length int, do func()) float64 {
	best := math.Inf(1)
	for range 5 {
		best = min(best, perByte(length, do))
	}
	return best
}

// CheckTime fails if do, which reads that many bytes, always takes more than
// limit nanoseconds for each.
func CheckTime(t testing.TB, length int, limit float64, do func()) {
	t.Helper()
	got := 0.0
	for range 4 {
		if got = perByte(length, do); got <= limit {
			return
		}
	}
	t.Errorf("%.0f ns for each of %d bytes of JSON; the limit is %.0f", got, length, limit)
}

func perByte(length int, do func()) float64 {
	begin := time.Now()
	do()
	return float64(time.Since(begin)) / float64(length)
}
