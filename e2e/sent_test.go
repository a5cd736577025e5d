package e2e

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/internal/testkit/requesttext"
)

// sent is a request as it goes out.
type sent struct {
	requesttext.Request
	Chunked  bool // the body comes in chunks, of unknown length
	Trailers [][2]string
	HTTP2    bool
}

// hasBody reports whether something follows the headers.
func (s sent) hasBody() bool { return s.Body != "" || s.Trailers != nil }

// hasLength reports whether the headers say how long the body is.
func (s sent) hasLength() bool { return s.Body != "" && s.Trailers == nil && !s.HTTP2 && !s.Chunked }

// parseRequest reads Row.Request and Row.Trailers, whose words in braces are
// filled in already.
func parseRequest(text, trailers string) sent {
	s := sent{Request: requesttext.Must(text), Trailers: headerLines(trailers)}
	s.Headers = slices.DeleteFunc(s.Headers, func(h [2]string) bool {
		chunked := strings.EqualFold(h[0], "transfer-encoding")
		s.Chunked = s.Chunked || chunked
		return chunked
	})
	return s
}

func headerLines(text string) [][2]string {
	lines, err := requesttext.Headers(text)
	if err != nil {
		panic(err)
	}
	return lines
}

// arriving are the headers as a filter in Envoy gets them: pseudo headers
// first, names in lower case, several lines of authorization or host joined.
func (s sent) arriving() [][2]string {
	scheme := "http"
	headers := [][2]string{{":authority", s.Authority}, {":path", s.Target}, {":method", s.Method}, {":scheme", scheme}}
	lines := slices.Clone(s.Headers)
	if s.Chunked {
		lines = append(lines, [2]string{"transfer-encoding", "chunked"})
	}
	if s.hasLength() {
		lines = append(lines, [2]string{"content-length", fmt.Sprint(len(s.Body))})
	}
	authorization, forwarded := -1, false
	for _, h := range lines {
		name := strings.ToLower(h[0])
		switch {
		case name == "host":
			headers[0][1] += "," + h[1]
			continue
		case name == "authorization" && authorization >= 0:
			headers[authorization][1] += "," + h[1]
			continue
		case name == "authorization":
			authorization = len(headers)
		case name == "x-forwarded-proto":
			forwarded = true
			headers[3][1] = h[1]
		}
		headers = append(headers, [2]string{name, h[1]})
	}
	if !forwarded {
		headers = append(headers, [2]string{"x-forwarded-proto", scheme})
	}
	return headers
}
