package gate

import (
	"github.com/sessiongate/sessiongate/reason"
	"github.com/sessiongate/sessiongate/request"
	"github.com/sessiongate/sessiongate/session"
)

// tokens takes out of the request every token that was not verified, from
// every place that a provider of the configuration reads; and the verified one
// unless it is to stay where it was.
func (p *Policy) tokens(r *request.Request, edits []Edit, state *session.State) []Edit {
	var keep session.Source
	if state.Kind == session.SignedIn && !state.Renewed && state.Provider.ForwardOriginalToken {
		keep = state.Source
	}
	edits = p.tokenHeaders(r, edits, keep)
	edits = p.tokenParams(r, edits, keep)
	return p.tokenCookies(r, edits, keep, state)
}

func (p *Policy) tokenHeaders(r *request.Request, edits []Edit, keep session.Source) []Edit {
	for _, provider := range p.Providers {
		for _, source := range provider.Headers {
			for i := range r.Headers {
				name := r.Headers[i][0]
				if !request.FoldedEqual(name, source.Name) {
					continue
				}
				if name == source.Name {
					if keep == (session.Source{Kind: session.FromHeader, Name: name}) {
						continue
					}
					if found, why := r.Bearer(name, source.Prefix); !found.Present && why == reason.None {
						continue // another scheme: the upstream's affair
					}
				}
				edits = removeOnce(edits, name)
			}
		}
	}
	return edits
}

func (p *Policy) tokenParams(r *request.Request, edits []Edit, keep session.Source) []Edit {
	target, changed := r.WithoutParams(func(name string) bool {
		if keep == (session.Source{Kind: session.FromParam, Name: name}) {
			return false
		}
		for _, provider := range p.Providers {
			if provider.TokenParam(name) {
				return true
			}
		}
		return false
	})
	if changed {
		edits = append(edits, Edit{Op: Set, Name: ":path", Value: target})
	}
	return edits
}

// tokenCookies keeps of the token cookies only the one that was verified, and
// that once: a second cookie of its name was not verified.
func (p *Policy) tokenCookies(r *request.Request, edits []Edit, keep session.Source, state *session.State) []Edit {
	kept := false
	header, changed := r.WithoutCookiesFunc(func(name, value string) bool {
		if keep == (session.Source{Kind: session.FromCookie, Name: name}) && value != "" && !kept {
			kept = true
			return false
		}
		for _, provider := range p.Providers {
			if provider.TokenCookie(name) {
				return true
			}
		}
		return false
	})
	if state.Renewed && state.Provider.ForwardOriginalToken {
		// The browser will have the new cookie only after this answer; the
		// vendor's SDK in the backend would miss it on this request.
		if header != "" {
			header += "; "
		}
		header += state.Source.Name + "=" + string(state.Verified.Parsed.Token)
		changed = true
	}
	switch {
	case !changed:
		return edits
	case header == "":
		return removeOnce(edits, "cookie")
	}
	return append(edits, Edit{Op: Set, Name: "cookie", Value: header})
}

// tokenToHeader writes the verified token to the header that its provider
// names; on a request that is not signed-in, that header must not look as if.
func (p *Policy) tokenToHeader(r *request.Request, edits []Edit, state *session.State, onlyLogs bool) []Edit {
	if state.Kind == session.SignedIn {
		if name := state.Provider.TokenToHeader; name != "" {
			return append(edits, Edit{Op: Set, Name: name, Value: "Bearer " + string(state.Verified.Parsed.Token)})
		}
	}
	if onlyLogs {
		return edits
	}
	for _, provider := range p.Providers {
		if name := provider.TokenToHeader; name != "" && state.Kind != session.SignedIn {
			if found, why := r.Bearer(name, "Bearer"); found.Present || why != reason.None {
				edits = removeOnce(edits, name)
			}
		}
	}
	return edits
}
