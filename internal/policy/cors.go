package policy

import (
	"slices"

	"github.com/sessiongate/sessiongate/internal/request"
)

// exposed are the headers of an answer that a page may read beside those that
// every page may.
const exposed = "www-authenticate, retry-after, x-request-id"

// appendCORS adds to the headers of an answer of our own what lets the page
// that sent the request read it (Fetch standard, "CORS protocol"). Without it
// the page sees a network error in place of the status and the reason. A filter
// for CORS does not do this for us: it may stand behind this one.
func (p *Policy) appendCORS(headers [][2]string, r *request.Request) [][2]string {
	if len(p.CORSOrigins) == 0 {
		return headers
	}
	headers = append(headers, [2]string{"vary", "origin"})
	origin, lines := r.Header("origin")
	i := slices.Index(p.CORSOrigins, origin)
	if i < 0 || lines != 1 {
		return headers
	}
	return append(headers,
		[2]string{"access-control-allow-origin", p.CORSOrigins[i]},
		[2]string{"access-control-allow-credentials", "true"},
		[2]string{"access-control-expose-headers", exposed})
}
