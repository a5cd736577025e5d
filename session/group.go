package session

import (
	"github.com/sessiongate/sessiongate/jwt"
	"github.com/sessiongate/sessiongate/reason"
	"github.com/sessiongate/sessiongate/request"
)

// Options are the settings of the whole configuration that matter here.
type Options struct {
	MaxTokenBytes  int  // of a session token; a handshake token may have four times that
	TrustForwarded bool // see request.URL
	// Private tells which query parameters are left out of URLs that are
	// handed on, because they hold tokens.
	Private func(name string) bool
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
func (g *Group) State(r *request.Request, c *Checker) State {
	var token string
	var source Source
	var readers []*Provider
	for i := range g.headers {
		h := &g.headers[i]
		found, why := r.Bearer(h.at.Name, h.at.Prefix)
		if why != reason.None {
			return State{Reason: why, Provider: h.readers[0], TokenSeen: true}
		}
		if found.Present && readers == nil {
			token, source, readers = found.Value, Source{FromHeader, h.at.Name}, h.readers
		}
	}
	for i := range g.params {
		q := &g.params[i]
		value, _, why := r.Param(q.at)
		if why != reason.None {
			return State{Reason: why, Provider: q.readers[0], TokenSeen: true}
		}
		if value != "" && readers == nil {
			token, source, readers = value, Source{FromParam, q.at}, q.readers
		}
	}
	if readers != nil {
		return g.explicit(r, c, jwt.Token(token), source, readers)
	}
	return g.fromCookies(r, c)
}

// explicit judges a token that came in a header or a parameter: its issuer
// picks the provider.
func (g *Group) explicit(r *request.Request, c *Checker, token jwt.Token, source Source, readers []*Provider) State {
	p := readers[0]
	if len(readers) > 1 {
		parsed, why := jwt.Parse(token, g.options.MaxTokenBytes)
		if why != reason.None {
			return State{Reason: why, Provider: p, Source: source, TokenSeen: true}
		}
		owner := ownerOf(parsed, readers)
		if owner == nil {
			return State{Reason: reason.TokenInvalidIssuer, Provider: p, Source: source, TokenSeen: true}
		}
		p = owner
	}
	v := visit{p, r, c, &g.options}
	state := v.verify(token, source)
	if state.Kind == SignedOut && p.Vendor.headerState != nil {
		return p.Vendor.headerState(&v, state)
	}
	return state
}

func ownerOf(parsed *jwt.Parsed, readers []*Provider) *Provider {
	for _, p := range readers {
		if p.owns(parsed) {
			return p
		}
	}
	return nil
}

// fromCookies asks every provider in order what its cookies amount to: the
// first signed-in counts, else one that has to wait for keys, else the first
// handshake, else the first that saw a token of its own, else of any other
// issuer, else the first.
func (g *Group) fromCookies(r *request.Request, c *Checker) State {
	var best State
	for i, p := range g.providers {
		v := visit{p, r, c, &g.options}
		var state State
		if p.Vendor.cookieState != nil && p.clerk != nil {
			state = p.Vendor.cookieState(&v)
		} else {
			state = v.plainCookies()
		}
		if state.Kind == SignedIn {
			return state
		}
		if i == 0 || state.rank() > best.rank() {
			best = state
		}
	}
	return best
}

// plainCookies judges the first of the provider's cookies that holds a token
// of its own; if there is none, the first that holds any.
func (v *visit) plainCookies() State {
	foreign := v.signedOut(v.provider.Vendor.nothing, false)
	for _, name := range v.provider.Cookies {
		token, _ := v.request.Cookie(name)
		if token == "" {
			continue
		}
		state := v.verify(jwt.Token(token), Source{FromCookie, name})
		if !state.Foreign {
			return state
		}
		if !foreign.TokenSeen {
			foreign = state
		}
	}
	return foreign
}

func (s *State) rank() int {
	switch {
	case s.Kind == SignedIn:
		return 5
	case s.Kind == NeedsKeys:
		return 4
	case s.Kind == Handshake:
		return 3
	case s.TokenSeen && !s.Foreign:
		return 2
	case s.TokenSeen:
		return 1
	}
	return 0
}
