package policy

import (
	"slices"

	"github.com/sessiongate/sessiongate/internal/request"
)

// stripper knows the names of headers and trailers that clients may not set:
// those that the filter itself sets, and what the configuration adds. Names are
// compared as a lax backend would: in lower case, with every byte that is no
// letter or digit as "-".
type stripper struct {
	prefixes []string
	names    []string
	// first are the bytes that a forbidden name may begin with: most headers
	// of a request begin otherwise.
	first [256]bool
}

func newStripper(p *Policy) stripper {
	s := stripper{prefixes: []string{p.IdentityHeaderPrefix}, names: append([]string(nil), p.StripHeaders...)}
	for _, provider := range p.Providers {
		if prefix := provider.Preset.ReservedPrefix; prefix != "" && !slices.Contains(s.prefixes, prefix) {
			s.prefixes = append(s.prefixes, prefix)
		}
		for _, h := range provider.ClaimHeaders {
			s.names = append(s.names, h.Header)
		}
		if provider.PayloadHeader != "" {
			s.names = append(s.names, provider.PayloadHeader)
		}
	}
	if p.Assertion != nil {
		s.names = append(s.names, p.Assertion.Header)
	}
	s.first = firstBytes(append(slices.Clone(s.prefixes), s.names...))
	return s
}

// firstBytes are the bytes that names may begin with, written in any way.
func firstBytes(names []string) (first [256]bool) {
	for c := range first {
		for _, name := range names {
			first[c] = first[c] || name != "" && request.FoldedEqual(string([]byte{byte(c)}), name[:1])
		}
	}
	return first
}

func (s *stripper) forbids(name string) bool {
	if name == "" || !s.first[name[0]] {
		return false
	}
	for _, prefix := range s.prefixes {
		if request.FoldedHasPrefix(name, prefix) {
			return true
		}
	}
	for _, n := range s.names {
		if request.FoldedEqual(name, n) {
			return true
		}
	}
	return false
}

// The marks of headers.
const (
	untrusted request.Mark = 1 << iota // clients may not set it
	tokenIn                            // a provider reads it, however it is spelt
	tokenOut                           // a provider has verified tokens written to it
)

// markOf is the marks of a header by its name.
func (p *Policy) markOf(name string) (m request.Mark) {
	if p.strip.forbids(name) {
		m |= untrusted
	}
	for _, source := range p.tokenHeaders {
		if request.FoldedEqual(name, source.Name) {
			m |= tokenIn
		}
	}
	for _, provider := range p.Providers {
		if provider.TokenToHeader != "" && request.FoldedEqual(name, provider.TokenToHeader) {
			m |= tokenOut
		}
	}
	return m
}

// stripped removes every forbidden header, once each.
func stripped(r *request.Request) (edits []Edit) {
	if !r.Marked(untrusted) {
		return nil
	}
	for i := range r.Headers {
		if r.MarkOf(i)&untrusted != 0 {
			edits = without(edits, r.Headers[i][0])
		}
	}
	return edits
}

// Forbidden names the request trailers that a client may not set, out of those
// given. Credentials are among them: they have no business there (RFC 9110
// section 6.5.1), and some servers merge trailers into headers.
func (p *Policy) Forbidden(trailers [][2]string) (names []string) {
	for _, t := range trailers {
		if (p.strip.forbids(t[0]) || p.isCredential(t[0])) && !slices.Contains(names, t[0]) {
			names = append(names, t[0])
		}
	}
	return names
}

func (p *Policy) isCredential(name string) bool {
	if request.FoldedEqual(name, "authorization") || request.FoldedEqual(name, "cookie") {
		return true
	}
	for _, source := range p.tokenHeaders {
		if request.FoldedEqual(name, source.Name) {
			return true
		}
	}
	for _, provider := range p.Providers {
		if request.FoldedEqual(name, provider.TokenToHeader) {
			return true
		}
	}
	return false
}
