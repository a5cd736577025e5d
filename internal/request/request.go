// Package request is what the client sent, read once and strictly: headers,
// cookies, parameters, credentials, the request's own URL, and the ways in
// which servers could read its path.
//
// # Guarantees
//
// It reads strictly and removes widely. What counts as a credential is read in
// one way only: the first non-empty cookie of exactly that name, one value of
// a parameter, one value of a header. What is taken away is everything that
// some server would take for the same cookie or parameter (see
// [Request.WithoutCookies] and [Request.WithoutParams]).
//
// Nothing panics, whatever the client sent. Every method is linear in the
// length of what it reads, and what is not linear by nature, the readings of a
// path, is bounded and refused beyond the bound. A plain request, and a look
// that finds nothing, allocate nothing beyond the Request itself.
//
// # Requests without a path
//
// CONNECT with an authority as its target (or without one) and OPTIONS * are
// about no path. Theirs is "*", which rules without paths and the pattern "*"
// match, and no other. Any other target that neither begins with "/" nor is a
// URL in absolute form is invalid.
//
// # Limits
//
// The package knows no rules and no vendors, verifies nothing, and believes no
// forwarded header but where it is told to (see [Request.URL]).
package request

import "strings"

// Request is one request as the client sent it. It is not safe for concurrent
// use, and read-only for its users.
type Request struct {
	Method    string
	Scheme    string
	Authority string      // :authority as sent, or else the Host header
	Target    string      // :path as sent
	Host      string      // Authority in lower case, without its port; empty if it is not a valid host
	Headers   [][2]string // every header, names in lower case, pseudo headers included
	HasBody   bool        // something follows the headers: to be set after Read

	// Sources are the cookies and parameters that matter, to be set before any
	// is looked for. Others are found too, at a higher price, and stay.
	Sources *Sources

	// Foreign are the headers (in lower case) that hold another party's
	// credential, which is neither looked at nor taken away; to be set before any
	// is looked for.
	Foreign []string

	layout  *layout   // of Headers
	port    string    // of Authority, digits; empty if there is none
	single  [1]string // what Readings returns for a path with one
	several []string  // what it has returned for a path with several

	cookies cookieList
	met     *metCookies // nil: none are remembered
	params  paramList
	before  struct{ authority, host, port string } // see reset
}

// Read takes the headers as the proxy gives them, pseudo headers among them. It
// never fails: what is wrong with a part is said by the method that reads that
// part. Those who read many requests have a [Reader].
func Read(headers [][2]string) *Request {
	l := new(layout)
	l.read(headers, nil)
	r := new(Request)
	r.reset(headers, l)
	return r
}

// For has the request's cookies, parameters and headers be those of these
// sources, unless they are already.
func (r *Request) For(s *Sources) {
	r.Sources = s
	if r.layout.of != s {
		r.layout = new(layout)
		r.layout.read(r.Headers, s)
	}
}

// Clone is a copy that shares no memory with r.
func (r *Request) Clone() *Request {
	headers := make([][2]string, len(r.Headers))
	for i, h := range r.Headers {
		headers[i] = [2]string{strings.Clone(h[0]), strings.Clone(h[1])}
	}
	clone := Read(headers)
	clone.HasBody = r.HasBody
	clone.For(r.Sources)
	return clone
}
