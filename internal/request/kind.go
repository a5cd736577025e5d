package request

import "strings"

// IsDocument reports whether a browser navigates: a GET with Sec-Fetch-Dest
// document or iframe, or without it and an Accept that starts with text/html.
func (r *Request) IsDocument() bool {
	if r.Method != "GET" {
		return false
	}
	if dest := r.first(slotFetchDest); dest != "" {
		return dest == "document" || dest == "iframe"
	}
	return hasPrefixFold(r.first(slotAccept), "text/html")
}

// IsGRPC reports whether the content type is application/grpc or
// application/grpc+…, but not application/grpc-web.
func (r *Request) IsGRPC() bool {
	const grpc = "application/grpc"
	contentType := r.first(slotContentType)
	if !hasPrefixFold(contentType, grpc) {
		return false
	}
	rest := contentType[len(grpc):]
	return rest == "" || rest[0] == '+' || rest[0] == ';' || isOWS(rest[0])
}

// IsUpgrade reports whether the request wants another protocol on its
// connection, such as WebSocket: CONNECT, or an Upgrade header. Envoy shows
// the extended CONNECT of HTTP/2 (RFC 8441) as a GET with an Upgrade header.
// Connection is not asked: without it a server may still upgrade.
func (r *Request) IsUpgrade() bool {
	return r.Method == "CONNECT" || r.first(slotUpgrade) != ""
}

// IsPreflight reports whether a browser asks for permission (Fetch standard,
// "CORS-preflight fetch"): OPTIONS with one Origin and one
// Access-Control-Request-Method, without Authorization, Cookie or body.
func (r *Request) IsPreflight() bool {
	if r.HasBody || r.Method != "OPTIONS" || !r.hasOne("origin") || !r.hasOne("access-control-request-method") {
		return false
	}
	for i := range r.Headers {
		switch r.Headers[i][0] {
		case "authorization", "cookie", "transfer-encoding":
			return false
		case "content-length":
			if r.Headers[i][1] != "0" {
				return false
			}
		}
	}
	return true
}

// hasOne reports whether a header has exactly one value, of one word.
func (r *Request) hasOne(name string) bool {
	value, lines := r.Header(name)
	return lines == 1 && value != "" && !strings.ContainsAny(value, ", \t")
}
