package yamltext

import "testing"

func TestScalar(t *testing.T) {
	for text, want := range map[string]string{
		"clerk": "clerk", "https://a.example:8443/x": "https://a.example:8443/x", "outbound|443||a": "outbound|443||a",
		"yes": `"yes"`, "12": `"12"`, "": `""`, "a: b": `"a: b"`, "a:": `"a:"`, "- x": `"- x"`, "a#b": `"a#b"`, `"`: `"\""`, "<&>": `"<&>"`,
	} {
		if got := Scalar(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
