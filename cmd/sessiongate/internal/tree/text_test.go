package tree_test

import (
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
)

// TestReadText: JSON in a string has its places in the file of the string,
// however the string is written there. A § stands before the value "here".
func TestReadText(t *testing.T) {
	for name, text := range map[string]string{
		"a block":               "a:\n  b: |\n    {\n      \"x\": [1,\n        §\"here\"]\n    }\n",
		"a block with a gap":    "b: |-\n\n  {\"x\":\n\n   [1, §\"here\"]}\n",
		"single quotes":         "b: '{\"x\": [1, §\"here\"]}'\n",
		"double quotes":         "b: \"{\\\"é\\u00e9\\\": 1, \\\"x\\\": [1, §\\\"here\\\"]}\"\n",
		"a string in JSON":      "{\"b\":\n  \"{\\\"x\\\": \\n [1, §\\\"here\\\"]}\"}\n",
		"a string with escapes": "{\"b\": \"{\\\"y\\\": \\\"\\u00e9\\ud83d\\ude00\\\", \\\"x\\\": [1, §\\\"here\\\"]}\"}\n",
	} {
		t.Run(name, func(t *testing.T) {
			before, after, _ := strings.Cut(text, "§")
			line := strings.Count(before, "\n") + 1
			column := len([]rune(before[strings.LastIndexByte(before, '\n')+1:])) + 1
			documents, wrong := tree.Read([]byte(before + after))
			if wrong != nil {
				t.Fatal(wrong)
			}
			text := documents[0].Get("b")
			if inner := documents[0].Path("a", "b"); inner != nil {
				text = inner
			}
			inside, wrong := tree.ReadText(text)
			if wrong != nil {
				t.Fatal(wrong)
			}
			here := inside.Get("x").Item(1)
			if here.Str() != "here" || here.Place != (tree.Place{Line: line, Column: column}) {
				t.Errorf("%q at %v, not at %d:%d", here.Str(), here.Place, line, column)
			}
		})
	}
}
