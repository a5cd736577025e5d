package strictjson_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/strictjson"
)

// FuzzDocument: what passes is JSON to encoding/json, and what is JSON to
// encoding/json passes but for the limits; and an error has a place in the text.
func FuzzDocument(f *testing.F) {
	for _, s := range []string{
		`{}`, `{"a":[1,-0.5e+3,true,false,null,"\u0041\n"]}`, `{"a":}`, `{"a" 1}`, `{"a":01}`, `{"a":1.}`, `{"a":-}`,
		`{"a":1e}`, "{\"a\":\"\x01\"}", `{"a":"\q"}`, `{"a":"\u12"}`, `{"a":tru}`, `[1,]`, `{"a":[}`, `{`, `"`, `{"a`, "\xff",
		`{"a":1}}`, `{"a":"\ud83d\ude00"}`, `{"a":"\ud83d"}`, `{"a":"\ude00\ud83d"}`, `{"a":"\ud83d\u0041"}`, `{"a":"\ud83d\u00"}`, ` {"a" : { } , "b" : [ ] } `,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		value, err := strictjson.Document(s)
		if err == nil {
			if !json.Valid([]byte(s)) {
				t.Errorf("%q passes and is not JSON", s)
			}
			if offset, ok := strictjson.Offset(s, value); !ok || s[offset:offset+len(value.Raw)] != value.Raw || strings.TrimSpace(s[:offset]) != "" {
				t.Errorf("%q: offset %d, %v", s, offset, ok)
			}
			agrees(t, "the document", value)
			return
		}
		if err.Message == "" || err.Offset < 0 || err.Offset > len(s) {
			t.Errorf("%q: %q at %d", s, err.Message, err.Offset)
		}
		limited := strings.Contains(err.Message, "UTF-8") || strings.Contains(err.Message, "nested") || strings.Contains(err.Message, "surrogate")
		if json.Valid([]byte(s)) && !limited {
			t.Errorf("%q: %s", s, err.Message)
		}
	})
}
