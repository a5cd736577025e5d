package wasmfile

// Jumps counts what Straighten has found and done.
type Jumps struct {
	Tables  int // functions that have a table of places in a loop
	Known   int // those of them that are as Go's assembler writes them
	Jumps   int // jumps in the known ones
	Forward int // those of them that are direct now
}

// Straighten makes the forward jumps of Go's functions direct.
//
// Go's assembler writes each jump as
//
//	i32.const place, local.set 0, br loop
//
// and the table that stands at the head of the loop leads on to the place. V8
// does not see through that: each jump is an indirect one, behind which nothing
// is known about the locals. But the blocks are nested so that every later place
// stands behind the end of a block that is open, so that "br block" does the
// same. Only a jump backward needs the loop.
//
// Functions that are not exactly as dispatch describes are left as they are.
func Straighten(module []byte) ([]byte, Jumps, error) {
	var total Jumps
	straight, err := rewrite(module, func(code []instruction) []instruction {
		if !hasTable(code) {
			return code
		}
		total.Tables++
		d, found := findDispatch(code)
		if !found {
			return code
		}
		rewritten, jumps, known := d.straighten(code)
		if !known {
			return code
		}
		total.Known++
		total.Jumps += jumps.Jumps
		total.Forward += jumps.Forward
		return rewritten
	})
	return straight, total, err
}

// straighten rewrites one function. It is not known if it uses the loop or the
// number of the place in another way than jumps do. Afterwards that number is
// written before backward jumps only, so nothing else may read it.
func (d *dispatch) straighten(code []instruction) (rewritten []instruction, jumps Jumps, known bool) {
	rewritten = append(make([]instruction, 0, len(code)), code[:d.next]...)
	depth := d.loop + 1 + d.blocks // how many labels are open
	open := d.blocks               // how many of them are the table's blocks
	for n := d.next; n < len(code); n++ {
		loop := uint64(depth - 1 - d.loop)
		switch i := code[n]; {
		case i.opens():
			depth++
		case i.op == opEnd:
			depth--
			open = min(open, depth-1-d.loop)
		case open >= 0 && isJump(code[n:], loop):
			jumps.Jumps++
			if level := d.level(i.arg); level <= d.loop+open {
				jumps.Forward++
				rewritten = append(rewritten, branch(opBr, depth-1-level))
			} else {
				rewritten = append(rewritten, code[n:n+3]...)
			}
			n += 2
			continue
		case open >= 0 && i.branchesTo(loop), i.is(opLocalGet, 0) && !justSet(code[:n]):
			return nil, Jumps{}, false
		}
		rewritten = append(rewritten, code[n])
	}
	if jumps.Forward == jumps.Jumps {
		// Nothing goes back to the loop.
		rewritten[d.first] = instruction{op: opBlock, arg: noResult, raw: []byte{opBlock, 0x40}}
	}
	return rewritten, jumps, true
}

// isJump reports whether code begins with a jump by way of the loop.
func isJump(code []instruction, loop uint64) bool {
	return len(code) >= 3 && code[0].op == opI32Const && code[1].is(opLocalSet, 0) && code[2].is(opBr, int64(loop))
}

// justSet reports whether local 0 was set just before. Go uses it so in
// indirect calls: local.set 0, i32.const 0, local.get 0.
func justSet(before []instruction) bool {
	n := len(before)
	return n >= 2 && before[n-2].is(opLocalSet, 0) && before[n-1].op == opI32Const
}
