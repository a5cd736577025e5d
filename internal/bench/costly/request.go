package costly

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Request is one dear request. Names of headers are in lower case.
type Request struct {
	Name      string // of the file, without its extension
	About     string // what is dear in it, in one line
	HTTP2     bool   // it is one only in HTTP/2
	Method    string
	Target    string
	Authority string
	Headers   [][2]string
}

// Words are directives of the caller's own, such as tokens, by their name.
type Words map[string]func(args ...string) (string, error)

const extension = ".txt"

// ReadAll reads every request of a folder, sorted by name.
func ReadAll(folder fs.FS, words Words) ([]Request, error) {
	files, err := fs.Glob(folder, "*"+extension)
	if err != nil || len(files) == 0 {
		return nil, errors.Join(err, fmt.Errorf("no files *%s", extension))
	}
	slices.Sort(files)
	all := make([]Request, len(files))
	for i, file := range files {
		text, err := fs.ReadFile(folder, file)
		if err == nil {
			all[i], err = Read(string(text), words)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		all[i].Name = strings.TrimSuffix(path.Base(file), extension)
	}
	return all, nil
}

// Read reads one request: comments, a request line, and lines of headers.
func Read(text string, words Words) (Request, error) {
	r := Request{Authority: "app.example.com"}
	for strings.HasPrefix(text, "#") {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		r.About = strings.TrimSpace(r.About + " " + strings.TrimSpace(line[1:]))
	}
	text, err := expand(text, words)
	if err != nil {
		return r, err
	}
	lines := bufio.NewScanner(strings.NewReader(text))
	lines.Buffer(nil, maxText+1)
	lines.Scan()
	if err := r.requestLine(lines.Text()); err != nil {
		return r, err
	}
	for lines.Scan() {
		if err := r.headerLine(lines.Text()); err != nil {
			return r, err
		}
	}
	return r, lines.Err()
}

// requestLine reads method, target and perhaps "HTTP/2". There may be spaces in
// a target, which servers are lax about.
func (r *Request) requestLine(line string) error {
	line, r.HTTP2 = strings.CutSuffix(line, " HTTP/2")
	var ok bool
	if r.Method, r.Target, ok = strings.Cut(line, " "); !ok || r.Method == "" || r.Target == "" {
		return fmt.Errorf("not a request line: %.40q", line)
	}
	return nil
}

func (r *Request) headerLine(line string) error {
	if line = strings.TrimSpace(line); line == "" {
		return nil
	}
	name, value, ok := strings.Cut(line, ":")
	if name, value = strings.ToLower(name), strings.TrimSpace(value); !ok || name == "" {
		return fmt.Errorf("not a header: %.40q", line)
	}
	if name == "host" {
		r.Authority = value
	} else {
		r.Headers = append(r.Headers, [2]string{name, value})
	}
	return nil
}

// HTTP1 is the request as HTTP/1.1 has it.
func (r *Request) HTTP1() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nhost: %s\r\n", r.Method, r.Target, r.Authority)
	for _, h := range r.Headers {
		fmt.Fprintf(&b, "%s: %s\r\n", h[0], h[1])
	}
	b.WriteString("\r\n")
	return []byte(b.String())
}

// Lines are the request's headers as a proxy hands them to a filter.
func (r *Request) Lines() [][2]string {
	return append([][2]string{
		{":authority", r.Authority}, {":path", r.Target}, {":method", r.Method}, {":scheme", "http"},
	}, r.Headers...)
}
