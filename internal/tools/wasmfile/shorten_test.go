package wasmfile

import (
	"strings"
	"testing"
)

func TestShorten(t *testing.T) {
	// Functions end like this, so that what was computed is their result.
	const rest = "; local.get 1; i32.add; local.get 2; i32.add; end"
	leave := func(get, tee, global string) string {
		return "local.get 1; i32.const 40; i32.add; local.tee 1; global.set 0; local.get " + get + "; i32.const 8; i32.add; local.tee " +
			tee + "; global.set " + global + "; local.get 1" + rest
	}
	for _, row := range []struct{ name, plain, short string }{
		{"nop", "nop; local.get 1; nop; nop; end", "local.get 1; end"},
		{"a branch in an if", "block; local.get 1; if; br 1; end; mark 1; end; local.get 2; end", "block; local.get 1; br_if 0; mark 1; end; local.get 2; end"},
		{"a branch in an if, further out", "block; block; local.get 1; if; br 2; end; mark 1; end; mark 2; end; local.get 2; end",
			"block; block; local.get 1; br_if 1; mark 1; end; mark 2; end; local.get 2; end"},
		{"a branch to the end of its if", "local.get 1; if; br 0; end; local.get 2; end", ""},
		{"a branch in an if with an else", "block; local.get 1; if; br 1; else; mark 1; end; mark 2; end; local.get 2; end", ""},
		{"a branch in an else", "block; local.get 1; if; mark 1; else; br 1; end; mark 2; end; local.get 2; end", ""},
		{"a branch in an if with a result", "block 0x7f; local.get 1; if 0x7f; local.get 1; br 1; else; i32.const 4; end; end; end", ""},
		{"a branch in an if with a result, alone", "block; local.get 1; if 0x7f; br 1; else; i32.const 4; end; drop; end; local.get 2; end", ""},
		{"not equal", "local.get 0; local.get 1; i32.eq; i32.eqz" + rest, "local.get 0; local.get 1; i32.ne" + rest},
		{"not less", "local.get 0; local.get 1; i32.lt_u; i32.eqz" + rest, "local.get 0; local.get 1; i32.ge_u" + rest},
		{"not less, signed, and a branch", "block; local.get 0; local.get 1; i32.lt_s; i32.eqz; if; br 1; end; mark 1; end; local.get 2; end",
			"block; local.get 0; local.get 1; i32.ge_s; br_if 0; mark 1; end; local.get 2; end"},
		{"floats that are not less", "local.get 0; f64.convert_i32_s; f64.sqrt; local.get 1; f64.convert_i32_s; f64.lt; i32.eqz" + rest, ""},
		{"floats that are equal", "local.get 0; f64.convert_i32_s; f64.sqrt; local.get 1; f64.convert_i32_s; f64.ne; i32.eqz" + rest,
			"local.get 0; f64.convert_i32_s; f64.sqrt; local.get 1; f64.convert_i32_s; f64.eq" + rest},
		{"not zero", "local.get 0; i32.eqz; i32.eqz" + rest, ""},
		{"an address", "local.get 1; i64.extend_i32_u; i64.const 24; i64.add; i32.wrap_i64" + rest, "local.get 1; i32.const 24; i32.add" + rest},
		{"an address beyond 31 bits", "local.get 1; i64.extend_i32_u; i64.const 0xfffffffe; i64.add; i32.wrap_i64" + rest, "local.get 1; i32.const -2; i32.add" + rest},
		{"an address beyond 32 bits", "local.get 1; i64.extend_i32_u; i64.const 0x7fffffff80000001; i64.add; i32.wrap_i64" + rest,
			"local.get 1; i32.const -0x7fffffff; i32.add" + rest},
		{"an address that stays wide", "local.get 1; i64.extend_i32_u; i64.const 0x100000000; i64.add; i64.eqz" + rest, ""},
		{"two additions to the stack pointer", leave("1", "1", "0"), "local.get 1; i32.const 48; i32.add; local.tee 1; global.set 0; local.get 1" + rest},
		{"two additions that wrap", strings.ReplaceAll(leave("1", "1", "0"), "40", "0x7fffffff"),
			"local.get 1; i32.const -0x7ffffff9; i32.add; local.tee 1; global.set 0; local.get 1" + rest},
		{"two additions, the second to another local", leave("0", "1", "0"), ""},
		{"two additions, the second into another local", leave("1", "2", "0"), ""},
		{"two additions, the second for another global", leave("1", "1", "1"), ""},
		{"a local that is set before the return", "mark 1; local.get 1; i32.const 8; i32.add; local.tee 1; global.set 0; i32.const 0; return; end",
			"mark 1; local.get 1; i32.const 8; i32.add; global.set 0; i32.const 0; return; end"},
		{"a local that is set before it is returned", "local.get 1; local.tee 2; global.set 0; local.get 2; return; end", ""},
		{"the end of a function with a frame",
			"local.get 1; i32.const 40; i32.add; local.tee 1; global.set 0; local.get 1; i32.const 8; i32.add; local.tee 1; global.set 0; i32.const 0; return; end",
			"local.get 1; i32.const 48; i32.add; global.set 0; i32.const 0; return; end"},
		{"a label between", "block; local.get 1; i64.extend_i32_u; i64.const 1; i64.add; block 0x7e; i64.const 5; end; i64.add; i32.wrap_i64; local.set 2; end; local.get 2; end", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			if row.short == "" {
				row.short = row.plain // it stays
			}
			plain, want := moduleOf(assemble(t, row.plain)), moduleOf(assemble(t, row.short))
			short, err := Shorten(plain)
			if err != nil {
				t.Fatal(err)
			}
			if string(short) != string(want) {
				t.Errorf("%x, want %x", short, want)
			}
			runtime := newRuntime(t)
			compare(t, []machine{newMachine(t, runtime, plain), newMachine(t, runtime, short)}, 0, places, xs)
		})
	}
}

// TestInverse holds each comparison to its inverse.
func TestInverse(t *testing.T) {
	for op, other := range inverse {
		if other == 0 {
			continue
		}
		if inverse[other] != byte(op) {
			t.Errorf("the inverse of %#x is %#x, but not the other way round", op, other)
		}
		operand := "local.get %"
		switch {
		case op >= 0x61:
			operand += "; f64.convert_i32_s; f64.sqrt"
		case op >= 0x5b:
			operand += "; f32.convert_i32_s; f32.sqrt"
		case op >= 0x51:
			operand += "; i64.extend_i32_u"
		}
		operands := assemble(t, strings.ReplaceAll(operand, "%", "0")+";"+strings.ReplaceAll(operand, "%", "1"))
		negated := append(append([]byte{}, operands...), byte(op), opI32Eqz, opEnd)
		inverted := append(append([]byte{}, operands...), other, opEnd)
		runtime := newRuntime(t)
		compare(t, []machine{newMachine(t, runtime, moduleOf(negated)), newMachine(t, runtime, moduleOf(inverted))}, 0, places, append(xs, places...))
	}
}
