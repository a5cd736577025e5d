package policy

import (
	"strings"

	"github.com/sessiongate/sessiongate/internal/request"
)

// challenge is the WWW-Authenticate value (RFC 6750 section 3); empty for an
// answer without one. Without a token it names no error. The texts are the
// package reason's own: printable ASCII without quotes, which a test holds them
// to. Where the request is for a protected resource, it says where clients learn
// how to get a token (RFC 9728 section 5.1), and for which scopes.
func (p *Policy) challenge(r *request.Request, a *answer, tokenSeen bool) string {
	if a.kind.challenge == "" {
		return ""
	}
	all := make([]string, 0, 6)
	if r.Host != "" {
		all = append(all, `realm="`+r.Host+`"`)
	}
	if a.kind != &unauthorized || tokenSeen {
		all = append(all, `error="`+a.kind.challenge+`"`, `error_description="`+a.why.Error()+`"`)
	}
	if a.maxAge != "" {
		all = append(all, `max_age="`+a.maxAge+`"`) // RFC 9470 section 3
	}
	if resource := p.resourceOf(r); resource != nil {
		all = append(all, resource.challenge)
		if a.scope != "" {
			all = append(all, a.scope)
		}
	}
	return strings.TrimRight("Bearer "+strings.Join(all, ", "), " ")
}
