package requestfile

import (
	"strings"
	"testing"
)

// lines is a request as text: the pseudo headers in one line, then the others.
func lines(r Request) string {
	var out strings.Builder
	for i, h := range r.Headers {
		if i < 4 {
			out.WriteString(h[1] + " ")
			continue
		}
		out.WriteString("\n" + h[0] + ": " + h[1])
	}
	if r.HasBody {
		out.WriteString("\n(body)")
	}
	return out.String()
}

func TestParse(t *testing.T) {
	const har = `{"log": {"entries": [{"request": {"method": "GET", "url": "https://a.example/one?t=secret", "headers": []}},
		{"request": {"method": "POST", "url": "https://a.example/two", "headers": [{"name": ":authority", "value": "b.example"}, {"name": "Cookie", "value": "s=t"}], "postData": {"text": "x"}}}]}}`
	rows := map[string]struct {
		text  string
		entry int
		want  string // or the error, after "!"
	}{
		"a request line":               {"GET /a?b=c", 0, "GET https localhost /a?b=c "},
		"a version, headers, a body":   {"POST /a HTTP/1.1\r\nHost: a.example\r\nCookie: s=t\r\n\r\nx", 0, "POST https a.example /a \ncookie: s=t\n(body)"},
		"an absolute target":           {"GET http://a.example:80/a?b", 0, "GET http a.example:80 /a?b "},
		"an indented text":             {"\n  GET /a\n  Host: b\n", 0, "GET https b /a "},
		"a path with a scheme in it":   {"GET /a?u=https://b/ HTTP/2", 0, "GET https localhost /a?u=https://b/ "},
		"pseudo headers":               {":authority: a.example\n:method: PUT\n:path: /p\n:scheme: http\ncookie: s=t", 0, "PUT http a.example /p \ncookie: s=t"},
		"pseudo headers without path":  {":authority: a.example", 0, "!no :path"},
		"no request line":              {"Cookie: s=t", 0, "!\"GET /path\""},
		"a line that is no header":     {"GET /\nnothing", 0, "!\"name: value\""},
		"nothing":                      {" \n", 0, "!empty"},
		"an entry of a text":           {"GET /", 1, "!--entry is for archives"},
		"curl":                         {"curl 'https://a.example/x?y' -H 'Accept: text/html' -b 's=t; u=v' --compressed", 0, "GET https a.example /x?y \naccept: text/html\ncookie: s=t; u=v"},
		"curl, over several lines":     {"curl \\\n  -X PUT \\\r\n  --header=\"A: \\\"b\\\" \\x\" --data-raw $'a\\'\\u00e9' \\\n  http://a.example", 0, "PUT http a.example / \na: \"b\" \\x\naccept: */*\n(body)"},
		"curl, letters together":       {"curl -sSiXDELETE -H'Host: b' a.example/x#y | jq .", 0, "DELETE http b /x \naccept: */*"},
		"curl, a form of data":         {"curl --json '{}' a.example", 0, "POST http a.example / \ncontent-type: application/json\naccept: application/json\n(body)"},
		"curl, a head":                 {"curl -I a.example -u u:p -o /dev/null -A x -e y", 0, "HEAD http a.example / \nauthorization: Basic dTpw\nuser-agent: x\nreferer: y\naccept: */*"},
		"curl, data in the query":      {"curl -G -d a=b a.example", 0, "GET http a.example / \naccept: */*"},
		"curl, headers left out":       {"curl -H 'Accept:' -H 'X-Empty;' a.example", 0, "GET http a.example / \nx-empty: \naccept: */*"},
		"curl, a bearer token":         {"curl --oauth2-bearer abc a.example -T f", 0, "PUT http a.example / \nauthorization: Bearer abc\naccept: */*\n(body)"},
		"curl, two URLs":               {"curl a b", 0, "!2 URLs"},
		"curl, no URL":                 {"curl -s", 0, "!0 URLs"},
		"curl, no value":               {"curl a -H", 0, "!--header has no value"},
		"curl, a cookie file":          {"curl a -b jar", 0, "!cookies of a file"},
		"curl, an open quotation mark": {"curl 'a", 0, "!not closed"},
		"curl, of a Windows shell":     {"curl ^\"https://a.example/^\" ^\n -H ^\"a: b", 0, "!POSIX shell"},
		"an archive":                   {har, 2, "POST https b.example /two \ncookie: s=t\n(body)"},
		"an archive with several":      {har, 0, "!2 entries; choose one with --entry\n  --entry 1: GET https://a.example/one\n  --entry 2: POST https://a.example/two"},
		"an entry that is not there":   {har, 3, "!2 entries"},
		"an entry of an archive":       {`{"request": {"method": "GET", "url": "https://a.example/"}}`, 0, "GET https a.example / "},
		"a request of an archive":      {`{"method": "GET", "url": "https://a.example/"}`, 0, "GET https a.example / "},
		"an object":                    {`{"a": 1}`, 0, "!not an HTTP archive"},
		"not JSON":                     {`{"a"`, 0, "!not an HTTP archive"},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			r, err := Parse([]byte(row.text), row.entry)
			if want, fails := strings.CutPrefix(row.want, "!"); fails {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("%v, want %q", err, want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := lines(r); got != row.want {
				t.Errorf("%q\nwant\n%q", got, row.want)
			}
		})
	}
}

func TestHARWithoutCredentials(t *testing.T) {
	r, err := Parse([]byte(`{"method": "GET", "url": "https://a.example/"}`), 0)
	if err != nil || !strings.Contains(r.Note, "sensitive data") {
		t.Errorf("%q %v", r.Note, err)
	}
}

func TestNew(t *testing.T) {
	r, err := New("HEAD", "https://a.example?x", []string{"Host: b", "Cookie:s=t "})
	if got, want := lines(r), "HEAD https b /?x \ncookie: s=t"; err != nil || got != want {
		t.Errorf("%q %v", got, err)
	}
	if _, err := New("GET", "/", []string{"nothing"}); err == nil {
		t.Error("a line that is no header is taken")
	}
}

// FuzzParse: whatever is pasted, there is a request or an error that does not
// repeat what was pasted.
func FuzzParse(f *testing.F) {
	f.Add("curl -H $'a\\x41\\u1' \"b\\$\" '", 0)
	f.Add("GET / HTTP/1.1\n:path: x\n\n", 0)
	f.Add(`{"log":{"entries":[{"request":{"url":"a://"}}]}}`, 1)
	f.Fuzz(func(t *testing.T, text string, entry int) {
		r, err := Parse([]byte(text), entry)
		if err == nil && (len(r.Headers) < 4 || r.Headers[3][0] != ":path") {
			t.Errorf("%q", r.Headers)
		}
	})
}
