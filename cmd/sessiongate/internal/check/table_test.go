package check

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/commandtest"
)

// row is files, and what check finds in them.
type row struct {
	name string
	// text is one file, or several, each below a line "=== NAME". Every § stands
	// before what a finding is about, in order, and is not in the file.
	text  string
	finds []find
}

// find is one finding: its level, parts of its message (between them anything
// may stand), and the section of docs/check.md, or another page's.
type find struct{ level, says, see string }

// table are all rows, by subject.
var table = map[string][]row{
	"patterns": patternRows, "rules": ruleRows, "providers": providerRows, "pages": pageRows, "istio": istioRows,
	"envoy": envoyRows, "readers": readerRows, "gateway": gatewayRows, "files": fileRows, "values": valueRows, "callers": callerRows,
}

// TestTable: every kind of mistake is found where it is, with what to write and
// where the docs say why; and what is right is not complained of.
func TestTable(t *testing.T) {
	mistakes, right := 0, 0
	for subject, rows := range table {
		for _, row := range rows {
			t.Run(subject+"/"+row.name, func(t *testing.T) { runRow(t, row) })
			if len(row.finds) > 0 {
				mistakes++
			} else {
				right++
			}
		}
	}
	fmt.Printf("check: %d rows of mistakes, %d rows of what is right\n", mistakes, right)
}

func runRow(t *testing.T, row row) {
	files, names, places := unmark(row.text)
	if len(places) != len(row.finds) {
		t.Fatalf("%d marks, %d findings", len(places), len(row.finds))
	}
	_, out, _ := commandtest.Run(t, Command(), files, append([]string{"--format", "json"}, names...)...)
	type finding struct {
		File, Level, Where, Path, Message, See string
		Line, Column                           int
	}
	var got []finding
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err, out)
	}
	if !strings.Contains(t.Name(), "/pages/") { // said of most configurations
		got = slices.DeleteFunc(got, func(f finding) bool { return strings.HasSuffix(f.See, "#answers-that-pages-read") })
	}
	for i, f := range got {
		if i >= len(row.finds) {
			t.Errorf("not a mistake: %+v", f)
			continue
		}
		want := row.finds[i]
		if at := fmt.Sprintf("%s:%d:%d", f.File, f.Line, f.Column); at != places[i] {
			t.Errorf("found at %s, not at %s: %s: %s", at, places[i], f.Path, f.Message)
		}
		see := want.see
		if !strings.Contains(see, "#") {
			see = "check.md#" + see
		}
		if f.Level != want.level || f.See != docs+"docs/"+see {
			t.Errorf("%s, see %s; want %s, see %s", f.Level, f.See, want.level, see)
		}
		rest := f.Path + ": " + f.Message
		for _, part := range strings.Split(want.says, " … ") {
			_, after, found := strings.Cut(rest, part)
			if !found {
				t.Errorf("%q is missing in %s: %s", part, f.Path, f.Message)
			}
			rest = after
		}
	}
	for i := len(got); i < len(row.finds); i++ {
		t.Errorf("not found: %+v", row.finds[i])
	}
}

// unmark takes the marks out of files, and gives their places.
func unmark(text string) (files map[string]string, names, places []string) {
	files = map[string]string{}
	name := "a.yaml"
	if strings.HasPrefix(strings.TrimLeft(text, "§ \n"), "{") || strings.HasPrefix(text, "//") {
		name = "a.json"
	}
	line := 0
	for part := range strings.Lines(text) {
		if next, is := strings.CutPrefix(part, "=== "); is {
			name, line = strings.TrimSpace(next), 0
			names = append(names, name)
			files[name] = ""
			continue
		}
		if len(names) == 0 {
			names = append(names, name)
		}
		line++
		for {
			at := strings.Index(part, "§")
			if at < 0 {
				break
			}
			places = append(places, fmt.Sprintf("%s:%d:%d", name, line, utf8.RuneCountInString(part[:at])+1))
			part = part[:at] + part[at+len("§"):]
		}
		files[name] += part
	}
	return files, names, places
}

// withRules is a configuration with rules.
func withRules(rules string) string {
	return "providers: [{name: p, issuer: i, audiences: [a], jwksUri: \"https://k.example/\"}]\nrules:\n" + rules
}

// withClerk is a configuration of Clerk with rules.
func withClerk(rules string) string {
	return "providers: [{preset: clerk, publishableKey: pk_live_Y2xlcmsuZXhhbXBsZS5jb20k, authorizedParties: [\"https://app.example.com\"]}]\nrules:\n" + rules
}
