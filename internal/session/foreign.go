package session

import (
	"slices"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/jwt"
)

// ForeignTokens are the credentials that are another party's, in the headers
// that a provider reads.
type ForeignTokens struct {
	Opaque  bool     // those in which no reader could find claims: see request.IsOpaque
	Issuers []string // JWTs of these, compared byte for byte
}

// Foreign finds the headers of a request that hold another party's credential.
// A header can be one only if every provider that reads it says so. Safe for
// concurrent use.
type Foreign struct {
	headers []foreignHeader
	options Options
}

// foreignHeader is a header in which other parties' credentials may be.
type foreignHeader struct {
	name     string
	prefixes []string
	readers  []*Provider
	ForeignTokens
}

// NewForeign puts together what the providers of a configuration say; nil if no
// header may hold another party's credential.
func NewForeign(providers []*Provider, options Options) *Foreign {
	f := &Foreign{options: options}
	for _, p := range providers {
		for _, source := range p.Headers {
			if !slices.ContainsFunc(f.headers, func(h foreignHeader) bool { return h.name == source.Name }) {
				f.headers = append(f.headers, newForeignHeader(source.Name, p.ForeignTokens, providers))
			}
		}
	}
	f.headers = slices.DeleteFunc(f.headers, func(h foreignHeader) bool { return !h.Opaque && len(h.Issuers) == 0 })
	if len(f.headers) == 0 {
		return nil
	}
	return f
}

// newForeignHeader is what all providers say that read the header, also under a
// name that some servers take for the same; first is what one of them says.
func newForeignHeader(name string, first ForeignTokens, providers []*Provider) foreignHeader {
	h := foreignHeader{name: name, ForeignTokens: first}
	for _, p := range providers {
		for _, source := range p.Headers {
			if !request.FoldedEqual(source.Name, name) {
				continue
			}
			h.readers = append(h.readers, p)
			if source.Name == name {
				h.prefixes = append(h.prefixes, source.Prefix)
			}
			h.Opaque = h.Opaque && p.ForeignTokens.Opaque
			h.Issuers = slices.DeleteFunc(slices.Clone(h.Issuers), func(issuer string) bool { return !slices.Contains(p.ForeignTokens.Issuers, issuer) })
		}
	}
	return h
}

// In names the headers of a request that hold another party's credential, and
// nothing that could be read in two ways.
func (f *Foreign) In(r *request.Request, c *Checker) (names []string) {
	c.ahead = Reading{}
	for i := range f.headers {
		if h := &f.headers[i]; h.holds(r, c, &f.options) {
			names = append(names, h.name)
		}
	}
	return names
}

// holds reports whether the credential in the header is another party's, with
// whichever of the prefixes it is read.
func (h *foreignHeader) holds(r *request.Request, c *Checker, o *Options) bool {
	found := false
	for _, prefix := range h.prefixes {
		credential, why := r.Bearer(h.name, prefix)
		if why != reason.None {
			return false
		}
		if credential.Present {
			if !h.covers(c, jwt.Token(credential.Value), o) {
				return false
			}
			found = true
		}
	}
	return found
}

func (h *foreignHeader) covers(c *Checker, token jwt.Token, o *Options) bool {
	if len(token) > o.MaxTokenBytes {
		return false
	}
	if request.IsOpaque(string(token)) {
		return h.Opaque
	}
	if len(h.Issuers) == 0 {
		return false
	}
	for _, p := range h.readers {
		if c.find(p, token, o).cached != nil {
			return false
		}
	}
	t := c.parse(h.readers[0], token, o)
	if t.Why == reason.None && !t.Claims.HasPrivate && slices.Contains(h.Issuers, t.Claims.Issuer) {
		return true
	}
	c.ahead = t
	return false
}
