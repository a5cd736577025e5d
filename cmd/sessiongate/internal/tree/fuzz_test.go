package tree_test

import (
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
)

// FuzzRead: reading never panics, and what is read stands where it says: an
// object at a brace, a list at a bracket, a string in quotes at a quote.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		`{"a": [1, true, null, "x\u00e9\n"], "b": {}}`, "{\n \"é\": {\"b\": \"c\"}\n}", "a: {b: [c, 'd', \"e\\tf\"]}\n", "a: &x [1]\nb: *x\n<<: {c: 1}\n",
		"a: |\n  {\"b\": [\"c\"]}\n", "a: \"{\\\"b\\\": \\\"c\\\"}\"\n", "a: >-\n  x\n  y\n", "- - a\n- ? b\n  : c\n", "{", "[", "a: 0x1f\nb: 1_000\nc: .inf\n", "a:\r\n  - {b: c}\r\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		documents, wrong := tree.Read([]byte(text))
		if wrong != nil {
			if wrong.Message == "" || wrong.Place.Line < 0 || wrong.Place.Line > strings.Count(text, "\n")+2 {
				t.Fatalf("%+v", wrong)
			}
			return
		}
		if strings.ContainsAny(text, "*\r\ufeff\u0085\u2028\u2029\x00") {
			return // an alias stands where its anchor is; other ends of lines are YAML's
		}
		for _, document := range documents {
			document.Walk(func(n *tree.Node) bool {
				checkPlace(t, text, n)
				encoded := tree.Encode(n)
				again, wrong := tree.ReadJSON(string(encoded.JSON))
				if wrong != nil || again.Kind != n.Kind || again.Text != n.Text && n.Kind == tree.String {
					t.Fatalf("%s: %v", encoded.JSON, wrong)
				}
				return true
			})
		}
	})
}

func checkPlace(t *testing.T, text string, n *tree.Node) {
	t.Helper()
	if !tree.LooksLikeJSON([]byte(text)) {
		return // YAML has more ways to begin a value
	}
	lines := strings.Split(text, "\n")
	if n.Place.Line < 1 || n.Place.Line > len(lines) {
		t.Fatalf("line %d of %d", n.Place.Line, len(lines))
	}
	letters := []rune(lines[n.Place.Line-1])
	if n.Place.Column < 1 || n.Place.Column > len(letters) {
		t.Fatalf("column %d of %q", n.Place.Column, lines[n.Place.Line-1])
	}
	want := map[tree.Kind]string{tree.Object: "{", tree.List: "[", tree.String: `"`, tree.Null: "n", tree.Bool: "tf", tree.Number: "-0123456789"}[n.Kind]
	if !strings.ContainsRune(want, letters[n.Place.Column-1]) {
		t.Fatalf("%d at %d:%d is %q", n.Kind, n.Place.Line, n.Place.Column, letters[n.Place.Column-1])
	}
}
