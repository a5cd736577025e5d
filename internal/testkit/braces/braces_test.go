package braces

import (
	"strings"
	"testing"
	"time"
)

func TestFill(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	word := func(words []string) (string, bool) {
		if words[0] == "words" {
			return "<" + strings.Join(words[1:], "|") + ">", true
		}
		return Common(now, words)
	}
	for text, want := range map[string]string{
		"":                               "",
		"no braces":                      "no braces",
		"{now}":                          "1800000000",
		"a{now-60s}b{now+1m}":            "a1799999940b1800000060",
		"{unknown} {} {":                 "{unknown} {} {",
		`{"keys":[{now}]}`:               `{"keys":[1800000000]}`,
		"{words a {repeat b 3}}":         "<a|bbb>",
		`{words  a o:={"x": "y z"}  b}`:  `<a|o:={"x": "y z"}|b>`,
		"{hex 0d0a}{base64 two words}":   "\r\ndHdvIHdvcmRz",
		"{words":                         "{words",
		"{unknown {words x} y} {words }": "{unknown <x> y} <>",
	} {
		if got := Fill(text, word); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}
