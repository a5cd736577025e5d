package requesttext

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParse(t *testing.T) {
	for name, row := range map[string]struct {
		text string
		want Request
	}{
		"nothing":             {"", Request{Method: "GET", Target: "/", Authority: Authority}},
		"a request line":      {"PUT /a?b=c", Request{Method: "PUT", Target: "/a?b=c", Authority: Authority}},
		"an empty target":     {"GET ", Request{Method: "GET", Authority: Authority}},
		"a target":            {"/a?b=c d", Request{Method: "GET", Target: "/a?b=c d", Authority: Authority}},
		"a header alone":      {"Cookie: a=b", Request{Method: "GET", Target: "/", Authority: Authority, Headers: [][2]string{{"Cookie", "a=b"}}}},
		"a target in full":    {"GET http://a/b", Request{Method: "GET", Target: "http://a/b", Authority: Authority}},
		"lines with tabs":     {"\n\t\tGET /\n\t\tA:b\n\t\t:path: /x", Request{Method: "GET", Target: "/", Authority: Authority, Headers: [][2]string{{"A", "b"}, {":path", "/x"}}}},
		"the first host only": {"GET /\nhost: a\nHost: b", Request{Method: "GET", Target: "/", Authority: "a", Headers: [][2]string{{"Host", "b"}}}},
		"a body":              {"POST /\nA: b\n\n  x\n\ny\n", Request{Method: "POST", Target: "/", Authority: Authority, Headers: [][2]string{{"A", "b"}}, Body: "x\n\ny"}},
	} {
		got, err := Parse(row.text)
		if diff := cmp.Diff(row.want, got); diff != "" || err != nil {
			t.Errorf("%s: %v\n%s", name, err, diff)
		}
	}
	if _, err := Parse("GET /\nno header"); err == nil {
		t.Error("a line that is no header is read")
	}
}
