package reach_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/reach"
)

// TestReached: which rules no request falls under, and which rules take theirs.
func TestReached(t *testing.T) {
	paths := func(list ...string) reach.Rule { return reach.Rule{Paths: list} }
	rows := []struct {
		name  string
		rules []reach.Rule // the last one is asked about
		never bool
		by    []int
	}{
		{"a rule alone", []reach.Rule{paths("/a")}, false, nil},
		{"the same path", []reach.Rule{paths("/a"), paths("/a")}, true, []int{0}},
		{"a prefix before", []reach.Rule{paths("/a*"), paths("/ab", "/a")}, true, []int{0}},
		{"a folder before its root", []reach.Rule{paths("/a/*"), paths("/a")}, false, nil},
		{"a prefix after", []reach.Rule{paths("/ab"), paths("/a*")}, false, nil},
		{"two that cover it together", []reach.Rule{paths("/a"), paths("/b*"), paths("/a", "/bc")}, true, []int{0, 1}},
		{"two that leave a rest", []reach.Rule{paths("/a"), paths("/b*"), paths("/a", "/c")}, false, nil},
		{"everything before", []reach.Rule{{}, paths("/a")}, true, []int{0}},
		{"/* does not cover *", []reach.Rule{paths("/*"), {}}, false, nil},
		{"/* and * cover all", []reach.Rule{paths("/*"), paths("*"), {}}, true, []int{0, 1}},
		{"a suffix in a folder", []reach.Rule{paths("/s/*"), paths("*.css")}, false, nil},
		{"a folder of suffixes", []reach.Rule{paths("*.css"), paths("/s/a.css")}, true, []int{0}},
		{"a template before", []reach.Rule{paths("/u/{*}/p"), paths("/u/7/p")}, true, []int{0}},
		{"a template of two segments", []reach.Rule{paths("/u/{*}/p"), paths("/u/7/8/p")}, false, nil},
		{"a template and its literals", []reach.Rule{paths("/u/{*}"), paths("/u/{**}")}, false, nil},
		{"any text and one segment", []reach.Rule{paths("/u/{**}"), paths("/u/{*}/x")}, true, []int{0}},
		{"any text with an end", []reach.Rule{paths("/u/{**}/x.css"), paths("/u/{*}/x.css")}, true, []int{0}},
		{"any text is perhaps nothing", []reach.Rule{paths("/u/{**}"), paths("/u/")}, true, []int{0}},
		{"one segment is not empty", []reach.Rule{paths("/u/{*}"), paths("/u/")}, false, nil},
		{"what is left out falls through", []reach.Rule{{Paths: []string{"/a*"}, NotPaths: []string{"/ab"}}, paths("/ab")}, false, nil},
		{"only what is left out", []reach.Rule{{Paths: []string{"/a*"}, NotPaths: []string{"/ab"}}, paths("/ac")}, true, []int{0}},
		{"nothing but what it leaves out", []reach.Rule{{Paths: []string{"/a"}, NotPaths: []string{"/*"}}}, true, nil},
		{"capitals differ", []reach.Rule{paths("/Admin"), paths("/admin")}, false, nil},
		{"capitals, and both spellings before", []reach.Rule{paths("/Admin"), paths("/admin"), paths("/Admin")}, true, []int{0}},
		{"a method of all", []reach.Rule{{}, {Methods: []string{"GET"}}}, true, []int{0}},
		{"another method", []reach.Rule{{Methods: []string{"POST"}}, {Methods: []string{"GET"}}}, false, nil},
		{"two methods", []reach.Rule{{Methods: []string{"POST"}}, {Methods: []string{"GET"}}, {Methods: []string{"GET", "POST"}}}, true, []int{0, 1}},
		{"methods and what they leave out", []reach.Rule{{Methods: []string{"GET"}}, {NotMethods: []string{"GET"}}, paths("/a")}, true, []int{0, 1}},
		{"methods that names leave out", []reach.Rule{{Methods: []string{"GET", "POST", "PUT", "DELETE", "PATCH"}}, paths("/a")}, false, nil},
		{"a host of all", []reach.Rule{{}, {Hosts: []string{"a.example"}}}, true, []int{0}},
		{"a host of some", []reach.Rule{{Hosts: []string{"*.example"}}, {Hosts: []string{"a.example"}}}, true, []int{0}},
		{"a host and its parent", []reach.Rule{{Hosts: []string{"*.example"}}, {Hosts: []string{"example"}}}, false, nil},
		{"a host that ends the same", []reach.Rule{{Hosts: []string{"*.example"}}, {Hosts: []string{"*example"}}}, false, nil},
		{"hosts and the other hosts", []reach.Rule{{Hosts: []string{"a.example"}}, {NotHosts: []string{"a.example"}}, {}}, true, []int{0, 1}},
		{"host and path each in part", []reach.Rule{{Hosts: []string{"a.example"}}, paths("/a"), {Hosts: []string{"a.example", "b.example"}, Paths: []string{"/a", "/b"}}}, false, nil},
		{"host and path together", []reach.Rule{{Hosts: []string{"a.example"}}, paths("/b"), {Hosts: []string{"a.example", "b.example"}, Paths: []string{"/b"}}}, true, []int{0, 1}},
		{"an IPv6 address", []reach.Rule{{Hosts: []string{"[*"}}, {Hosts: []string{"[2001:db8::1]"}}}, true, []int{0}},
		{"a name in a segment", []reach.Rule{paths("/t/{tenant}/x"), paths("/t/acme/x")}, true, []int{0}},
		{"a name covers an empty segment", []reach.Rule{paths("/t/{tenant}/x", "/u/{tenant}"), paths("/t//x", "/u/")}, true, []int{0}},
		{"a star for a segment does not", []reach.Rule{paths("/t/{*}/x", "/u/{*}"), paths("/t//x", "/u/")}, false, nil},
		{"a name in a host", []reach.Rule{{Hosts: []string{"{tenant}.example.com"}}, {Hosts: []string{"a.b.example.com"}}}, false, nil},
		{"a name in a host, one label", []reach.Rule{{Hosts: []string{"{tenant}.example.com"}}, {Hosts: []string{"b.example.com"}}}, true, []int{0}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			m, ok := reach.New(row.rules)
			if !ok {
				t.Fatal("gave up")
			}
			reached, by := m.Reached(len(row.rules) - 1)
			if reached == row.never || !slices.Equal(by, row.by) {
				t.Errorf("reached %v, covered by %v", reached, by)
			}
		})
	}
}

// TestBounds: however many patterns there are, New ends soon.
func TestBounds(t *testing.T) {
	var rules []reach.Rule
	for i := range 1000 {
		a := strings.Repeat(string(rune('a'+i%26)), i%17+1)
		rules = append(rules, reach.Rule{Paths: []string{"/" + a + "/{*}/x*", "*" + a, "/{*}/" + a + "/{*}", "/x/{**}/" + a}[i%4 : i%4+1 : i%4+1]})
	}
	for i := range rules {
		rules[i].Paths[0] = strings.Replace(rules[i].Paths[0], "/x*", "/x", 1)
	}
	reach.New(rules)
}
