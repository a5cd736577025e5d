package wasmbuild

import (
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/tools/wasmfile"
)

func TestEnough(t *testing.T) {
	for _, row := range []struct {
		name  string
		jumps wasmfile.Jumps
		want  string // part of the message; none: it is enough
	}{
		{"as Go 1.26 writes it", wasmfile.Jumps{Tables: 2580, Known: 2580, Jumps: 30753, Forward: 26591}, ""},
		{"a few unknown functions", wasmfile.Jumps{Tables: 2580, Known: 2500, Jumps: 30000, Forward: 26000}, ""},
		{"many unknown functions", wasmfile.Jumps{Tables: 2580, Known: 2400, Jumps: 29000, Forward: 25000}, "only 2400 of 2580 functions"},
		{"too few jumps forward", wasmfile.Jumps{Tables: 2580, Known: 2580, Jumps: 30000, Forward: 20000}, "only 20000 of 30000 jumps"},
		{"no jumps", wasmfile.Jumps{Tables: 2580, Known: 2580}, "no jumps"},
		{"no tables", wasmfile.Jumps{}, "no function has a table"},
	} {
		t.Run(row.name, func(t *testing.T) {
			err := enough(row.jumps)
			switch {
			case row.want == "" && err != nil:
				t.Error(err)
			case row.want != "" && (err == nil || !strings.Contains(err.Error(), row.want) || !strings.Contains(err.Error(), "compiler has changed")):
				t.Errorf("%v, want %q", err, row.want)
			}
		})
	}
}

func TestStraightenModules(t *testing.T) {
	for name, module := range map[string]string{
		"no functions": "\x00asm\x01\x00\x00\x00",
		"not a module": "\x00asm",
		"cut off":      "\x00asm\x01\x00\x00\x00\x0a\x07",
	} {
		if _, err := straighten([]byte(module)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
