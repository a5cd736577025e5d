package request

import "strings"

// URL is an absolute http or https URL in parts.
type URL struct {
	Scheme string // "http" or "https"
	Host   string // lower case, with the port unless it is the scheme's default
	Target string // path and query, begins with "/"
}

// String is the URL as text.
func (u URL) String() string { return u.Scheme + "://" + u.Host + u.Target }

// WithoutParams is u without the query parameters that names take away,
// compared and removed as [Request.WithoutParams] does; a query without any of
// them stays byte for byte.
func (u URL) WithoutParams(names *Names) URL {
	u.Target, _ = withoutParams(u.Target, names, "")
	return u
}

// maxURLTarget is how long path and query of the request's own URL may be.
// Encoded into another URL they would be longer than what servers take.
const maxURLTarget = 8 << 10

// URL is the request's own URL: scheme, host with port unless default, and
// Target's path and query as they are. ok is false if there is no valid host,
// or no path that a browser could be sent back to: also one that is, with its
// query, longer than 8 KiB.
//
// The host is Host's; with trustForwarded, the first one of X-Forwarded-Host
// if it is valid. The scheme is the first of X-Forwarded-Proto, else with
// trustForwarded CloudFront-Forwarded-Proto, else the request's; what is
// neither http nor https does not count, and https is assumed if none is left.
func (r *Request) URL(trustForwarded bool) (u URL, ok bool) {
	target, form := splitTarget(r.Method, r.Target)
	if form != pathForm || len(target) > maxURLTarget {
		return URL{}, false
	}
	host, port := r.Host, r.port
	if trustForwarded {
		if h, p, valid := splitAuthority(r.firstOf("x-forwarded-host")); valid && validPort(p) {
			host, port = h, p
		}
	}
	if host == "" || !validPort(port) {
		return URL{}, false
	}
	u.Scheme = r.ownScheme(trustForwarded)
	u.Host = host
	if port = portOf(u.Scheme, port); port != "" {
		u.Host = host + ":" + port
	}
	u.Target, _, _ = strings.Cut(target, "#")
	return u, true
}

// ownScheme is the scheme of the request's own URL.
func (r *Request) ownScheme(trustForwarded bool) string {
	schemes := []string{r.firstOf("x-forwarded-proto"), "", r.Scheme}
	if trustForwarded {
		schemes[1] = r.firstOf("cloudfront-forwarded-proto")
	}
	for _, scheme := range schemes {
		if scheme = strings.ToLower(scheme); scheme == "http" || scheme == "https" {
			return scheme
		}
	}
	return "https"
}

// firstOf is the first comma-separated part of a header.
func (r *Request) firstOf(name string) string {
	value, _ := r.Header(name)
	value, _, _ = strings.Cut(value, ",")
	return trimOWS(value)
}
