package config

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/tidwall/gjson"
)

// FuzzSyntax: what passes is JSON to encoding/json, and what is an object to
// encoding/json passes but for the limits.
func FuzzSyntax(f *testing.F) {
	for _, s := range []string{
		`{}`, `{"a":[1,-0.5e+3,true,false,null,"\u0041\n"]}`, `{"a":}`, `{"a" 1}`, `{"a":01}`, `{"a":1.}`, `{"a":-}`,
		`{"a":1e}`, "{\"a\":\"\x01\"}", `{"a":"\q"}`, `{"a":"\u12"}`, `{"a":tru}`, `[1,]`, `{"a":[}`, `{`, `"`, `{"a`, "\xff",
		`{"a":1}}`, `{"a":"\ud83d\ude00"}`, `{"a":"\ud83d"}`, `{"a":"\ude00\ud83d"}`, `{"a":"\ud83d\u0041"}`, `{"a":"\ud83d\u00"}`, ` {"a" : { } , "b" : [ ] } `,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		wrong := checkSyntax(s)
		if wrong == "" {
			if !json.Valid([]byte(s)) || !gjson.Valid(s) || !gjson.Parse(s).IsObject() {
				t.Errorf("%q passes and is no JSON object", s)
			}
			return
		}
		limited := strings.Contains(wrong, "UTF-8") || strings.Contains(wrong, "nested") || strings.Contains(wrong, "4 MiB") ||
			strings.Contains(wrong, "not a JSON object") || strings.Contains(wrong, "surrogate")
		if json.Valid([]byte(s)) && !limited {
			t.Errorf("%q: %s", s, wrong)
		}
	})
}
