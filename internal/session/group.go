package session

import (
	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/jwt"
)

// Options are the settings of the whole configuration that matter here.
type Options struct {
	MaxTokenBytes  int  // of a session token; a handshake token may have four times that
	TrustForwarded bool // see request.URL
	// Private are the query parameters that are left out of URLs that are
	// handed on, because they hold tokens.
	Private *request.Names
	// Headers appends what the upstream is told of a verified token. That is done
	// once, and kept with it. nil: nothing.
	Headers func(headers [][2]string, p *Provider, v *Verified) [][2]string
	// ReadsClaims reports whether anything but Headers looks at what a verified
	// token says. Without it, only the headers are kept with a token.
	ReadsClaims bool
}

// Group is the providers that a rule asks, with the places they read.
type Group struct {
	providers []*Provider
	headers   []place[HeaderSource]
	params    []place[string]
	options   Options
}

// place is somewhere a token may be, with the providers that read it there.
type place[T comparable] struct {
	at      T
	readers []*Provider
}

// NewGroup makes a group of at least one provider.
func NewGroup(providers []*Provider, options Options) *Group {
	g := &Group{providers: providers, options: options}
	for _, p := range providers {
		for _, h := range p.Headers {
			g.headers = addReader(g.headers, h, p)
		}
		for _, name := range p.Params {
			g.params = addReader(g.params, name, p)
		}
	}
	return g
}

func addReader[T comparable](places []place[T], at T, p *Provider) []place[T] {
	for i := range places {
		if places[i].at == at {
			places[i].readers = append(places[i].readers, p)
			return places
		}
	}
	return append(places, place[T]{at, []*Provider{p}})
}

// State names the state of a request's session: the first token in a header or
// a parameter decides alone, else the cookies do. Credentials that two readers
// could read differently are SignedOut with reason.AuthorizationAmbiguous.
func (g *Group) State(r *request.Request, c *Checker) (state State) {
	var token string
	var source Source
	var readers []*Provider
	for i := range g.headers {
		h := &g.headers[i]
		found, why := r.Bearer(h.at.Name, h.at.Prefix)
		if why != reason.None {
			return State{Reason: why, Provider: h.readers[0], TokenSeen: true}
		}
		if found.Present && readers == nil && !r.IsForeign(h.at.Name) {
			token, readers = found.Value, h.readers
			source.Kind, source.Name = FromHeader, h.at.Name
		}
	}
	for i := range g.params {
		q := &g.params[i]
		value, _, why := r.Param(q.at)
		if why != reason.None {
			return State{Reason: why, Provider: q.readers[0], TokenSeen: true}
		}
		if value != "" && readers == nil {
			token, readers = value, q.readers
			source.Kind, source.Name = FromParam, q.at
		}
	}
	if readers == nil {
		return g.fromCookies(r, c)
	}
	return g.explicit(Visit{nil, r, c, &g.options}, readers, jwt.Token(token), source)
}

// explicit judges a token that came in a header or a parameter: its issuer
// picks the provider.
func (g *Group) explicit(v Visit, readers []*Provider, token jwt.Token, source Source) (state State) {
	owner, t := g.owner(v.Checker, token, readers)
	if owner == nil {
		return State{Reason: reason.TokenInvalidIssuer, Provider: readers[0], Source: source, TokenSeen: true, Foreign: true}
	}
	v.Provider = owner
	if t.Why == reason.TokenInvalid {
		v.Provider, t.Why = opaque(readers, token, owner)
	}
	state = v.Settle(&t, source)
	if state.Kind == SignedOut {
		state = v.Provider.instance.FromHeader(v, state)
	}
	v.judge(&state)
	return state
}

// owner picks the provider of a token, which is read on the way. Where only
// one reads that place, or the token is malformed, it is the first; nil if the
// token names an issuer of none of them.
func (g *Group) owner(c *Checker, token jwt.Token, readers []*Provider) (*Provider, Reading) {
	for _, p := range readers {
		if t := c.find(p, token, &g.options); t.cached != nil {
			return p, t
		}
	}
	t := c.parse(readers[0], token, &g.options)
	if t.Why != reason.None || len(readers) == 1 {
		return readers[0], t
	}
	for _, p := range readers {
		if p.Owns(t.Claims) {
			return p, t
		}
	}
	return nil, t
}
