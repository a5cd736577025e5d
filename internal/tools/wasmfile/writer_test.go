package wasmfile

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// writer makes up a function in the shape of Go's.
type writer struct {
	*rand.Rand
	strings.Builder
	unwinds bool  // whether there is a block around the loop
	numbers []int // a number for each place
	place   int   // the place that is being written
	nesting int   // how many labels are open within it
}

func madeUp(random *rand.Rand) string {
	w := &writer{Rand: random, unwinds: random.IntN(4) > 0}
	count := 1 + w.IntN(10)
	w.say("enter")
	if w.unwinds {
		w.say("block")
	}
	w.say("loop%s; local.get 0; %s", strings.Repeat("; block", count), w.table(count))
	for w.place = range count {
		w.say("end; step; mark %d", w.place)
		w.statements(3)
		w.leave()
	}
	w.say("end; unreachable; end")
	if w.unwinds {
		w.say("i32.const 1; end")
	}
	return w.String()
}

// table writes the table, in which each place has two or three numbers.
func (w *writer) table(places int) string {
	table, entries := "br_table", 0
	for place := range places {
		w.numbers = append(w.numbers, entries+w.IntN(2))
		for range 2 + w.IntN(2) {
			table += fmt.Sprintf(" %d", place)
			entries++
		}
	}
	return table
}

func (w *writer) say(format string, args ...any) {
	fmt.Fprintf(w, format+"\n", args...)
}

// loop is the label of the table's loop.
func (w *writer) loop() int { return len(w.numbers) - 1 - w.place + w.nesting }

func (w *writer) statements(deep int) {
	for range w.IntN(4) {
		switch w.IntN(12) {
		case 0:
			w.say("local.get 1; i32.const 1103515245; i32.mul; i32.const 12345; i32.add; local.set 1")
		case 1:
			w.say("local.get 1; i64.extend_i32_u; nop; i64.const %d; i64.add; i32.wrap_i64; local.set 1", int64(w.Uint64())>>w.IntN(60))
		case 2:
			w.say("nop; mark %d", w.IntN(1000))
		case 3: // as an indirect call does
			w.say("local.get 1; local.set 0; i32.const 0; local.get 0; i32.add; local.set 2")
		case 4, 5, 6:
			w.jumpIf()
		case 7:
			if labels := w.loop(); labels > 0 {
				w.condition()
				w.say("br_if %d", w.IntN(labels))
			}
		default:
			if deep > 0 {
				w.compound(deep - 1)
			}
		}
	}
}

// compound writes a block, a loop that comes to an end, or an if.
func (w *writer) compound(deep int) {
	kind := w.IntN(4)
	switch kind {
	case 0:
		w.say("block")
	case 1:
		w.say("loop; step")
	default:
		w.condition()
		w.say("if")
	}
	w.nesting++
	w.statements(deep)
	if w.IntN(3) == 0 {
		w.jump()
	}
	if kind == 3 {
		w.say("else")
		w.statements(deep)
	}
	w.nesting--
	w.say("end")
}

// condition leaves an i32.
func (w *writer) condition() {
	if w.IntN(6) == 0 {
		w.say("local.get 1; f64.convert_i32_s; f64.sqrt; local.get 2; f64.convert_i32_s; f64.%s", []string{"lt", "ne"}[w.IntN(2)])
	} else {
		compare := []string{"eq", "ne", "lt_s", "lt_u", "gt_s", "gt_u", "le_s", "le_u", "ge_s", "ge_u"}
		w.say("local.get 1; i32.const %d; i32.shr_u; i32.const 7; i32.and; i32.const %d; i32.%s", w.IntN(30), w.IntN(8), compare[w.IntN(len(compare))])
	}
	for range w.IntN(3) {
		w.say("i32.eqz")
	}
}

func (w *writer) jump() {
	number := w.numbers[w.IntN(len(w.numbers))]
	if w.IntN(20) == 0 {
		number = []int{-1, 1000}[w.IntN(2)]
	}
	w.say("jump %d %d", number, w.loop())
}

func (w *writer) jumpIf() {
	w.condition()
	w.say("if")
	w.nesting++
	w.jump()
	w.nesting--
	w.say("end")
}

// leave writes the end of a place.
func (w *writer) leave() {
	switch w.IntN(8) {
	case 0: // on to the next place
	case 1: // the end of a function with a frame
		w.say("local.get 1; i32.const %d; i32.add; local.tee 1; global.set 0; local.get 1; i32.const 8; i32.add; local.tee 1; global.set 0", w.IntN(100))
		w.say("i32.const %d; return", w.IntN(2))
	case 2:
		w.say("give")
	case 3:
		if w.unwinds {
			w.condition()
			w.say("br_if %d", w.loop()+1)
		}
	default:
		w.jumpIf()
		w.jump()
	}
}
