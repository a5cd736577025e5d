package config

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
)

type foreign = session.ForeignTokens

// foreignTokens describes foreignTokens.
func foreignTokens(t *foreign) *Table {
	return &Table{
		Name: "providers[].foreignTokens",
		Doc:  "Credentials of other parties in the provider's headers, such as API keys that the backend checks itself. The filter leaves them where they are, unverified, and decides about the request as if that header were not there. It does so only if `foreignTokens` of every provider that reads the header names the credential, and never for parameters and cookies.",
		Fields: []*Field{
			{Name: "opaque", Kind: Flag, Otherwise: "false",
				Doc: "Whether a value in which no reader could find claims, at most `maxTokenBytes` long, counts as another party's credential.",
				at:  &t.Opaque},
			{Name: "issuers", Kind: List, Otherwise: "none", Foreign: []string{"issuer"},
				Doc: "Issuers of other parties' tokens: a well-formed JWT whose `iss` is one of these, byte for byte, counts as another party's. The filter checks a JWT of any other issuer as always, and refuses it if it is not a provider's.",
				at:  &t.Issuers},
		},
	}
}

// foreign checks what a provider says about other parties' credentials.
func (d *decoder) foreign(path string, s *policy.Settings, p *session.Provider) {
	tokens := &p.ForeignTokens
	if !tokens.Opaque && tokens.Issuers == nil {
		return
	}
	at := problem.Member(path, "foreignTokens")
	if len(p.Headers) == 0 {
		d.fail(at, "works only for headers, and this provider reads none; leave it out")
	}
	for i, issuer := range tokens.Issuers {
		for _, other := range s.Providers {
			if slices.ContainsFunc(other.Expect.Issuers, func(own string) bool { return sameIssuer(own, issuer) }) {
				d.fail(problem.Element(problem.Member(at, "issuers"), i), problem.Quote(issuer)+" is an issuer of provider "+problem.Quote(other.Name)+" or could be taken for it, so its tokens would pass unverified; remove it")
				break
			}
		}
	}
	for i, other := range s.Providers {
		own := problem.Element("providers", i)
		if other.TokenToHeader != "" && readsHeader(p, other.TokenToHeader) {
			d.fail(problem.Member(own, "tokenToHeader"), problem.Quote(other.TokenToHeader)+" may hold another party's token, which "+at+" leaves there; write another header")
		}
		shared := slices.IndexFunc(other.Headers, func(h session.HeaderSource) bool { return readsHeader(p, h.Name) })
		if shared >= 0 && !other.ForeignTokens.Opaque && other.ForeignTokens.Issuers == nil {
			d.warn(at, "has no effect on header "+problem.Quote(other.Headers[shared].Name)+", because "+own+" reads it too and has no foreignTokens; write them there too, or let it read another header")
		}
	}
	d.unguarded(at, s)
}

// unguarded warns of the first rule that another party's token passes alone.
func (d *decoder) unguarded(at string, s *policy.Settings) {
	i := slices.IndexFunc(s.Rules, func(r policy.Rule) bool { return r.Auth != policy.Required })
	if i >= 0 {
		d.warn(at, "such tokens reach "+problem.Element("rules", i)+", which is "+problem.Quote(auth[s.Rules[i].Auth])+", with no session beside them; the filter has not verified them, so the backend must verify them")
	}
}

func readsHeader(p *session.Provider, name string) bool {
	return slices.ContainsFunc(p.Headers, func(h session.HeaderSource) bool { return request.FoldedEqual(h.Name, name) })
}

// sameIssuer reports whether some reader could take one issuer for the other:
// without regard to case, the scheme, its default port and slashes at the end.
func sameIssuer(a, b string) bool { return plainIssuer(a) == plainIssuer(b) }

func plainIssuer(s string) string {
	s = strings.TrimRight(strings.ToLower(s), "/")
	scheme, rest, ok := strings.Cut(s, "://")
	if !ok {
		return s
	}
	host, path, _ := strings.Cut(rest, "/")
	host = strings.TrimSuffix(host, cmp.Or(defaultPorts[scheme], ":443"))
	return strings.TrimSuffix(host+"/"+path, "/")
}
