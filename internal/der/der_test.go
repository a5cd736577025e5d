package der_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/der"
)

func TestLengths(t *testing.T) {
	for _, n := range []int{0, 1, 127, 128, 255, 256, 65535} {
		content := bytes.Repeat([]byte{7}, n)
		r := der.Reader(append(der.Encode(der.OctetString, content), 1, 2))
		got, ok := r.Next(der.OctetString)
		if !ok || !bytes.Equal(got, content) || !bytes.Equal(r, []byte{1, 2}) {
			t.Errorf("%d bytes: read %d, %v, left %x", n, len(got), ok, []byte(r))
		}
	}
}

func TestRefuses(t *testing.T) {
	for name, data := range map[string]string{
		"nothing":                     "",
		"a tag alone":                 "\x04",
		"another tag":                 "\x05\x00",
		"a length without an end":     "\x04\x80\x00\x00",
		"a short length in two bytes": "\x04\x81\x01a",
		"a length with a zero":        "\x04\x82\x00\x80" + strings.Repeat("a", 128),
		"a length of three bytes":     "\x04\x83\x01\x00\x00" + strings.Repeat("a", 65536),
		"more than there is":          "\x04\x02a",
	} {
		r := der.Reader(data)
		if got, ok := r.Next(der.OctetString); ok || string(r) != data {
			t.Errorf("%s: read %x, left %x", name, []byte(got), []byte(r))
		}
	}
}

// FuzzReader: what is read, written again, is what stood there.
func FuzzReader(f *testing.F) {
	f.Add([]byte("\x02\x01\x05"))
	f.Add([]byte("\x02\x02\x00\x80rest"))
	f.Add([]byte("\x03\x02\x00\x80"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r := der.Reader(data)
		if n, ok := r.Unsigned(); ok {
			if len(n) > 1 && n[0] == 0 {
				n = n[1:]
			}
			if again := append(der.Unsigned(n), r...); !bytes.Equal(again, data) {
				t.Errorf("%x became %x", data, again)
			}
		}
		r = der.Reader(data)
		if bits, ok := r.BitString(); ok {
			if again := append(der.Encode(der.BitString, []byte{0}, bits), r...); !bytes.Equal(again, data) {
				t.Errorf("%x became %x", data, again)
			}
		}
	})
}
