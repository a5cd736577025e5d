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

// TestTakesTimeInProportion: a byte takes as long in a long text as in a short
// one, and never many times as long as in an ordinary one.
func TestTakesTimeInProportion(t *testing.T) {
	const size, times = 1 << 20, 40
	ordinary := []byte(strictjsontest.Ordinary(size))
	limit := times * strictjsontest.PerByte(size, func() { strictjson.Object(ordinary) })
	for name, text := range strictjsontest.Costly(size) {
		for how, read := range readings {
			t.Run(name+", "+how, func(t *testing.T) {
				data := []byte(text)
				strictjsontest.CheckTime(t, len(data), limit, func() { read(data) })
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
