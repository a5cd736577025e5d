package wasmfile

// Shorten replaces what Go's compiler often writes by something shorter with
// the same effect.
//
// It looks at neighbouring instructions only. No branch leads in between them,
// since none of what it replaces closes a block or begins a loop.
func Shorten(module []byte) ([]byte, error) {
	return rewrite(module, func(code []instruction) []instruction {
		short := make([]instruction, 0, len(code))
		for _, i := range code {
			if i.op != opNop {
				short = shortenEnd(append(short, i))
			}
		}
		return short
	})
}

// shortenEnd shortens what the code ends with.
func shortenEnd(code []instruction) []instruction {
	n := len(code)
	switch {
	// Taken or not, a branch that stands alone in an "if" needs no "if".
	case ends(code, opIf, opBr, opEnd) && code[n-3].arg == noResult && code[n-2].arg > 0:
		return append(code[:n-3], branch(opBrIf, int(code[n-2].arg)-1))

	// A comparison and its negation.
	case n > 1 && code[n-1].op == opI32Eqz && inverse[code[n-2].op] != 0:
		return append(code[:n-2], plain(inverse[code[n-2].op]))

	// An address on the stack: 32 bits are widened, added to, and narrowed again.
	case ends(code, opI64Extend, opI64Const, opI64Add, opI32Wrap):
		return append(code[:n-4], constant(int32(code[n-3].arg)), plain(opI32Add))

	// A function that returns takes its frame off the stack, and then the return
	// address.
	case ends(code, opI32Const, opI32Add, opLocalTee, opGlobalSet, opLocalGet, opI32Const, opI32Add, opLocalTee, opGlobalSet) &&
		code[n-7].arg == code[n-5].arg && code[n-7].arg == code[n-2].arg && code[n-6].arg == code[n-1].arg:
		sum := constant(int32(code[n-9].arg) + int32(code[n-4].arg))
		return append(code[:n-9], sum, code[n-8], code[n-7], code[n-6])

	// Nothing reads a local after the function has returned.
	case ends(code, opLocalTee, opGlobalSet, opI32Const, opReturn):
		return append(code[:n-4], code[n-3:]...)
	}
	return code
}

// ends reports whether the code ends with these instructions.
func ends(code []instruction, ops ...byte) bool {
	if len(code) < len(ops) {
		return false
	}
	for n, i := range code[len(code)-len(ops):] {
		if i.op != ops[n] {
			return false
		}
	}
	return true
}

// inverse has the comparison that holds exactly where another does not. Of
// comparisons of floats only equal and not equal have one: a NaN is neither less
// than a number nor greater or equal.
var inverse = pairs([][2]byte{
	{0x46, 0x47}, // i32.eq, i32.ne
	{0x48, 0x4e}, // i32.lt_s, i32.ge_s
	{0x49, 0x4f}, // i32.lt_u, i32.ge_u
	{0x4a, 0x4c}, // i32.gt_s, i32.le_s
	{0x4b, 0x4d}, // i32.gt_u, i32.le_u
	{0x51, 0x52}, // i64.eq, i64.ne
	{0x53, 0x59}, // i64.lt_s, i64.ge_s
	{0x54, 0x5a}, // i64.lt_u, i64.ge_u
	{0x55, 0x57}, // i64.gt_s, i64.le_s
	{0x56, 0x58}, // i64.gt_u, i64.le_u
	{0x5b, 0x5c}, // f32.eq, f32.ne
	{0x61, 0x62}, // f64.eq, f64.ne
})

func pairs(list [][2]byte) (both [256]byte) {
	for _, p := range list {
		both[p[0]], both[p[1]] = p[1], p[0]
	}
	return both
}
