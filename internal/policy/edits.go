package policy

import (
	"github.com/sessiongate/sessiongate/internal/request"
)

// edits are the changes to a request's headers, in the order in which they are
// carried out. The identity headers are added after them.
func (p *Policy) edits(r *request.Request, rules []*compiledRule, v *verdict) []Edit {
	edits := stripped(r)
	switch {
	case v.way == isRefused:
		return edits
	case v.way == isSkipped:
		return p.withoutGuard(edits, r)
	}
	if !onlyLogs(rules) {
		keep := p.kept(&v.state)
		if v.way == isPreflight {
			edits = withoutOverrides(edits, r)
		}
		edits = p.withoutTokens(edits, r, keep)
		edits = p.withoutParams(edits, r, keep)
		edits = p.withoutCookies(edits, r, &v.state)
		edits = p.withoutLookalikes(edits, r, keep)
		edits = withPlainConnection(edits, r)
	}
	return p.withToken(edits, r, &v.state)
}

// without removes a header, once.
func without(edits []Edit, name string) []Edit {
	for i := range edits {
		if edits[i].Op == Remove && edits[i].Name == name {
			return edits
		}
	}
	return append(edits, Edit{Op: Remove, Name: name})
}

// withoutOverrides has a preflight become no other method on the way.
func withoutOverrides(edits []Edit, r *request.Request) []Edit {
	for i := range r.Headers {
		if name := r.Headers[i][0]; request.IsMethodOverride(name) {
			edits = without(edits, name)
		}
	}
	return edits
}

// withPlainConnection takes everything out of Connection that a client has named
// there besides the upgrade. Proxies keep that header on upgrades, and the next
// hop removes the headers that it names (RFC 9110 section 7.6.1): ours, too.
func withPlainConnection(edits []Edit, r *request.Request) []Edit {
	if _, upgrades := r.Header("upgrade"); !upgrades {
		return edits
	}
	if value, there := r.Header("connection"); there && (value != "upgrade" || r.Count("connection") > 1) {
		return append(edits, Edit{Op: Set, Name: "connection", Value: "upgrade"})
	}
	return edits
}
