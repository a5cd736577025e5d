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
	headers  []foreignHeader
	maxBytes int
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
func NewForeign(providers []*Provider, maxBytes int) *Foreign {
	f := &Foreign{maxBytes: maxBytes}
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
	c.ahead = readAhead{}
	for i := range f.headers {
		if h := &f.headers[i]; h.holds(r, c, f.maxBytes) {
			names = append(names, h.name)
		}
	}
	return names
}

// holds reports whether the credential in the header is another party's, with
// whichever of the prefixes it is read.
func (h *foreignHeader) holds(r *request.Request, c *Checker, maxBytes int) bool {
	found := false
	for _, prefix := range h.prefixes {
		credential, why := r.Bearer(h.name, prefix)
		if why != reason.None {
			return false
		}
		if credential.Present {
			if !h.covers(c, jwt.Token(credential.Value), maxBytes) {
				return false
			}
			found = true
		}
	}
	return found
}

func (h *foreignHeader) covers(c *Checker, token jwt.Token, maxBytes int) bool {
	if len(token) > maxBytes {
		return false
	}
	if request.IsOpaque(string(token)) {
		return h.Opaque
	}
	if len(h.Issuers) == 0 {
		return false
	}
	for _, p := range h.readers {
		if c.cached(p, token, maxBytes) != nil {
			return false
		}
	}
	parsed, why := c.Parse(h.readers[0], token, maxBytes)
	if why == reason.None && !parsed.Claims.HasPrivate && slices.Contains(h.Issuers, parsed.Claims.Issuer) {
		return true
	}
	c.ahead = readAhead{token, parsed, why}
	return false
}
