package jwa_test

import (
	"bytes"
	"encoding/asn1"
	"encoding/hex"
	"math/big"
	"testing"

	"github.com/sessiongate/sessiongate/internal/jwa"
)

func TestECDSARawRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":                 "",
		"a sequence of nothing":   "3000",
		"one number":              "3003020101",
		"three numbers":           "3009020101020102020103",
		"bytes after it":          "300602010102010200",
		"a negative number":       "3006020181020101",
		"a number with a zero":    "300702020001020101",
		"a number without bytes":  "30050200020101",
		"a length in a long form": "308106020101020102",
		"a length that lies":      "3007020101020102",
		"another tag":             "3106020101020102",
		"r longer than a curve":   "302602210100000000000000000000000000000000000000000000000000000000000000020101",
	} {
		der, err := hex.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		if raw, ok := jwa.ECDSARaw(der, 32); ok {
			t.Errorf("%s: taken as %x", name, raw)
		}
	}
}

// FuzzECDSARaw: what is taken is what encoding/asn1 reads, and comes back.
func FuzzECDSARaw(f *testing.F) {
	for _, text := range []string{"3006020101020102", "30080202008002020081", "3006020100020100"} {
		der, _ := hex.DecodeString(text)
		f.Add(der)
	}
	f.Fuzz(func(t *testing.T, der []byte) {
		raw, ok := jwa.ECDSARaw(der, 32)
		var numbers struct{ R, S *big.Int }
		rest, err := asn1.Unmarshal(der, &numbers)
		fits := err == nil && len(rest) == 0 && numbers.R.Sign() >= 0 && numbers.S.Sign() >= 0 &&
			numbers.R.BitLen() <= 256 && numbers.S.BitLen() <= 256
		if ok && !fits {
			t.Fatalf("%x was taken", der)
		}
		if !ok {
			return
		}
		want := append(numbers.R.FillBytes(make([]byte, 32)), numbers.S.FillBytes(make([]byte, 32))...)
		if !bytes.Equal(raw, want) {
			t.Errorf("%x is %x, want %x", der, raw, want)
		}
		if back, ok := jwa.ECDSADER(raw); !ok || !bytes.Equal(back, der) {
			t.Errorf("%x comes back as %x", der, back)
		}
	})
}
