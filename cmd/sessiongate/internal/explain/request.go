package explain

import (
	"errors"
	"strings"
)

// request makes the headers of the request as a proxy sees them.
func (e *explanation) request(url string) ([][2]string, error) {
	scheme, rest, absolute := strings.Cut(url, "://")
	authority, target := "localhost", url
	if absolute {
		authority, target = rest, "/"
		if i := strings.IndexAny(rest, "/?"); i >= 0 {
			authority, target = rest[:i], rest[i:]
		}
	} else {
		scheme = "https"
	}
	headers := [][2]string{{":method", e.method}, {":scheme", scheme}, {":authority", authority}, {":path", target}}
	for _, h := range e.headers {
		name, value, ok := strings.Cut(h, ":")
		if name = strings.ToLower(strings.TrimSpace(name)); !ok || name == "" {
			return nil, errors.New(`a header is written as "name: value"`)
		}
		value = strings.Trim(value, " \t")
		if name == "host" {
			headers[2][1] = value
			continue
		}
		headers = append(headers, [2]string{name, value})
	}
	return headers, nil
}
