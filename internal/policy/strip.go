package policy

import (
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/internal/request"
)

// The marks of headers.
const (
	untrusted  request.Mark = 1 << iota // clients may not set it
	tokenIn                             // a provider reads it, however it is spelt
	tokenOut                            // a provider has verified tokens written to it
	credential                          // every server may find one there
)

// markedName is a header with a mark, or all those whose names begin with it.
// Names are compared as a lax backend would: in lower case, with every byte that
// is no letter or digit as "-".
type markedName struct {
	name   string
	prefix bool
	mark   request.Mark
}

// markedNames are the headers that the filter itself sets, those that providers
// read, and what the configuration adds.
func markedNames(p *Policy) []markedName {
	all := []markedName{
		{p.IdentityHeaderPrefix, true, untrusted},
		{"authorization", false, credential},
		{"cookie", false, credential},
	}
	for _, name := range p.StripHeaders {
		all = append(all, markedName{name, false, untrusted})
	}
	if p.Assertion != nil {
		all = append(all, markedName{p.Assertion.Header, false, untrusted})
	}
	for _, provider := range p.Providers {
		all = append(all,
			markedName{provider.Preset.ReservedPrefix, true, untrusted},
			markedName{provider.PayloadHeader, false, untrusted},
			markedName{provider.TokenToHeader, false, tokenOut})
		for _, h := range provider.ClaimHeaders {
			all = append(all, markedName{h.Header, false, untrusted})
		}
		for _, source := range provider.Headers {
			all = append(all, markedName{source.Name, false, tokenIn})
		}
	}
	return slices.DeleteFunc(all, func(m markedName) bool { return m.name == "" })
}

// markOf is the marks of a header by its name. Pseudo headers have none: without
// them there is no request.
func (p *Policy) markOf(name string) (marks request.Mark) {
	if strings.HasPrefix(name, ":") {
		return 0
	}
	for i := range p.marked {
		m := &p.marked[i]
		if request.FoldedHasPrefix(name, m.name) && (m.prefix || len(name) == len(m.name)) {
			marks |= m.mark
		}
	}
	return marks
}

// stripped removes every header that clients may not set, once each.
func stripped(r *request.Request) (edits editList) {
	for i := 0; r.Marked(untrusted) && i < len(r.Headers); i++ {
		if r.MarkOf(i)&untrusted != 0 {
			edits.remove(r.Headers[i][0])
		}
	}
	return edits
}

// Forbidden names the request trailers that a client may not set, out of those
// given. Credentials are among them: they have no business there (RFC 9110
// section 6.5.1), and some servers merge trailers into headers.
func (p *Policy) Forbidden(trailers [][2]string) (names []string) {
	for _, t := range trailers {
		if p.markOf(t[0]) != 0 && !slices.Contains(names, t[0]) {
			names = append(names, t[0])
		}
	}
	return names
}
