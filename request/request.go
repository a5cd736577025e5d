// Package request is what the client sent, read once and strictly.
package request

import "github.com/sessiongate/sessiongate/reason"

// Request is one request as the client sent it.
type Request struct {
	Method    string
	Scheme    string
	Authority string      // as sent
	Target    string      // :path as sent
	Host      string      // Authority lower case, without port and trailing dot; empty if it is no valid host
	Headers   [][2]string // every header, names in lower case, pseudo headers included
}

// Read takes the headers as the proxy gives them. It never fails: what is
// wrong with a part is said by the method that reads that part.
func Read(headers [][2]string) *Request { panic("skeleton") }

// Values are the values of a header, in order; name in lower case.
func (r *Request) Values(name string) []string { panic("skeleton") }

// Header is the first value of a header, and whether it is there.
func (r *Request) Header(name string) (string, bool) { panic("skeleton") }

// Cookie is the first non-empty value among the cookies of that name (as it
// stands, not percent-decoded), and whether any cookie of that name is there.
// Names are case-sensitive; all cookie lines are read as one.
func (r *Request) Cookie(name string) (value string, present bool) { panic("skeleton") }

// WithoutCookies is the cookie header without the named cookies, every other
// byte of the others kept; changed is false if none of them was there. An
// empty header means that nothing is left.
func (r *Request) WithoutCookies(names func(name string) bool) (header string, changed bool) {
	panic("skeleton")
}

// Param is the value of a query parameter, form-decoded. Several equal values
// count as one; different ones are reason.AuthorizationAmbiguous.
func (r *Request) Param(name string) (value string, present bool, bad reason.Reason) {
	panic("skeleton")
}

// FirstParam is the first value of a query parameter, form-decoded.
func (r *Request) FirstParam(name string) (value string, present bool) { panic("skeleton") }

// WithoutParams is Target without the named query parameters (names compared
// form-decoded), every other byte kept; changed is false if none was there.
func (r *Request) WithoutParams(names func(name string) bool) (target string, changed bool) {
	panic("skeleton")
}

// Credential is the token in a header.
type Credential struct {
	Value   string // without the scheme
	Present bool   // the header is there with this scheme and a token
}

// Bearer reads a header whose value is prefix and a token. A prefix of
// letters is a scheme: without regard to case, then at least one space; the
// prefix may be given with or without that space. Any other prefix, also the
// empty one, is matched as it stands. See the reference for what is ambiguous.
func (r *Request) Bearer(header, prefix string) (Credential, reason.Reason) { panic("skeleton") }

// Readings are the paths that servers could read in Target, without
// duplicates, the first being the path as sent. The reason is PathInvalid.
func (r *Request) Readings() ([]string, reason.Reason) { panic("skeleton") }

// Path is Target without query, and without scheme and authority if it is in
// absolute form; "/" if empty.
func (r *Request) Path() string { panic("skeleton") }

// URL is the request's own URL: scheme, host with port unless default, and
// Target's path and query as they are. ok is false if there is no valid host.
func (r *Request) URL(trustForwarded bool) (u URL, ok bool) { panic("skeleton") }

// URL is an absolute http or https URL in parts.
type URL struct {
	Scheme string // "http" or "https"
	Host   string // lower case, with the port unless it is the scheme's default
	Target string // path and query, begins with "/"
}

// String is the URL as text.
func (u URL) String() string { return u.Scheme + "://" + u.Host + u.Target }

// IsDocument tells whether a browser navigates: a GET with Sec-Fetch-Dest
// document or iframe, or without it and an Accept that starts with text/html.
func (r *Request) IsDocument() bool { panic("skeleton") }

// IsGRPC: content-type application/grpc or application/grpc+….
func (r *Request) IsGRPC() bool { panic("skeleton") }

// IsUpgrade: a WebSocket or other protocol upgrade, HTTP/1 or extended CONNECT.
func (r *Request) IsUpgrade() bool { panic("skeleton") }

// IsPreflight: OPTIONS with one Origin and one Access-Control-Request-Method,
// without Authorization, Cookie or body (Content-Length, Transfer-Encoding).
func (r *Request) IsPreflight() bool { panic("skeleton") }
