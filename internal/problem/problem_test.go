package problem_test

import (
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/internal/problem"
)

func TestPaths(t *testing.T) {
	for want, got := range map[string]string{
		"providers":                problem.Member("", "providers"),
		"providers[3]":             problem.Element("providers", 3),
		"rules[0].signInUrl":       problem.Member("rules[0]", "signInUrl"),
		`jwksHeaders[":path"]`:     problem.Member("jwksHeaders", ":path"),
		`x[""]`:                    problem.Member("x", ""),
		`x["a \" b\u000a\u007f?"]`: problem.Member("x", "a \" b\n\x7fé"),
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if long := problem.Member("x", strings.Repeat("a", 65)); !strings.HasSuffix(long, `a..."]`) {
		t.Errorf("a long name is %s", long)
	}
}

func TestOneOf(t *testing.T) {
	for want, values := range map[string][]string{
		"":                {},
		`"a"`:             {"a"},
		`"a" or "b"`:      {"a", "b"},
		`"a", "b" or "c"`: {"a", "b", "c"},
	} {
		if got := problem.OneOf(values); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestFatal(t *testing.T) {
	var list problem.List
	list.Warn("a", "odd")
	if list.Fatal() {
		t.Error("a warning is fatal")
	}
	list.Fail("", "wrong")
	if !list.Fatal() {
		t.Error("an error is not fatal")
	}
	if got := list[0].String() + "; " + list[1].String(); got != "a: odd; wrong" {
		t.Error(got)
	}
}
