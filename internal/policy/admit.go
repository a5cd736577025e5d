package policy

import (
	"slices"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
)

// sameSession reports whether two rules found the same user in a request, or
// both nobody.
func sameSession(a, b *session.State) bool {
	if a.Kind != session.SignedIn || b.Kind != session.SignedIn {
		return a.Kind != session.SignedIn && b.Kind != session.SignedIn
	}
	return a.Provider == b.Provider && a.Verified.Token == b.Verified.Token
}

// passes reports whether a rule lets a request in that state through, and if
// not, why.
func (p *Policy) passes(r *request.Request, rule *compiledRule, state *session.State) (why reason.Reason, passes bool) {
	switch state.Kind {
	case session.SignedIn:
		if !p.originAllowed(r, state) {
			return reason.OriginNotAllowed, false
		}
		return state.Refused, state.Refused == reason.None
	case session.Handshake, session.NeedsKeys:
		return state.Reason, false
	}
	undecided := state.Reason == reason.AuthorizationAmbiguous || state.Reason == reason.KeysUnavailable
	return state.Reason, rule.auth == Optional && !undecided
}

// originAllowed: a cookie is sent by the browser whoever made the page, so
// where the allowed origins are known, nobody else's page may write with it.
func (p *Policy) originAllowed(r *request.Request, state *session.State) bool {
	if p.AllowedOrigins == nil || state.Source.Kind != session.FromCookie {
		return true
	}
	if !r.IsUpgrade() && onlyReads(r) {
		return true
	}
	refused := func(origin string) bool { return !slices.Contains(p.AllowedOrigins, origin) }
	return !slices.ContainsFunc(r.Values("origin"), refused)
}

// onlyReads reports whether a request is a GET or HEAD in every way that a
// server could read its method.
func onlyReads(r *request.Request) bool {
	writes := false
	valid := r.Methods(func(method string) { writes = writes || method != "GET" && method != "HEAD" })
	return valid && !writes
}
