// Package requestfile reads requests as people have them at hand: as text, as
// curl's command line, and as an entry of an HTTP archive (HAR).
//
// # Limits
//
// What a proxy in front of the filter would change is not changed, with one
// exception: a target in absolute form becomes authority and path, as Envoy has
// it.
package requestfile

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// Request is a request as a proxy gives it to the filter.
type Request struct {
	// Headers are lines of name and value, names in lower case, pseudo headers
	// among them.
	Headers [][2]string
	HasBody bool
	// Note tells people what may be missing in the request; mostly empty.
	Note string
}

// Parse reads one request. It finds out by itself what the text is: curl's
// command line begins with "curl", an archive with "{". Of an archive with
// several entries, entry is the one, counted from 1; 0 stands for the only one.
func Parse(text []byte, entry int) (Request, error) {
	switch first := bytes.TrimSpace(text); {
	case len(first) == 0:
		return Request{}, errors.New("the request is empty")
	case first[0] == '{':
		return parseHAR(first, entry)
	case entry != 0:
		return Request{}, errors.New("--entry is for archives (HAR)")
	case bytes.HasPrefix(first, []byte("curl ")) || bytes.HasPrefix(first, []byte("curl\t")):
		return parseCurl(string(first))
	}
	return parseText(string(text))
}

// New makes a request of a method, a URL or path, and lines of headers. The URL
// is taken as it stands, without decoding.
func New(method, url string, lines []string) (Request, error) {
	b := builder{method: method}
	b.url(url)
	for _, line := range lines {
		if err := b.line(line); err != nil {
			return Request{}, err
		}
	}
	return b.request()
}

// builder puts a request together.
type builder struct {
	method, scheme, authority, target string
	absolute                          bool // the authority is that of the target
	host                              string
	headers                           [][2]string
	hasBody                           bool
}

// url takes an absolute URL apart, or keeps a path.
func (b *builder) url(url string) {
	scheme, rest, absolute := strings.Cut(url, "://")
	if strings.ContainsAny(scheme, "/?#") {
		absolute = false
	}
	b.target, b.absolute = url, absolute
	if !absolute {
		return
	}
	b.scheme, b.authority, b.target = strings.ToLower(scheme), rest, "/"
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		b.authority, b.target = rest[:end], rest[end:]
	}
	if b.target[0] != '/' {
		b.target = "/" + b.target
	}
}

// line takes a header, "name: value".
func (b *builder) line(line string) error {
	at := 0
	if strings.HasPrefix(line, ":") {
		at = 1 // a pseudo header
	}
	colon := strings.IndexByte(line[at:], ':')
	if colon < 0 || strings.TrimSpace(line[at:at+colon]) == "" {
		return fmt.Errorf(`a header is written as "name: value"`)
	}
	name, value := line[:at+colon], line[at+colon+1:]
	b.header(strings.TrimSpace(name), strings.Trim(value, " \t\r"))
	return nil
}

func (b *builder) header(name, value string) {
	switch name = strings.ToLower(name); name {
	case ":method":
		b.method = value
	case ":scheme":
		b.scheme = value
	case ":authority":
		b.authority = value
	case ":path":
		b.target = value
	case "host":
		b.host = value
	default:
		b.headers = append(b.headers, [2]string{name, value})
	}
}

// request is what was put together, with what is missing filled in: GET, https,
// localhost.
func (b *builder) request() (Request, error) {
	if b.method == "" {
		b.method = "GET"
	}
	if b.scheme == "" {
		b.scheme = "https"
	}
	if b.host != "" {
		b.authority = b.host
	}
	if b.authority == "" && !b.absolute {
		b.authority = "localhost"
	}
	pseudo := [][2]string{{":method", b.method}, {":scheme", b.scheme}, {":authority", b.authority}, {":path", b.target}}
	return Request{Headers: append(pseudo, b.headers...), HasBody: b.hasBody}, nil
}
