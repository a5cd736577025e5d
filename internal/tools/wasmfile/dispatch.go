package wasmfile

// dispatch is how each function begins that Go's assembler has written and that
// jumps:
//
//	global.get 0, local.set 1
//	block                 left while the stack is unwound; not in all functions
//	  loop                where a jump begins
//	    block … block     one for each place that can be gone to, and one more
//	      local.get 0     the number of the place to go to
//	      br_table …      the block whose end is there
//	    end
//
// Every place stands behind the end of its block, so from inside that block it
// is reached by an ordinary branch as well.
type dispatch struct {
	first  int      // where in the code the loop stands
	next   int      // the first instruction behind the table
	loop   int      // the level of the loop: how many labels are around it
	blocks int      // how many blocks begin behind it
	table  []uint64 // for each number of a place its block, 0 for the innermost
}

// findDispatch reports whether a function begins like that.
func findDispatch(code []instruction) (d dispatch, found bool) {
	n := 0
	for n < len(code) && (code[n].op == opGlobalGet || code[n].op == opLocalSet) {
		n++
	}
	d.loop = 1
	if n < len(code) && code[n].is(opBlock, noResult) {
		d.loop = 2
		n++
	}
	if n >= len(code) || !code[n].is(opLoop, noResult) {
		return d, false
	}
	d.first = n
	for n++; n < len(code) && code[n].is(opBlock, noResult); n++ {
		d.blocks++
	}
	if n+1 >= len(code) || !code[n].is(opLocalGet, 0) || code[n+1].op != opBrTable {
		return d, false
	}
	d.next = n + 2
	d.table = code[n+1].labels
	for _, block := range d.table {
		if block >= uint64(d.blocks) {
			return d, false
		}
	}
	return d, true
}

// level gives the level of the block whose end is at a place.
func (d *dispatch) level(place int64) int {
	last := len(d.table) - 1
	block := d.table[last]
	if n := uint32(place); int64(n) < int64(last) {
		block = d.table[n]
	}
	return d.loop + d.blocks - int(block)
}

// hasTable reports whether a function has a table in a loop, of whatever shape.
func hasTable(code []instruction) bool {
	loops, open := 0, []byte{opBlock}
	for _, i := range code {
		switch {
		case i.opens():
			open = append(open, i.op)
			if i.op == opLoop {
				loops++
			}
		case i.op == opEnd:
			if open[len(open)-1] == opLoop {
				loops--
			}
			open = open[:len(open)-1]
		case i.op == opBrTable && loops > 0:
			return true
		}
	}
	return false
}
