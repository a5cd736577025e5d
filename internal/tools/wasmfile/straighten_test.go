package wasmfile

import (
	"math"
	"testing"
)

// straightened are functions of every shape.
var straightened = []struct {
	name string
	text string
	want Jumps
}{
	{"forward", goFunction("mark 1; jump 2 2", "mark 2; give", "mark 3; give"), Jumps{1, 1, 1, 1}},
	{"forward to the next place", goFunction("mark 1; jump 1 2", "mark 2", "mark 3; give"), Jumps{1, 1, 1, 1}},
	{"forward over many places", goFunction("jump 5 5", "mark 1", "mark 2", "mark 3", "mark 4", "mark 5; give"), Jumps{1, 1, 1, 1}},
	{"backward", goFunction("step; mark 1", "step; mark 2; jump 0 1", "give"), Jumps{1, 1, 1, 0}},
	{"to itself", goFunction("mark 1", "step; mark 2; jump 1 1", "give"), Jumps{1, 1, 1, 0}},
	{"from the last place", goFunction("step; mark 1", "step; mark 2", "step; mark 3; jump 1 0"), Jumps{1, 1, 1, 0}},
	{"forward and backward", goFunction("step; mark 1; jump 2 2", "step; mark 2; jump 0 1", "step; mark 3; jump 1 0"), Jumps{1, 1, 3, 1}},
	{"conditional forward", goFunction("local.get 1; if; jump 2 3; end; mark 1", "mark 2; give", "mark 3; give"), Jumps{1, 1, 1, 1}},
	{"conditional backward", goFunction(
		"step; mark 1", "mark 2; local.get 1; i32.const 1; i32.sub; local.tee 1; if; jump 0 2; end", "mark 3; give"), Jumps{1, 1, 1, 0}},
	{"one of two places", goFunction("local.get 1; if; jump 1 3; end; jump 2 2", "mark 2; give", "mark 3; give"), Jumps{1, 1, 2, 2}},
	{"out of blocks and ifs", goFunction(
		"block; local.get 1; if; block; mark 1; jump 2 5; end; else; mark 2; jump 1 4; end; end", "mark 3; give", "mark 4; give"),
		Jumps{1, 1, 2, 2}},
	{"out of a loop of its own", goFunction(
		"loop; step; mark 1; local.get 1; i32.const 1; i32.sub; local.tee 1; br_if 0; jump 2 3; end", "mark 3; give", "mark 4; give"),
		Jumps{1, 1, 1, 1}},
	{"backward out of blocks and ifs", goFunction(
		"step; mark 1", "step; block; local.get 1; if; mark 2; jump 0 3; else; block; jump 2 4; end; end; end", "mark 3; give"),
		Jumps{1, 1, 2, 1}},
	{"backward, from a block at the level of the place", goFunction(
		"step; mark 1", "step; mark 2; block; block; jump 0 3; end; end", "give"), Jumps{1, 1, 1, 0}},
	{"a number beyond the table", goFunction("mark 1; jump 99 2", "mark 2; give", "mark 3; give"), Jumps{1, 1, 1, 1}},
	{"a negative number", goFunction("mark 1; jump -1 2", "mark 2; give", "mark 3; give"), Jumps{1, 1, 1, 1}},
	{"left while the stack is unwound", goFunction("mark 1; local.get 1; br_if 3; jump 2 2", "mark 2; give", "local.get 1; br_if 1; mark 3; give"),
		Jumps{1, 1, 1, 1}},
	{"several numbers for a place", "enter; loop; block; block; block; local.get 0; br_table 0 0 2 1 1 0 2; end; step; mark 1; jump 3 2; end;" +
		"step; mark 2; local.get 1; if; jump 5 2; end; jump 2 1; end; step; mark 3; jump 4 0; end; unreachable; end", Jumps{1, 1, 4, 2}},
	{"no block around the loop", "enter; loop; block; block; local.get 0; br_table 0 1 1; end; step; mark 1; jump 1 1; end; step; mark 2; jump 0 0; end; unreachable; end",
		Jumps{1, 1, 2, 1}},
	{"nothing before the loop", "loop; block; block; local.get 0; br_table 0 1 1; end; mark 1; jump 1 1; end; mark 2; give; end; unreachable; end",
		Jumps{1, 1, 1, 1}},
	{"no jumps", goFunction("mark 1", "mark 2; give"), Jumps{1, 1, 0, 0}},
	{"a second table", goFunction("step; mark 1; jump 1 2",
		"block; block; local.get 1; br_table 0 1 2; end; mark 4; jump 0 2; end; mark 5; jump 2 1", "mark 6; give"), Jumps{1, 1, 3, 2}},
	{"an indirect call's use of local 0", goFunction("local.get 1; local.set 0; i32.const 0; local.get 0; drop; drop; jump 1 1", "mark 1; give"),
		Jumps{1, 1, 1, 1}},
	{"a jump like Go's in a loop behind the table's", "enter; loop; block; block; local.get 0; br_table 0 1; end; mark 1; jump 1 1; end; mark 2; end;" +
		"loop; step; mark 3; jump 0 0; end; give; end", Jumps{1, 1, 1, 1}},

	// What follows is left as it is.
	{"no table", "loop; step; mark 1; local.get 1; br_if 0; end; local.get 2; end", Jumps{}},
	{"a table in no loop", "block; block; local.get 0; br_table 0 1; end; mark 1; end; loop; end; local.get 2; end", Jumps{}},
	{"a loop without blocks", "block; loop; step; mark 1; local.get 0; br_table 0 1; end; end; local.get 2; end", Jumps{1, 0, 0, 0}},
	{"a table of another local", "loop; block; block; local.get 1; br_table 0 1 1; end; mark 1; end; end; local.get 2; end", Jumps{1, 0, 0, 0}},
	{"an entry that leads out", "enter; block; loop; block; local.get 0; br_table 0 2; end; step; mark 1; jump 0 0; end; end; local.get 2; end", Jumps{1, 0, 0, 0}},
	{"a loop with a result", "enter; loop 0x7f; block; block; local.get 0; br_table 0 1 1; end; mark 1; jump 1 1; end; mark 2; local.get 2; end; end", Jumps{1, 0, 0, 0}},
	{"a block with a result", "enter; loop; block 0x7f; i32.const 7; local.get 0; br_table 0 0; end; local.set 2; step; end; local.get 2; end", Jumps{1, 0, 0, 0}},
	{"back to the loop with the number it has", goFunction("step; mark 1; jump 1 2", "step; mark 2; br 1", "give"), Jumps{1, 0, 0, 0}},
	{"back to the loop on a condition", goFunction("step; mark 1; local.get 1; br_if 2; jump 1 2", "mark 2; give", "give"), Jumps{1, 0, 0, 0}},
	{"back to the loop by a second table", goFunction("step; mark 1; jump 1 2", "step; mark 2; local.get 1; br_table 1 0", "give"), Jumps{1, 0, 0, 0}},
	{"a number that is computed", goFunction("step; mark 1; jump 1 2", "step; mark 2; local.get 1; local.set 0; br 1", "mark 3; give"), Jumps{1, 0, 0, 0}},
	{"a number that is read later", goFunction("mark 1; jump 1 2", "mark 2; local.get 0; local.set 2; give", "give"), Jumps{1, 0, 0, 0}},
}

// Places and other arguments that the functions are run with.
var (
	places = []int32{0, 1, 2, 3, 4, 5, 6, 7, -1, math.MinInt32, math.MaxInt32}
	xs     = []int32{0, 1, 2, 3, 7, -1, math.MinInt32}
)

func TestStraighten(t *testing.T) {
	for _, row := range straightened {
		t.Run(row.name, func(t *testing.T) {
			code := assemble(t, row.text)
			plain := moduleOf(code)
			straight, jumps, err := Straighten(plain)
			if err != nil {
				t.Fatal(err)
			}
			if jumps != row.want {
				t.Errorf("found %+v, want %+v", jumps, row.want)
			}
			if row.want.Known == 0 && string(straight) != string(plain) {
				t.Error("the function is not as it was")
			}
			runtime := newRuntime(t)
			compare(t, []machine{newMachine(t, runtime, plain), newMachine(t, runtime, straight)}, 0, places, xs)
		})
	}
}

// TestStraightenedCode: what the rewritten functions look like.
func TestStraightenedCode(t *testing.T) {
	for _, row := range []struct{ name, plain, straight string }{
		{"a branch in place of a jump, and a block in place of a loop",
			"enter; loop; block; block; local.get 0; br_table 0 1; end; jump 1 1; end; give; end; unreachable; end",
			"enter; block; block; block; local.get 0; br_table 0 1; end; br 0; end; give; end; unreachable; end"},
		{"the label counts what is open around the jump",
			"enter; loop; block; block; block; local.get 0; br_table 0 1 2; end; block; local.get 1; if; jump 2 4; end; end; end; give; end; jump 0 0; end; unreachable; end",
			"enter; loop; block; block; block; local.get 0; br_table 0 1 2; end; block; local.get 1; if; br 3; end; end; end; give; end; jump 0 0; end; unreachable; end"},
		{"left as it is: a table that leads to the loop, where some numbers go round for ever",
			"enter; loop; block; block; local.get 0; br_table 0 2; end; jump 1 1; end; give; end; unreachable; end",
			"enter; loop; block; block; local.get 0; br_table 0 2; end; jump 1 1; end; give; end; unreachable; end"},
	} {
		t.Run(row.name, func(t *testing.T) {
			straight, _, err := Straighten(moduleOf(assemble(t, row.plain)))
			if err != nil {
				t.Fatal(err)
			}
			if want := moduleOf(assemble(t, row.straight)); string(straight) != string(want) {
				t.Errorf("%x, want %x", straight, want)
			}
		})
	}
}
