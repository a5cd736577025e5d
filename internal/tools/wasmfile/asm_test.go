package wasmfile

import (
	"encoding/binary"
	"strconv"
	"strings"
	"testing"
)

// Functions in tests are written as text, one instruction a line or between
// semicolons. They have the type (place i32, x i32) -> i32, and two locals more:
// local 2 is a trace of where they have been, and their result; local 3 is how
// many steps they may still take, which global 0 says at the start. Macros keep them
// short.
var macros = map[string]string{
	// jump PLACE LABEL is a jump as Go's assembler writes it.
	"jump": "i32.const $1; local.set 0; br $2",
	// mark N adds a number to the trace.
	"mark": "local.get 2; i32.const 31; i32.mul; i32.const $1; i32.add; local.set 2",
	// give returns the trace.
	"give": "local.get 2; return",
	// step counts a step, and returns after the last one.
	"step": "local.get 3; i32.eqz; if; local.get 2; return; end; local.get 3; i32.const 1; i32.sub; local.set 3",
	// enter is how Go's functions begin.
	"enter": "global.get 0; local.set 3",
}

// Instructions by their name, and what follows them: n a number, s a signed one,
// t the type of a block, l a list of labels.
var mnemonics = map[string]struct {
	op   byte
	with string
}{
	"unreachable": {0x00, ""}, "nop": {opNop, ""}, "block": {opBlock, "t"}, "loop": {opLoop, "t"}, "if": {opIf, "t"},
	"else": {opElse, ""}, "end": {opEnd, ""}, "br": {opBr, "n"}, "br_if": {opBrIf, "n"}, "br_table": {opBrTable, "l"},
	"return": {opReturn, ""}, "call": {0x10, "n"}, "drop": {0x1a, ""}, "local.get": {opLocalGet, "n"},
	"local.set": {opLocalSet, "n"}, "local.tee": {opLocalTee, "n"}, "global.get": {opGlobalGet, "n"},
	"global.set": {opGlobalSet, "n"}, "i32.const": {opI32Const, "s"}, "i64.const": {opI64Const, "s"},
	"i32.eqz": {opI32Eqz, ""}, "i32.eq": {0x46, ""}, "i32.ne": {0x47, ""}, "i32.lt_s": {0x48, ""}, "i32.lt_u": {0x49, ""},
	"i32.gt_s": {0x4a, ""}, "i32.gt_u": {0x4b, ""}, "i32.le_s": {0x4c, ""}, "i32.le_u": {0x4d, ""}, "i32.ge_s": {0x4e, ""},
	"i32.ge_u": {0x4f, ""}, "i64.eqz": {0x50, ""}, "i32.add": {opI32Add, ""}, "i32.sub": {0x6b, ""}, "i32.mul": {0x6c, ""},
	"i32.and": {0x71, ""}, "i32.shr_u": {0x76, ""}, "i64.add": {opI64Add, ""}, "i32.wrap_i64": {opI32Wrap, ""},
	"i64.extend_i32_u": {opI64Extend, ""}, "f64.convert_i32_s": {0xb7, ""}, "f64.lt": {0x63, ""}, "f64.ne": {0x62, ""},
	"f64.sqrt": {0x9f, ""}, "f64.eq": {0x61, ""}, "f32.convert_i32_s": {0xb2, ""}, "f32.sqrt": {0x91, ""},
}

// goFunction writes a function as Go's assembler does. Its places are numbered
// from 0. At place p of n the label n-1-p is the loop, the one above it what is
// left while the stack is unwound, and those below it places further on.
func goFunction(places ...string) string {
	text := "enter; block; loop" + strings.Repeat("; block", len(places)) + "; local.get 0; br_table"
	for n := range len(places) + 1 {
		text += " " + strconv.Itoa(min(n, len(places)-1))
	}
	for _, place := range places {
		text += "; end; " + place
	}
	return text + "; end; unreachable; end; i32.const 1; end"
}

// assemble turns text into the code of a function.
func assemble(t testing.TB, text string) []byte {
	t.Helper()
	var code []byte
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ';' || r == '\n' }) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		if macro, ok := macros[words[0]]; ok {
			for n, word := range words[1:] {
				macro = strings.ReplaceAll(macro, "$"+strconv.Itoa(n+1), word)
			}
			code = append(code, assemble(t, macro)...)
			continue
		}
		m, ok := mnemonics[words[0]]
		if !ok {
			t.Fatalf("unknown instruction %q", line)
		}
		code = appendImmediates(t, append(code, m.op), m.with, words[1:])
	}
	return code
}

func appendImmediates(t testing.TB, code []byte, with string, words []string) []byte {
	t.Helper()
	var numbers []int64
	for _, word := range words {
		n, err := strconv.ParseInt(word, 0, 64)
		if err != nil {
			t.Fatal(err)
		}
		numbers = append(numbers, n)
	}
	switch with {
	case "t":
		if len(numbers) == 0 {
			return append(code, 0x40)
		}
		return append(code, byte(numbers[0]))
	case "s":
		return appendSigned(code, numbers[0])
	case "l":
		code = binary.AppendUvarint(code, uint64(len(numbers)-1))
	}
	for _, n := range numbers {
		code = binary.AppendUvarint(code, uint64(n))
	}
	return code
}

// moduleOf makes a module of functions: it exports each of them by its number,
// and global 0.
func moduleOf(functions ...[]byte) []byte {
	var types, exports, code []byte
	for n, body := range functions {
		types = append(types, 0)
		exports = appendName(exports, strconv.Itoa(n))
		exports = binary.AppendUvarint(append(exports, 0), uint64(n))
		full := append([]byte{1, 2, 0x7f}, body...)
		code = append(binary.AppendUvarint(code, uint64(len(full))), full...)
	}
	exports = append(appendName(exports, "steps"), 3, 0)
	count := func(n int, list []byte) []byte { return append(binary.AppendUvarint(nil, uint64(n)), list...) }
	n := len(functions)
	return join([]section{
		{1, []byte("\x01\x60\x02\x7f\x7f\x01\x7f")},
		{sectionFunction, count(n, types)},
		{6, []byte("\x02" + strings.Repeat("\x7f\x01\x41\x00\x0b", 2))}, // two mutable i32
		{sectionExport, count(n+1, exports)},
		{sectionCode, count(n, code)},
	})
}

func appendName(to []byte, name string) []byte {
	return append(binary.AppendUvarint(to, uint64(len(name))), name...)
}
