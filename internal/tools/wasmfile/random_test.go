package wasmfile

import (
	"math/rand/v2"
	"testing"
)

// TestRandomFunctions runs functions that were made up, in the shape of Go's,
// before and after they are straightened and shortened.
func TestRandomFunctions(t *testing.T) {
	const modules, each = 60, 50
	random := rand.New(rand.NewPCG(1, 2))
	var total Jumps
	var before, between, after int
	for range modules {
		var functions [][]byte
		for range each {
			functions = append(functions, assemble(t, madeUp(random)))
		}
		plain := moduleOf(functions...)
		straight, jumps, err := Straighten(plain)
		if err != nil {
			t.Fatal(err)
		}
		short, err := Shorten(straight)
		if err != nil {
			t.Fatal(err)
		}
		runtime := newRuntime(t)
		machines := []machine{newMachine(t, runtime, plain), newMachine(t, runtime, straight), newMachine(t, runtime, short)}
		arguments := make([]int32, 6)
		for n := range arguments {
			arguments[n] = int32(random.Uint32())
		}
		for n := range functions {
			compare(t, machines, n, []int32{0, 3, random.Int32N(12), -1}, arguments)
		}
		total.Known += jumps.Known
		total.Jumps += jumps.Jumps
		total.Forward += jumps.Forward
		before, between, after = before+len(plain), between+len(straight), after+len(short)
	}
	t.Logf("%d functions, %d of %d jumps forward, %d bytes, straight %d, short %d", modules*each, total.Forward, total.Jumps, before, between, after)
	if total.Known < modules*each*9/10 || total.Forward < 2*modules*each || after*20 > between*19 {
		t.Error("the functions have too little in them that is rewritten")
	}
}
