package session

import (
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/jwt"
)

// opaque names why a text that is no JWT does not count, and who says so: it may
// be a credential of a vendor of some provider. Otherwise that is the first one.
func opaque(readers []*Provider, token jwt.Token, first *Provider) (*Provider, reason.Reason) {
	for _, p := range readers {
		if kinds := p.callers.vendor; kinds != nil && kinds.Opaque(token) {
			return p, reason.TokenOpaque
		}
	}
	return first, reason.TokenInvalid
}
