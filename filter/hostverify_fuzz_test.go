package filter

import "testing"

func TestReadResult(t *testing.T) {
	tests := map[string]struct {
		message []byte
		want    bool
	}{
		"true":                 {[]byte{8, 1}, true},
		"false":                {[]byte{8, 0}, false},
		"false with a text":    {[]byte{8, 0, 18, 2, 'n', 'o'}, false},
		"only a text":          {[]byte{18, 2, 'n', 'o'}, false},
		"a text, then true":    {[]byte{18, 2, 'n', 'o', 8, 1}, true},
		"the last one counts":  {[]byte{8, 1, 8, 0}, false},
		"two is not true":      {[]byte{8, 2}, false},
		"nothing":              {nil, false},
		"cut off":              {[]byte{8}, false},
		"a text that is short": {[]byte{8, 1, 18, 9, 'n'}, false},
		"another kind":         {[]byte{8, 1, 13, 0, 0, 0, 0}, false},
		"another field":        {[]byte{16, 1}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := readResult(test.message); got != test.want {
				t.Errorf("readResult(%v) = %v", test.message, got)
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
		if readResult(message) && len(message) < 2 {
			t.Error("true")
		}
	})
}
