package policy

import (
	"slices"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
)

// edits are the changes to a request's headers, in the order in which they are
// carried out. The identity headers are added after them.
func (p *Policy) edits(r *request.Request, rules []*compiledRule, v *verdict) []Edit {
	edits := stripped(r)
	switch {
	case v.refused != nil:
	case len(rules) == 0:
		edits.withoutGuard(p, r)
	case onlyLogs(rules):
		edits.withToken(r, &v.state)
	default:
		keep := kept(&v.state)
		if v.state.Reason == reason.CORSPreflight {
			edits.withoutOverrides(r)
		}
		edits.withoutTokens(p, r, keep)
		edits.withoutParams(r, keep)
		edits.withoutCookies(p, r, &v.state)
		edits.withPlainConnection(r)
		edits.withToken(r, &v.state)
	}
	return edits
}

// editList are changes to headers, to which methods add.
type editList []Edit

// remove removes a header, once.
func (e *editList) remove(name string) {
	if gone := (Edit{Op: Remove, Name: name}); !slices.Contains(*e, gone) {
		*e = append(*e, gone)
	}
}

// set sets a header, in place of all its lines. secret: the value may hold a
// token that was verified.
func (e *editList) set(name, value string, secret bool) {
	*e = append(*e, Edit{Op: Set, Name: name, Value: value, Sensitive: secret})
}

// withoutOverrides has a preflight become no other method on the way.
func (e *editList) withoutOverrides(r *request.Request) {
	for i := range r.Headers {
		if name := r.Headers[i][0]; request.IsMethodOverride(name) {
			e.remove(name)
		}
	}
}

// withPlainConnection takes everything out of Connection that a client has named
// there besides the upgrade. Proxies keep that header on upgrades, and the next
// hop removes the headers that it names (RFC 9110 section 7.6.1): ours, too.
func (e *editList) withPlainConnection(r *request.Request) {
	if _, upgrades := r.Header("upgrade"); upgrades == 0 {
		return
	}
	if value, lines := r.Header("connection"); lines > 1 || lines == 1 && value != "upgrade" {
		e.set("connection", "upgrade", false)
	}
}
