package costly

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRead(t *testing.T) {
	words := Words{"join": func(args ...string) (string, error) {
		if len(args) == 0 {
			return "", errors.New("nothing to join")
		}
		return strings.Join(args, "+"), nil
	}}
	for name, test := range map[string]struct {
		text string
		want Request
	}{
		"plain":       {"GET /a?b=c", Request{Method: "GET", Target: "/a?b=c"}},
		"comments":    {"# what is dear,\n#and why\nGET /", Request{About: "what is dear, and why", Method: "GET", Target: "/"}},
		"http/2":      {"GET /a HTTP/2", Request{Method: "GET", Target: "/a", HTTP2: true}},
		"headers":     {"POST /\nHost: b.example:80\nX-A:  1 \n\nx-a: 2\n", Request{Method: "POST", Target: "/", Authority: "b.example:80", Headers: [][2]string{{"x-a", "1"}, {"x-a", "2"}}}},
		"repeat":      {"GET /{repeat 3 \"a\" `}{`}b", Request{Method: "GET", Target: "/a}{a}{a}{b"}},
		"in lines":    {"GET /\n{repeat 2 \"x-\" {n} \": v\\n\"}", Request{Method: "GET", Target: "/", Headers: [][2]string{{"x-0", "v"}, {"x-1", "v"}}}},
		"nested":      {`GET /{repeat 2 {repeat 2 {n} "."} {n} ";"}`, Request{Method: "GET", Target: "/0.1.0;0.1.1;"}},
		"base64":      {"GET /{base64 `{\"a\"` \":1}\"}", Request{Method: "GET", Target: "/eyJhIjoxfQ"}},
		"of a caller": {`GET /{join a 12 "b c"}`, Request{Method: "GET", Target: "/a+12+b c"}},
	} {
		t.Run(name, func(t *testing.T) {
			if test.want.Authority == "" {
				test.want.Authority = "app.example.com"
			}
			got, err := Read(test.text, words)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	for name, text := range map[string]string{
		"nothing": "", "no target": "GET", "no header": "GET /\nnothing", "no name": "GET /\n: x",
		"a brace": "GET /{", "an open directive": "GET /{repeat 2 \"a\"", "an open string": "GET /{repeat 2 \"a}",
		"an unknown word": "GET /{again 2 \"a\"}", "no number": "GET /{repeat \"a\"}", "no turns": "GET /{repeat 0 \"a\"}",
		"a caller's error": "GET /{join}", "too long": `GET /{repeat 1048576 "ab"}`, "too long in steps": `GET /{repeat 1000 {repeat 1000 "ab"}}`,
		"too long together": `GET /{repeat 600000 "a"}{repeat 600000 "a"}`,
	} {
		if got, err := Read(text, words); err == nil {
			t.Errorf("%s: read as %.60v", name, got)
		}
	}
}

func TestForms(t *testing.T) {
	r, err := Read("GET /a\nX-A: 1\nCookie: a=b", nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(r.HTTP1()), "GET /a HTTP/1.1\r\nhost: app.example.com\r\nx-a: 1\r\ncookie: a=b\r\n\r\n"; got != want {
		t.Errorf("%q", got)
	}
	if lines := r.Lines(); len(lines) != 6 || lines[1] != [2]string{":path", "/a"} || lines[5] != [2]string{"cookie", "a=b"} {
		t.Errorf("%q", lines)
	}
}

// TestFiles: every file of the repository can be read, says what it is about,
// and is let in by a proxy with Envoy's limits: 60 KiB and 100 headers.
func TestFiles(t *testing.T) {
	forged := func(...string) (string, error) { return strings.Repeat("x", 10), nil }
	all, err := ReadAll(os.DirFS("requests"), Words{"new": forged, "forged": forged, "forged-without-kid": forged, "forged-handshake": forged})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 30 {
		t.Errorf("%d files", len(all))
	}
	for _, r := range all {
		size := 0
		for _, line := range r.Lines() {
			size += len(line[0]) + len(line[1])
		}
		if r.About == "" || size > 60<<10 || len(r.Headers) > 100 {
			t.Errorf("%s: about %q, %d bytes, %d headers", r.Name, r.About, size, len(r.Headers))
		}
	}
	if _, err := ReadAll(os.DirFS(t.TempDir()), nil); err == nil {
		t.Error("a folder without files is fine")
	}
}
