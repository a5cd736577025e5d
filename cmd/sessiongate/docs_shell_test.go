package main

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// shellCommands are the commands of a block in words, one after the other: of a
// pipeline each is one. Assignments before a command, redirections and comments
// are left out.
func shellCommands(text string) (all [][]string) {
	var words []string
	for _, word := range shellWord.FindAllString(strings.ReplaceAll(text, "\\\n", " "), -1) {
		switch {
		case slices.Contains([]string{"\n", "&&", "||", "|", ";"}, word):
			if len(words) > 0 {
				all, words = append(all, words), nil
			}
		case strings.HasPrefix(word, "#"), len(words) == 0 && assignment.MatchString(word):
		default:
			words = append(words, strings.NewReplacer(`'`, "", `"`, "").Replace(word))
		}
	}
	if len(words) > 0 {
		all = append(all, words)
	}
	for i, words := range all {
		if at := slices.IndexFunc(words, func(word string) bool { return word == ">" || word == "<" }); at >= 0 {
			all[i] = words[:at]
		}
	}
	return all
}

var (
	shellWord  = regexp.MustCompile(`\n|&&|\|\||[|;<>]|#[^\n]*|(?:'[^']*'|"[^"]*"|[^\s'"|;&<>])+`)
	assignment = regexp.MustCompile(`^[A-Z_]+=`)
)

func TestShellCommands(t *testing.T) {
	for text, want := range map[string]string{
		"make run     # builds it\nmake test\n":        "make,run / make,test",
		"cd a && A=b docker compose up\n":              "cd,a / docker,compose,up",
		"make run ARGS='--backend 1:2'\n":              "make,run,ARGS=--backend 1:2",
		"a b \\\n  --c d > /etc/x\nhelm t | s check -": "a,b,--c,d / helm,t / s,check,-",
		`jq -r 'select(.a) | [.b]' x | sort`:           "jq,-r,select(.a) | [.b],x / sort",
	} {
		var got []string
		for _, words := range shellCommands(text) {
			got = append(got, strings.Join(words, ","))
		}
		if strings.Join(got, " / ") != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
