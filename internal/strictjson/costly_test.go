package strictjson_test

import (
	"fmt"
	"testing"

	"github.com/sessiongate/sessiongate/internal/strictjson"
	"github.com/sessiongate/sessiongate/internal/strictjson/strictjsontest"
)

func ignore(_, _, _ string) {}

// readings are all ways to read JSON that nobody has vouched for, but for those
// that only take up what others have accepted.
var readings = map[string]func(data []byte){
	"Object":  func(data []byte) { strictjson.Object(data) },
	"Members": func(data []byte) { strictjson.Members(data, ignore) },
	// A key set is read in these parts.
	"Outline":       func(data []byte) { strictjson.Outline(data) },
	"HasDuplicates": func(data []byte) { strictjson.HasDuplicates(strictjson.Parse(data)) },
	"MembersOf":     func(data []byte) { strictjson.MembersOf(strictjson.Parse(data), ignore) },
	"Member":        func(data []byte) { strictjson.Member(strictjson.Parse(data), "missing") },
}

// TestAllocatesInProportion: whatever the JSON is made of.
func TestAllocatesInProportion(t *testing.T) {
	for _, size := range []int{500, 6 << 10, 256 << 10} {
		for name, text := range strictjsontest.Costly(size) {
			for how, read := range readings {
				t.Run(fmt.Sprintf("%s, %d bytes, %s", name, size, how), func(t *testing.T) {
					data := []byte(text)
					strictjsontest.CheckAllocated(t, len(data), func() { read(data) })
				})
			}
		}
	}
}

// BenchmarkCostly shows what a byte costs, beside one of ordinary JSON.
func BenchmarkCostly(b *testing.B) {
	const size = 1 << 20
	texts := strictjsontest.Costly(size)
	texts["ordinary"] = strictjsontest.Ordinary(size)
	for name, text := range texts {
		for how, read := range readings {
			b.Run(name+", "+how, func(b *testing.B) {
				data := []byte(text)
				b.SetBytes(int64(len(data)))
				for b.Loop() {
					read(data)
				}
			})
		}
	}
}

// TestMemberReadsWhatItIsAskedFor: the other members are passed over. Some
// numbers take a thousand times as long to read as others.
func TestMemberReadsWhatItIsAskedFor(t *testing.T) {
	object := strictjson.Value{Raw: `{"a":"\u0041\u0041\u0041\u0041\u0041\u0041\u0041\u0041\u0041\u0041\u0041\u0041","b":1e999,"c":1}`}
	if got := testing.AllocsPerRun(100, func() { strictjson.Member(object, "c") }); got != 0 {
		t.Errorf("%v allocations", got)
	}
}

// FuzzAllocates looks for JSON that allocates out of proportion. It is a target
// of its own because measuring is slow.
func FuzzAllocates(f *testing.F) {
	for _, row := range objects {
		if len(row.text) < 10_000 {
			f.Add([]byte(row.text))
		}
	}
	for _, text := range strictjsontest.Costly(500) {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		strictjsontest.CheckAllocated(t, len(data), func() { strictjson.Members(data, ignore) })
	})
}
