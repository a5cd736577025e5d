package request

import (
	"bufio"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// Fold is as wide as the widest of the languages that servers are written in.
func TestFoldIsAsWideAsOtherLanguages(t *testing.T) {
	for name, test := range map[string]struct{ program, script string }{
		"Python":  {"python3", "testdata/fold.py"},
		"Node.js": {"node", "testdata/fold.js"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := exec.CommandContext(t.Context(), test.program, "--version").Run(); err != nil {
				t.Skipf("the case mappings of %s were not compared: %v", name, err)
			}
			out, err := exec.CommandContext(t.Context(), test.program, test.script).Output()
			if err != nil {
				t.Fatal(err)
			}
			lines := bufio.NewScanner(strings.NewReader(string(out)))
			n := 0
			for ; lines.Scan(); n++ {
				way, rest, _ := strings.Cut(lines.Text(), " ")
				one, other, _ := strings.Cut(rest, " ")
				if way != "ascii" {
					other = character(t, other)
				}
				if one = character(t, one); Fold(one) != Fold(other) || way == "unexpected" {
					t.Errorf("%s (%U) and %s (%U) are the same by %s", one, []rune(one), other, []rune(other), way)
				}
			}
			if n < 5000 {
				t.Errorf("only %d lines", n)
			}
		})
	}
}

func character(t *testing.T, hex string) string {
	c, err := strconv.ParseUint(hex, 16, 21)
	if err != nil {
		t.Fatal(err)
	}
	return string(rune(c))
}

func TestFoldIsAsWideAsGo(t *testing.T) {
	for c := rune(0); c <= unicode.MaxRune; c++ {
		folded := Fold(string(c))
		for _, other := range []rune{unicode.SimpleFold(c), unicode.ToLower(c), unicode.ToUpper(c), unicode.ToTitle(c)} {
			if other != c && Fold(string(other)) != folded {
				t.Errorf("%c (%U) and %c (%U) are the same", c, c, other, other)
			}
		}
		if Fold(folded) != folded {
			t.Errorf("%c (%U) folds to %q, and that to %q", c, c, folded, Fold(folded))
		}
		if len(folded) > len(string(c)) || folded == "" {
			t.Errorf("%c (%U) folds to %q", c, c, folded)
		}
	}
}

// Patterns match the beginning or the end of a path, so what a letter folds to
// may not depend on the letters beside it.
func TestFoldTakesLettersOneByOne(t *testing.T) {
	letters := []string{"a", "B", "i", "ı", "İ", "\u0307", "ß", "ẞ", "ﬁ", "ﬃ", "Σ", "ς", "é", "語", "\xff", "/", "/ADMIN/ẞettings"}
	for _, one := range letters {
		for _, other := range letters {
			if got, want := Fold(one+other), Fold(one)+Fold(other); got != want {
				t.Errorf("%q and %q fold to %q, want %q", one, other, got, want)
			}
		}
	}
}

func TestFoldToASCII(t *testing.T) {
	for text, want := range map[string]string{
		"/adm\u0131n": "/admin", "/ADM\u0130N": "/admin", "/stra\u00dfe": "/strasse", "/STRA\u1e9eE": "/strasse",
		"/\ufb01sh": "/fish", "/o\ufb00er": "/offer", "/\ufb02ow": "/flow", "/o\ufb03ce": "/office", "/ba\ufb04e": "/baffle",
		"/\ufb05art": "/start", "/\ufb06art": "/start", "/\u212aey": "/key", "/\u017fession": "/session",
	} {
		if got := Fold(text); got != want {
			t.Errorf("%q folds to %q, want %q", text, got, want)
		}
	}
}
