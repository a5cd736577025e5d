package wasmfile

import (
	"slices"
	"testing"
)

// example has an import, two exports and a custom section:
//
//	(module
//	  (import "env" "log" (func))
//	  (func (export "keep"))
//	  (func (export "drop"))
//	  (custom "note" "x"))
const example = preamble +
	"\x01\x04\x01\x60\x00\x00" + // one type: () -> ()
	"\x02\x0b\x01\x03env\x03log\x00\x00" +
	"\x03\x03\x02\x00\x00" +
	"\x07\x0f\x02\x04keep\x00\x01\x04drop\x00\x02" +
	"\x0a\x07\x02\x02\x00\x0b\x02\x00\x0b" +
	"\x00\x06\x04notex"

func TestTrim(t *testing.T) {
	trimmed, err := Trim([]byte(example), []string{"drop", "not there"})
	if err != nil {
		t.Fatal(err)
	}
	if exports, err := Exports(trimmed); err != nil || !slices.Equal(exports, []string{"keep"}) {
		t.Errorf("exports %q, %v", exports, err)
	}
	if custom, err := Custom(trimmed); err != nil || len(custom) != 0 {
		t.Errorf("custom sections %q, %v", custom, err)
	}
	if imports, err := Imports(trimmed); err != nil || !slices.Equal(imports, []Import{{"env", "log"}}) {
		t.Errorf("imports %q, %v", imports, err)
	}
	again, err := Trim(trimmed, []string{"drop"})
	if err != nil || string(again) != string(trimmed) {
		t.Errorf("trimming twice changes something: %v", err)
	}
}

// TestTrimReplaces: an export of our own takes the place of the SDK's.
func TestTrimReplaces(t *testing.T) {
	// (func (export "proxy_on")) (func (export "sessiongate_on"))
	const both = preamble + "\x01\x04\x01\x60\x00\x00" + "\x03\x03\x02\x00\x00" +
		"\x07\x1d\x02\x08proxy_on\x00\x00\x0esessiongate_on\x00\x01" +
		"\x0a\x07\x02\x02\x00\x0b\x02\x00\x0b"
	const one = preamble + "\x01\x04\x01\x60\x00\x00" + "\x03\x03\x02\x00\x00" +
		"\x07\x0c\x01\x08proxy_on\x00\x01" +
		"\x0a\x07\x02\x02\x00\x0b\x02\x00\x0b"
	if trimmed, err := Trim([]byte(both), nil); err != nil || string(trimmed) != one {
		t.Errorf("%q, %v", trimmed, err)
	}
}

func FuzzTrim(f *testing.F) {
	f.Add([]byte(example))
	f.Add([]byte(preamble))
	f.Add([]byte("\x00asm"))
	f.Fuzz(func(t *testing.T, module []byte) {
		_, _ = Imports(module)
		_, _ = Custom(module)
		trimmed, err := Trim(module, Unused)
		if err != nil {
			return
		}
		if _, err := Exports(trimmed); err != nil {
			t.Errorf("the trimmed module cannot be read: %v", err)
		}
	})
}
