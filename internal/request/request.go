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
	HasBody   bool        // something follows the headers: to be set after Read or Reset

	// Sources are the cookies and parameters that matter, to be set before any
	// is looked for. Others are found too, at a higher price, and stay.
	Sources *Sources

	// Foreign are the headers (in lower case) that hold another party's
	// credential, which is neither looked at nor taken away; to be set before any
	// is looked for.
	Foreign []string

	port    string    // of Authority, digits; empty if there is none
	single  [1]string // what Readings returns for a path with one
	several []string  // what it has returned for a path with several

	cookies cookieList
	params  paramList
	before  struct{ authority, host, port string } // see Reset
}

// Read takes the headers as the proxy gives them, pseudo headers among them,
// and keeps the slice where the names are in lower case already. It never
// fails: what is wrong with a part is said by the method that reads that part.
func Read(headers [][2]string) *Request {
	r := &Request{Headers: withLowerNames(headers)}
	r.readPseudo()
	r.Host, r.port, _ = splitAuthority(r.Authority)
	return r
}

// Reset makes r the request of these headers, as [Read] does, for those who
// use one Request after the other. What was read out of r before is void.
func (r *Request) Reset(headers [][2]string) {
	// The memory of the lists is used again; it is bounded.
	*r = Request{
		Headers: withLowerNames(headers), before: r.before,
		cookies: cookieList{all: r.cookies.all[:0]}, params: paramList{all: r.params.all[:0]},
	}
	r.readPseudo()
	// Most requests have the authority of the one before.
	if r.Authority != r.before.authority {
		r.before.authority = strings.Clone(r.Authority)
		r.before.host, r.before.port, _ = splitAuthority(r.before.authority)
	}
	r.Host, r.port = r.before.host, r.before.port
}

// readPseudo finds the pseudo headers, and Host, which stands for :authority
// where that is missing.
func (r *Request) readPseudo() {
	host := ""
	for i := range r.Headers {
		name, value := r.Headers[i][0], r.Headers[i][1]
		if name == "" {
			continue
		}
		if name[0] != ':' {
			if host == "" && name == "host" {
				host = value
			}
			continue
		}
		switch name {
		case ":method":
			setFirst(&r.Method, value)
		case ":scheme":
			setFirst(&r.Scheme, value)
		case ":authority":
			setFirst(&r.Authority, value)
		case ":path":
			setFirst(&r.Target, value)
		}
	}
	setFirst(&r.Authority, host)
}

// Clone is a copy that shares no memory with r.
func (r *Request) Clone() *Request {
	headers := make([][2]string, len(r.Headers))
	for i, h := range r.Headers {
		headers[i] = [2]string{strings.Clone(h[0]), strings.Clone(h[1])}
	}
	clone := Read(headers)
	clone.HasBody = r.HasBody
	return clone
}

func setFirst(field *string, value string) {
	if *field == "" {
		*field = value
	}
}
