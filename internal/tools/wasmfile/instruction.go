package wasmfile

import (
	"encoding/binary"
	"slices"
)

// The opcodes that this package looks at.
const (
	opNop       = 0x01
	opBlock     = 0x02
	opLoop      = 0x03
	opIf        = 0x04
	opElse      = 0x05
	opEnd       = 0x0b
	opBr        = 0x0c
	opBrIf      = 0x0d
	opBrTable   = 0x0e
	opReturn    = 0x0f
	opLocalGet  = 0x20
	opLocalSet  = 0x21
	opLocalTee  = 0x22
	opGlobalGet = 0x23
	opGlobalSet = 0x24
	opI32Const  = 0x41
	opI64Const  = 0x42
	opI32Eqz    = 0x45
	opI32Add    = 0x6a
	opI64Add    = 0x7c
	opI32Wrap   = 0xa7 // i32.wrap_i64
	opI64Extend = 0xad // i64.extend_i32_u
	opBulk      = 0xfc // a second number says which instruction it is
)

// noResult is the type of a block that takes nothing and leaves nothing.
const noResult = -64 // 0x40, read as a signed number

// instruction is one instruction of a function.
type instruction struct {
	op     byte
	arg    int64    // the first immediate: a label, an index, a type or a constant
	labels []uint64 // of br_table; the last one is the default
	raw    []byte   // all of it, as it is written
}

func (i instruction) is(op byte, arg int64) bool { return i.op == op && i.arg == arg }

// opens reports whether the instruction opens a label.
func (i instruction) opens() bool { return i.op == opBlock || i.op == opLoop || i.op == opIf }

// branchesTo reports whether the instruction may branch to a label.
func (i instruction) branchesTo(label uint64) bool {
	switch i.op {
	case opBr, opBrIf:
		return uint64(i.arg) == label
	case opBrTable:
		return slices.Contains(i.labels, label)
	}
	return false
}

// branch makes a br or br_if.
func branch(op byte, label int) instruction {
	return instruction{op: op, arg: int64(label), raw: binary.AppendUvarint([]byte{op}, uint64(label))}
}

// constant makes an i32.const.
func constant(value int32) instruction {
	return instruction{op: opI32Const, arg: int64(value), raw: appendSigned([]byte{opI32Const}, int64(value))}
}

// plain makes an instruction without immediates.
func plain(op byte) instruction { return instruction{op: op, raw: []byte{op}} }

// instruction reads one instruction. It fails on those that neither Go's
// compiler nor WebAssembly 2.0 without vectors has.
func (r *reader) instruction() instruction {
	start := r.rest
	i := instruction{op: r.byte()}
	switch op := i.op; {
	case i.opens(), op == opI32Const, op == opI64Const:
		i.arg = r.signed()
	case op == opBr, op == opBrIf, op == 0x10, // call
		op >= opLocalGet && op <= 0x26,                 // and global.get, table.set …
		op == 0x3f, op == 0x40, op == 0xd0, op == 0xd2: // memory.size, memory.grow, ref.null, ref.func
		i.arg = int64(r.number())
	case op == 0x11, op >= 0x28 && op <= 0x3e: // call_indirect, loads and stores
		i.arg = int64(r.number())
		r.number()
	case op == opBrTable:
		i.labels = r.numbers(1)
	case op == 0x1c: // select with a type
		r.numbers(0)
	case op == 0x43: // f32.const
		r.bytes(4)
	case op == 0x44: // f64.const
		r.bytes(8)
	case op == opBulk:
		i.arg = int64(r.number())
		r.bulk(i.arg)
	case op <= opNop, op == opElse, op == opEnd, op == opReturn, op == 0x1a, op == 0x1b, // unreachable, drop, select
		op >= opI32Eqz && op <= 0xc4, op == 0xd1: // arithmetic, ref.is_null
	default:
		r.failed = true
	}
	i.raw = start[:len(start)-len(r.rest)]
	return i
}

// bulk skips what follows the second number of an instruction with a prefix.
func (r *reader) bulk(which int64) {
	switch {
	case which >= 0 && which <= 7: // conversions
	case which == 8, which == 10, which == 12, which == 14: // memory.init, memory.copy, table.init, table.copy
		r.number()
		r.number()
	case which == 9, which == 11, which == 13, which >= 15 && which <= 17: // data.drop, memory.fill, elem.drop, table.grow, size, fill
		r.number()
	default:
		r.failed = true
	}
}

// numbers reads a list of numbers, and some more than its length says.
func (r *reader) numbers(more uint64) []uint64 {
	n := r.number()
	if n > uint64(len(r.rest)) { // each takes a byte at least
		r.failed = true
		return nil
	}
	list := make([]uint64, 0, n+more)
	for range n + more {
		list = append(list, r.number())
	}
	return list
}

// signed reads a signed LEB128 of up to 64 bits.
func (r *reader) signed() int64 {
	var value int64
	for shift := 0; shift < 64; shift += 7 {
		b := r.byte()
		value |= int64(b&0x7f) << shift
		if b < 0x80 {
			if shift < 57 && b&0x40 != 0 {
				value |= -1 << (shift + 7)
			}
			return value
		}
	}
	r.failed = true
	return 0
}

// appendSigned appends a signed LEB128.
func appendSigned(to []byte, value int64) []byte {
	for value < -64 || value > 63 {
		to = append(to, byte(value)|0x80)
		value >>= 7
	}
	return append(to, byte(value)&0x7f)
}
