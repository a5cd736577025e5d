package policy

import (
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
)

// kept is the one place of a request whose token stays: where the verified one
// was, if its provider has it forwarded. A token that a handshake brought was
// in no such place.
func kept(state *session.State) session.Source {
	if state.Kind == session.SignedIn && !state.Renewed() && state.Provider.ForwardOriginalToken {
		return state.Source
	}
	return session.Source{}
}

// withoutTokens takes out of the headers every token that was not verified, from
// every one that a provider of the configuration reads, or has verified tokens
// written to; and the verified one unless it stays.
func (e *editList) withoutTokens(p *Policy, r *request.Request, keep session.Source) {
	for i := 0; r.Marked(tokenIn|tokenOut) && i < len(r.Headers); i++ {
		name, value := r.Headers[i][0], r.Headers[i][1]
		switch mark := r.MarkOf(i); {
		case keep.Kind == session.FromHeader && keep.Name == name:
		case mark&tokenIn != 0 && !r.IsForeign(name) && p.mayRead(name, value),
			mark&tokenOut != 0 && mayHoldToken(value, "Bearer"):
			e.remove(name)
		}
	}
}

// mayRead reports whether the header may hold a token for a provider that reads it.
func (p *Policy) mayRead(name, value string) bool {
	return slices.ContainsFunc(p.tokenHeaders, func(source session.HeaderSource) bool {
		return request.FoldedEqual(name, source.Name) && (mayHoldToken(value, source.Prefix) || mayBeBound(value, source.Prefix))
	})
}

// mayHoldToken reports whether some reader of a header could find a token after
// prefix in it. It is wider than what counts as one (request.Bearer): a scheme
// may stand in any part between commas, in quotes, after anything that a
// reader might trim, and before anything that does not belong to its name.
// Other schemes are the upstream's affair.
func mayHoldToken(value, prefix string) bool {
	scheme := strings.TrimRight(prefix, " ")
	lax := request.IsScheme(scheme)
	if !lax {
		scheme = prefix
	}
	if strings.Count(value, ",") >= request.MaxParts {
		return true
	}
	for rest, more := value, true; more; _, rest, more = strings.Cut(rest, ",") {
		part := rest // and what follows it: a prefix may have commas of its own
		for part != "" && part[0] != ',' && (lax && !isSchemeByte(part[0]) || part[0] == ' ' || part[0] == '\t') {
			part = part[1:]
		}
		if len(part) > len(scheme) && strings.EqualFold(part[:len(scheme)], scheme) && (!lax || !isSchemeByte(part[len(scheme)])) {
			return true
		}
	}
	return false
}

// mayBeBound reports whether a header that is read with Bearer holds a token that
// is bound to a key (RFC 9449 section 7.1). It is not looked at here, and a backend
// that takes either scheme would read it.
func mayBeBound(value, prefix string) bool {
	return strings.EqualFold(strings.TrimRight(prefix, " "), "Bearer") && mayHoldToken(value, "DPoP")
}

// isSchemeByte reports whether c is one of the bytes that names of schemes have.
func isSchemeByte(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '_' || c == '.' || c == '+'
}

// withoutParams is withoutTokens for query parameters.
func (e *editList) withoutParams(r *request.Request, keep session.Source) {
	name := ""
	if keep.Kind == session.FromParam {
		name = keep.Name
	}
	if target, changed := r.WithoutParams(name); changed {
		e.set(":path", target, name != "")
	}
}

// withoutCookies keeps of the token cookies only those of the provider that hold
// the token that was verified: a vendor may write one token to two cookies, of which
// older SDKs read only one.
func (e *editList) withoutCookies(p *Policy, r *request.Request, state *session.State) {
	brought := state.Exchanged().NewCookies
	if brought != nil {
		r.Sources = p.sourcesWith(brought)
	}
	verified := "" // as it stands there, perhaps percent-encoded
	if keep := kept(state); keep.Kind == session.FromCookie {
		verified, _ = r.Cookie(keep.Name)
	}
	header, changed := r.WithoutCookies(func(name, value string) bool {
		return verified != "" && value == verified && state.Provider.TokenCookie(name)
	})
	if brought != nil {
		if !changed {
			header = strings.Join(r.Values("cookie"), "; ")
		}
		header, changed = p.withNewCookies(header, state), true
	}
	switch {
	case !changed:
	case header == "":
		e.remove("cookie")
	default:
		e.set("cookie", header, true)
	}
}

// sourcesWith are the policy's sources, with cookies that a handshake changes
// among those that are taken away.
func (p *Policy) sourcesWith(cookies []session.Cookie) *request.Sources {
	names := slices.Concat(p.guards, p.tokenCookies)
	for _, c := range cookies {
		names = append(names, c.Name)
	}
	return &request.Sources{Cookies: request.CookieNames(nil, names), Params: p.sources.Params}
}

// withNewCookies adds the cookies that a handshake has brought. The browser
// will have them only after this answer; the vendor's SDK in the backend would
// miss them on this request. Of tokens only the verified one, where it stays.
func (p *Policy) withNewCookies(header string, state *session.State) string {
	for _, c := range state.Exchanged().NewCookies {
		verified := state.Renewed() && c.Value == string(state.Verified.Token)
		token := verified || slices.Contains(p.tokenCookies, c.Name)
		if c.Value == "" || token && !(verified && state.Provider.ForwardOriginalToken) {
			continue
		}
		if header != "" {
			header += "; "
		}
		header += c.Name + "=" + c.Value
	}
	return header
}

// withToken writes a verified session token to the header that its provider names,
// in place of whatever the client wrote there, however it is spelt.
func (e *editList) withToken(r *request.Request, state *session.State) {
	if state.Kind != session.SignedIn || state.Provider.TokenToHeader == "" || state.Verified.Kind != session.SessionToken {
		return
	}
	name := state.Provider.TokenToHeader
	for i := range r.Headers {
		if other := r.Headers[i][0]; other != name && request.FoldedEqual(other, name) {
			e.remove(other)
		}
	}
	e.set(name, "Bearer "+string(state.Verified.Token), true)
}
