// Package requesttext reads requests as the rows of tests write them.
package requesttext

import (
	"fmt"
	"strings"
)

// Request is what a text says. Nothing is put in order: names are as they are
// written, and lines come as often as they do.
type Request struct {
	Method, Target, Authority string
	Headers                   [][2]string // without the first Host
	Body                      string
}

// Authority is that of a request without a line "Host".
const Authority = "app.example.com"

// Parse reads a request line (method and target, or a target alone, or none:
// GET and "/"), lines of headers, and after an empty line the body. White space
// around lines does not count.
func Parse(text string) (Request, error) {
	head, body, _ := strings.Cut(strings.TrimLeft(text, " \t\n"), "\n\n")
	r := Request{Method: "GET", Target: "/", Authority: Authority, Body: strings.Trim(body, " \t\n")}
	first, rest, _ := strings.Cut(head, "\n")
	switch method, target, _ := strings.Cut(strings.TrimSpace(first), " "); {
	case strings.HasPrefix(method, "/"):
		r.Target = strings.TrimSpace(first)
	case method != "" && !strings.Contains(method, ":"):
		r.Method, r.Target = method, target
	default:
		rest = head
	}
	headers, err := Headers(rest)
	for i, h := range headers {
		if strings.EqualFold(h[0], "host") {
			r.Authority = h[1]
			headers = append(headers[:i], headers[i+1:]...)
			break
		}
	}
	r.Headers = headers
	return r, err
}

// Headers reads lines of "name: value". A pseudo header's colon belongs to its
// name.
func Headers(text string) (all [][2]string, err error) {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		colon := strings.IndexByte(line[1:], ':') + 1
		if colon == 0 {
			return nil, fmt.Errorf("not a header line: %s", line)
		}
		all = append(all, [2]string{line[:colon], strings.TrimSpace(line[colon+1:])})
	}
	return all, nil
}

// Must is Parse for a text that is known to be right.
func Must(text string) Request {
	r, err := Parse(text)
	if err != nil {
		panic(err)
	}
	return r
}

// Arriving are the headers as a proxy hands them on: pseudo headers first, then
// names in lower case.
func (r Request) Arriving(scheme string) [][2]string {
	all := [][2]string{{":authority", r.Authority}, {":path", r.Target}, {":method", r.Method}, {":scheme", scheme}}
	for _, h := range r.Headers {
		all = append(all, [2]string{strings.ToLower(h[0]), h[1]})
	}
	return all
}
