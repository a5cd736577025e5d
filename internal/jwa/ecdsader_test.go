package jwa_test

import (
	"bytes"
	"encoding/asn1"
	"math/big"
	"testing"

	"github.com/sessiongate/sessiongate/internal/jwa"
)

func TestECDSADERRefuses(t *testing.T) {
	for size := range 200 {
		_, ok := jwa.ECDSADER(make([]byte, size))
		if want := size == 64 || size == 96 || size == 132; ok != want {
			t.Errorf("%d bytes: %v", size, ok)
		}
	}
}

func TestECDSADER(t *testing.T) {
	for _, size := range []int{64, 96, 132} {
		ones := bytes.Repeat([]byte{0xff}, size)
		small := make([]byte, size)
		small[size/2-1], small[size-1] = 1, 0x80
		left := append(bytes.Repeat([]byte{0x7f}, size/2), make([]byte, size/2)...)
		for name, raw := range map[string][]byte{"zero": make([]byte, size), "all ones": ones, "small": small, "s is zero": left} {
			checkDER(t, name, raw)
		}
	}
}

func FuzzECDSADER(f *testing.F) {
	f.Add(make([]byte, 64))
	f.Add(bytes.Repeat([]byte{0x80}, 96))
	f.Add(bytes.Repeat([]byte{0xff}, 132))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if len(raw) == 64 || len(raw) == 96 || len(raw) == 132 {
			checkDER(t, "fuzzed", raw)
		}
	})
}

// checkDER compares with the standard library's encoder.
func checkDER(t *testing.T, name string, raw []byte) {
	t.Helper()
	half := len(raw) / 2
	want, err := asn1.Marshal(struct{ R, S *big.Int }{new(big.Int).SetBytes(raw[:half]), new(big.Int).SetBytes(raw[half:])})
	if err != nil {
		t.Fatal(err)
	}
	if got, ok := jwa.ECDSADER(raw); !ok || !bytes.Equal(got, want) {
		t.Errorf("%s, %d bytes: %x, want %x", name, len(raw), got, want)
	}
}
