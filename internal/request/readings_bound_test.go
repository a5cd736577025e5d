package request

import (
	"runtime"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/reason"
)

// filled is text again and again, up to n bytes.
func filled(text string, n int) string { return strings.Repeat(text, n/len(text)) }

// dear are the targets that cost most, and how many readings they have; none
// if they are refused.
var dear = map[string]struct {
	target   string
	readings int
}{
	// What people and programs send has to pass.
	"2 KB, every trait once":          {"/" + filled("some/ordinary-segment/", 1000) + "%2Fa%2fb;jsessionid=0123456789ABCDEF//c" + filled("/more-of-the-path", 1000), 10},
	"4 KB, a space, a slash, a \";\"": {"/" + filled("some/ordinary-segment/", 2000) + "%20a%2Fb;v=1/c" + filled("/more-of-the-path", 2000), 8},
	"4 KB of base64":                  {"/x/" + filled(filled("abcdefghijklm", 39)+"%2F"+filled("nopqrstu", 16)+"%2B", 4000) + "%3D%3D", 4},
	"an object's name of 1024 bytes":  {"/o/directory%2F" + filled("%E6%96%87", 3072) + "%20x", 4},
	"three names of 255 bytes":        {"/x%20/" + filled("%E6%96%87", 765) + "%2F" + filled("%E6%96%87", 765) + "%2F" + filled("%E6%96%87", 765), 4},
	"a name of 255 bytes, twice":      {"/x%20/" + filled("%25E6%2596%2587", 85*15) + "%252F", 5},
	"URLs in a path":                  {"/proxy/" + filled("https%3A%2F%2Fexample.com%2Fa%2Fb%3Fx%3Dhello", 1000), 6},
	"URLs in a path, escaped twice":   {"/proxy/" + filled("https%253A%252F%252Fexample.com%252Fa%252Fb%253Fx%253Dhello", 1000), 7},
	"8 KB and a space":                {"/%20" + filled("a", 8<<10-4), 2},
	"8 KB, dot segments":              {filled("/a/..", 8<<10), 2},
	"60 KB":                           {"/" + filled("a", 60<<10), 1},
	"60 KB of slashes":                {filled("/a", 60<<10), 1},
	"60 KB of capitals":               {"/" + filled("A", 60<<10), 1},
	"8 KB beyond ASCII":               {"/" + filled("É", 8<<10-2), 1},

	"1 KB of everything":              {filled(`/aaaaaaa/\/b/....;/%252e%255c//h//a`, 1<<10), 0},
	"2 KB of everything":              {filled(`/aaaaaaa/\/b/....;/%252e%255c//h//a`, 2<<10), 0},
	"6 KB of everything":              {filled(`/aaaaaaa/\/b/....;/%252e%255c//h//a`, 6<<10), 0},
	"8 KB of everything":              {filled(`/aaaaaaa/\/b/....;/%252e%255c//h//a`, 8<<10), 0},
	"everything, 1 KB behind":         {`/%252e%255c%252f/./c;a//` + filled("a", 1<<10), 0},
	"everything, 3 KB behind":         {`/%252e%252f;a//` + filled("a", 3<<10), 0},
	"dots, backslashes, parameters":   {filled(`/%2e;\.`, 8<<10), 0},
	"dots and parameters":             {"/aaaaaaa" + filled("/a/../a/..;v=1/", 4<<10) + "%3b;a", 0},
	"names of dots":                   {"/.%2ea%20" + filled("/...", 8<<10-16) + "%3b", 0},
	"authorities":                     {"/" + filled("//a", 8<<10-2), 0},
	"escaped slashes":                 {"/" + filled("%2F", 8<<10-2), 0},
	"escaped twice":                   {filled("/%2561%252Fa", 8<<10), 0},
	"beyond ASCII, with traits":       {"/%20;/" + filled("É", 8<<10-6), 0},
	"beyond ASCII, 4 KB, with traits": {"/%20%2F;/" + filled("É", 4<<10), 0},
	"60 KB beyond ASCII":              {"/" + filled("É", 60<<10), 0},
	"60 KB and a space":               {"/%20" + filled("a", 60<<10), 0},
	"60 KB and a space at the end":    {filled("/a", 60<<10) + "%20", 0},
	"60 KB of names with a dot":       {filled("/.a", 60<<10), 0},
}

// A path may not cost the proxy much more than another request does. Memory
// stands for time here, which no test can rely on: every path that is made
// costs both.
func TestDearTargets(t *testing.T) {
	const most = 48 << 10
	for name, test := range dear {
		t.Run(name, func(t *testing.T) {
			r := get(test.target)
			readings, bad := r.Readings()
			if (bad == reason.PathInvalid) != (test.readings == 0) || len(readings) != test.readings {
				t.Errorf("%d readings, want %d; reason %q", len(readings), test.readings, bad)
			}
			if got := allocatedBytes(func() { r.Readings() }); got > most {
				t.Errorf("%d bytes allocated, want at most %d", got, most)
			}
			for _, path := range readings {
				if got := allocatedBytes(func() { Fold(path) }); got > uint64(3*len(path)+64) {
					t.Errorf("folding %d bytes allocates %d", len(path), got)
				}
			}
		})
	}
}

// allocatedBytes is how much memory f allocates.
func allocatedBytes(f func()) uint64 {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	f()
	var before, after runtime.MemStats
	const runs = 10
	runtime.ReadMemStats(&before)
	for range runs {
		f()
	}
	runtime.ReadMemStats(&after)
	return (after.TotalAlloc - before.TotalAlloc) / runs
}

// BenchmarkDearTargets is what these targets cost when they are matched with
// patterns: their readings, and these folded.
func BenchmarkDearTargets(b *testing.B) {
	for name, test := range dear {
		b.Run(name, func(b *testing.B) {
			r := get(test.target)
			b.ReportAllocs()
			for b.Loop() {
				readings, _ := r.Readings()
				for _, path := range readings {
					Fold(path)
				}
			}
		})
	}
}
