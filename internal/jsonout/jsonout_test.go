package jsonout_test

import (
	"encoding/json"
	"testing"
	"unicode/utf8"

	"github.com/sessiongate/sessiongate/internal/jsonout"
)

func TestMembers(t *testing.T) {
	b := jsonout.AppendString([]byte(`{"a":`), "\"\\\n\t\x01/é<")
	b = jsonout.AppendMember(b, "b", "x")
	b = jsonout.AppendMember(b, "none", "")
	b = jsonout.AppendList(b, "c", []string{"", "y"})
	b = jsonout.AppendList(b, "empty", []string{})
	if got, want := string(append(b, '}')), `{"a":"\"\\\n\t\u0001/é<","b":"x","c":["","y"]}`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// FuzzAppendString: encoding/json reads every text back.
func FuzzAppendString(f *testing.F) {
	for _, seed := range []string{"", "a", `"\`, "\x00\x1f\x7f", "é\u2028"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var got string
		written := jsonout.AppendString(nil, text)
		if err := json.Unmarshal(written, &got); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if got != text && utf8.ValidString(text) {
			t.Errorf("%q is read back as %q", text, got)
		}
	})
}
