package requestfile

import (
	"errors"
	"strings"
)

// parseText reads a request line, lines of headers, and after an empty line the
// body. Instead of the request line there may be pseudo headers, as browsers
// copy them.
func parseText(text string) (Request, error) {
	text = strings.TrimLeft(text, " \t\r\n")
	head, body := text, ""
	if end := strings.Index(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n"); end >= 0 {
		plain := strings.ReplaceAll(text, "\r\n", "\n")
		head, body = plain[:end], plain[end+2:]
	}
	b := builder{hasBody: strings.TrimSpace(body) != ""}
	for i, line := range strings.Split(strings.TrimRight(head, "\r\n"), "\n") {
		line = strings.TrimRight(line, "\r")
		if i == 0 && !strings.HasPrefix(line, ":") {
			if err := b.requestLine(line); err != nil {
				return Request{}, err
			}
			continue
		}
		if err := b.line(strings.TrimLeft(line, " \t")); err != nil {
			return Request{}, err
		}
	}
	if b.target == "" {
		return Request{}, errors.New(`the request has no :path; write a line such as "GET /path" first`)
	}
	return b.request()
}

// requestLine takes "GET /path", with or without a version.
func (b *builder) requestLine(line string) error {
	method, rest, ok := strings.Cut(line, " ")
	if !ok || method == "" || strings.ContainsAny(method, ":/") {
		return errors.New(`the first line of a request is written as "GET /path"`)
	}
	b.method = method
	target := strings.TrimLeft(rest, " ")
	if end := strings.LastIndex(target, " HTTP/"); end >= 0 {
		target = target[:end]
	}
	if target == "" {
		return errors.New(`the first line of a request is written as "GET /path"`)
	}
	host := b.host
	b.url(target)
	b.host = host
	return nil
}
