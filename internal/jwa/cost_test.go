package jwa_test

import (
	"bytes"
	"testing"

	"github.com/sessiongate/sessiongate/internal/jwa"
)

// signatures are those that DER makes longest, because both numbers have to be
// padded, and one that it makes short.
var signatures = map[string][]byte{
	"ES256":        bytes.Repeat([]byte{0xff}, 64),
	"ES256, short": append(make([]byte, 63), 1),
	"ES384":        bytes.Repeat([]byte{0xff}, 96),
	"ES512":        bytes.Repeat([]byte{0xff}, 132),
}

// One allocation is the result; its size has to be right from the start.
func TestECDSADERAllocatesItsResult(t *testing.T) {
	for name, signature := range signatures {
		t.Run(name, func(t *testing.T) {
			ok := false
			if got := testing.AllocsPerRun(100, func() { _, ok = jwa.ECDSADER(signature) }); got > 1 {
				t.Errorf("%v allocations, want at most 1", got)
			}
			if !ok {
				t.Error("not taken")
			}
		})
	}
}

func BenchmarkECDSADER(b *testing.B) {
	for name, signature := range signatures {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, ok := jwa.ECDSADER(signature); !ok {
					b.Fatal("not taken")
				}
			}
		})
	}
}
