package wasmfile

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/tetratelabs/wazero"
)

// TestMalformed: what cannot be read is an error, whoever reads it.
func TestMalformed(t *testing.T) {
	for _, row := range []struct {
		name, code string
		want       error
	}{
		{"nothing", "", errLabels},
		{"no end", "\x01", errLabels},
		{"a block without an end", "\x02\x40\x0b", errLabels},
		{"an end too many", "\x0b\x0b", errLabels},
		{"something behind the end", "\x0b\x01", errLabels},
		{"an else without an if", "\x02\x40\x05\x0b\x0b", errLabels},
		{"two elses", "\x41\x00\x04\x40\x05\x05\x0b\x0b", errLabels},
		{"a branch out of the function", "\x0c\x01\x0b", errLabels},
		{"a conditional branch out of the function", "\x41\x00\x0d\x01\x0b", errLabels},
		{"a table that leads out of the function", "\x41\x00\x0e\x01\x00\x01\x0b", errLabels},
		{"a default that leads out of the function", "\x41\x00\x0e\x01\x00\x00\x0b"[:5] + "\x02\x0b", errLabels},
		{"a label of 64 bits", "\x0c\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x0b", errLabels},
		{"a table that ends early", "\x41\x00\x0e\x05\x00\x0b", errFunction},
		{"a table that is too long for memory", "\x41\x00\x0e\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x00\x0b", errFunction},
		{"a constant that ends early", "\x41\x80", errFunction},
		{"a constant of more than 64 bits", "\x42\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x00\x1a\x0b", errFunction},
		{"a float that ends early", "\x44\x00\x00\x0b", errFunction},
		{"a block without a type", "\x02", errFunction},
		{"an unknown instruction", "\xff\x0b", errFunction},
		{"an unknown bulk instruction", "\xfc\x40\x0b", errFunction},
		{"vectors", "\xfd\x0c\x0b", errFunction},
	} {
		t.Run(row.name, func(t *testing.T) {
			module := moduleOf([]byte("\x41\x00\x0b"), []byte(row.code))
			_, _, straighten := Straighten(module)
			_, shorten := Shorten(module)
			for _, err := range []error{straighten, shorten, Check(module)} {
				if !errors.Is(err, row.want) || !strings.Contains(err.Error(), "function 1:") {
					t.Errorf("%v, want function 1: %v", err, row.want)
				}
			}
		})
	}
}

func TestCheck(t *testing.T) {
	good := moduleOf([]byte("\x41\x00\x0b"))
	if err := Check(good); err != nil {
		t.Fatal(err)
	}
	all, err := sections(good)
	if err != nil {
		t.Fatal(err)
	}
	with := func(change func(code []byte) []byte) []byte {
		changed := append([]section{}, all...)
		last := &changed[len(changed)-1]
		last.content = change(append([]byte{}, last.content...))
		return join(changed)
	}
	for name, module := range map[string][]byte{
		"nothing":                    nil,
		"another version":            append([]byte("\x00asm\x02\x00\x00\x00"), good[8:]...),
		"cut off":                    good[:len(good)-1],
		"something at the end":       append(append([]byte{}, good...), 0x0b),
		"a section twice":            join(append(append([]section{}, all...), all[len(all)-1])),
		"sections out of order":      join([]section{all[1], all[0]}),
		"an unknown section":         join([]section{{77, nil}}),
		"more functions than code":   join(all[:len(all)-1]),
		"a function cut off":         with(func(code []byte) []byte { return code[:len(code)-1] }),
		"something behind functions": with(func(code []byte) []byte { return append(code, 0) }),
		"too many functions":         with(func(code []byte) []byte { code[0] = 0x7f; return code }),
		"locals cut off":             with(func(code []byte) []byte { code[2] = 0x7f; return code }),
	} {
		if err := Check(module); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// FuzzCode holds the rewriting to what it promises of any function: it does not
// panic, what it writes can be read, and what was valid stays valid.
func FuzzCode(f *testing.F) {
	for _, row := range straightened {
		f.Add(assemble(f, row.text))
	}
	f.Add([]byte("\xfc\x0a\x00\x00\x43\x00\x00\x00\x00\x1a\x0b"))
	runtime := newRuntime(f)
	f.Fuzz(func(t *testing.T, code []byte) {
		module := moduleOf(code)
		straight, jumps, err := Straighten(module)
		if err != nil {
			return
		}
		if jumps.Known > jumps.Tables || jumps.Forward > jumps.Jumps {
			t.Errorf("%+v", jumps)
		}
		short, err := Shorten(straight)
		if err != nil {
			t.Fatal(err)
		}
		if err := Check(short); err != nil {
			t.Error(err)
		}
		if validates(t, runtime, module) && !validates(t, runtime, short) {
			t.Errorf("valid before, not valid after: %x", short)
		}
	})
}

// FuzzModule: arbitrary bytes do not make it panic.
func FuzzModule(f *testing.F) {
	f.Add([]byte(example))
	f.Add(moduleOf([]byte("\x41\x00\x0b")))
	f.Fuzz(func(t *testing.T, module []byte) {
		whole := Check(module) == nil
		straight, _, err := Straighten(module)
		if err != nil {
			return
		}
		short, err := Shorten(straight)
		if err != nil {
			t.Fatal(err)
		}
		if err := Check(short); whole && err != nil {
			t.Error(err)
		}
	})
}

func validates(t *testing.T, runtime wazero.Runtime, module []byte) bool {
	t.Helper()
	compiled, err := runtime.CompileModule(context.Background(), module)
	if err != nil {
		return false
	}
	_ = compiled.Close(context.Background())
	return true
}
