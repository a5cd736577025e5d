package filter

import (
	"bytes"
	"testing"
)

func TestReadResult(t *testing.T) {
	tests := map[string]struct {
		message []byte
		want    bool
		data    string
	}{
		"true":                 {[]byte{8, 1}, true, ""},
		"false":                {[]byte{8, 0}, false, ""},
		"false with a text":    {[]byte{8, 0, 18, 2, 'n', 'o'}, false, "no"},
		"only a text":          {[]byte{18, 2, 'n', 'o'}, false, "no"},
		"a text, then true":    {[]byte{18, 2, 'n', 'o', 8, 1}, true, "no"},
		"the last one counts":  {[]byte{8, 1, 8, 0}, false, ""},
		"two is not true":      {[]byte{8, 2}, false, ""},
		"nothing":              {nil, false, ""},
		"cut off":              {[]byte{8}, false, ""},
		"a text that is short": {[]byte{8, 1, 18, 9, 'n'}, false, ""},
		"another kind":         {[]byte{8, 1, 13, 0, 0, 0, 0}, false, ""},
		"another field":        {[]byte{16, 1}, false, ""},
		"the last data counts": {[]byte{8, 1, 18, 1, 'a', 18, 2, 'b', 'c'}, true, "bc"},
		"data of field 3":      {[]byte{8, 1, 26, 1, 'a'}, true, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got, data := readResult(test.message); got != test.want || string(data) != test.data {
				t.Errorf("readResult(%v) = %v, %q", test.message, got, data)
			}
		})
	}
}

// FuzzReadResult: no message panics, and none without the bytes of "field 1 is
// 1" is true.
func FuzzReadResult(f *testing.F) {
	f.Add([]byte{8, 1})
	f.Add([]byte{18, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 8, 1})
	f.Fuzz(func(t *testing.T, message []byte) {
		result, data := readResult(message)
		if result && len(message) < 2 {
			t.Error("true")
		}
		if !bytes.Contains(message, data) {
			t.Errorf("%q does not stand in the message", data)
		}
	})
}
