package config

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/internal/assertion"
	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
)

// across checks what hangs together across providers and rules, and makes the
// policy of them.
func (d *decoder) across(doc *document) *policy.Policy {
	s := &doc.Settings
	if doc.assertion.Issuer != "" {
		s.Assertion = new(doc.assertion)
	}
	d.crosscheck(s)
	d.assertionHeader(s)
	if s.CORSOrigins == nil {
		s.CORSOrigins = originsOf(s)
	}
	made, problems := policy.New(*s)
	d.report("", problems)
	if s.Assertion != nil {
		doc.assertion.Subject = cmp.Or(doc.assertion.Subject, assertion.Plain)
	}
	return made
}

// originsOf are the origins that a configuration names as its own pages'.
func originsOf(s *policy.Settings) []string {
	origins := append([]string{}, s.AllowedOrigins...)
	for _, p := range s.Providers {
		for _, party := range p.Expect.AuthorizedParties {
			if _, wrong := origin(party); wrong == "" && !slices.Contains(origins, party) {
				origins = append(origins, party)
			}
		}
	}
	return origins
}

// crosscheck checks what hangs together across providers.
func (d *decoder) crosscheck(s *policy.Settings) {
	byIssuer := map[string][]int{}
	for i, p := range s.Providers {
		path := problem.Element("providers", i)
		d.sources(path, s, p)
		d.outputs(path, s, p)
		d.foreign(path, s, p)
		for _, issuer := range p.Expect.Issuers {
			for _, j := range byIssuer[issuer] {
				if place := overlap(p, s.Providers[j]); place != "" && i != j {
					d.fail(path, "has an issuer of "+problem.Element("providers", j)+" and reads the same "+place+", so that a token could belong to either; change one of the two")
					break
				}
			}
			byIssuer[issuer] = append(byIssuer[issuer], i)
		}
	}
}

// overlap names a place where both providers look for tokens.
func overlap(a, b *session.Provider) string {
	for _, x := range a.Headers {
		for _, y := range b.Headers {
			if x.Name == y.Name && (hasPrefixFold(x.Prefix, y.Prefix) || hasPrefixFold(y.Prefix, x.Prefix)) {
				return "header " + problem.Quote(x.Name)
			}
		}
	}
	for _, name := range a.Params {
		if slices.Contains(b.Params, name) {
			return "parameter " + problem.Quote(name)
		}
	}
	if a.SameInstance(b) {
		return "cookies"
	}
	for _, pair := range [...][2]*session.Provider{{a, b}, {b, a}} {
		for _, name := range pair[0].Cookies {
			if pair[1].TokenCookie(name) {
				return "cookie " + problem.Quote(name)
			}
		}
	}
	return ""
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// sources checks that no token is looked for in a header that is taken away
// from the client before.
func (d *decoder) sources(path string, s *policy.Settings, p *session.Provider) {
	for i, h := range p.Headers {
		at := problem.Member(problem.Element(problem.Member(path, "fromHeaders"), i), "name")
		switch {
		case request.FoldedHasPrefix(h.Name, s.IdentityHeaderPrefix):
			d.fail(at, problem.Quote(h.Name)+" begins with identityHeaderPrefix, and the filter removes it from requests; write another header")
		case slices.ContainsFunc(s.StripHeaders, func(name string) bool { return request.FoldedEqual(h.Name, name) }):
			d.fail(at, problem.Quote(h.Name)+" is one of stripHeaders, so the filter removes it from requests; remove it here or there")
		case s.Assertion != nil && request.FoldedEqual(h.Name, s.Assertion.Header):
			d.fail(at, problem.Quote(h.Name)+" is the assertion's header, which the filter removes from requests; write another header here or there")
		case slices.ContainsFunc(s.Providers, func(other *session.Provider) bool { return written(other, h.Name) }):
			d.fail(at, problem.Quote(h.Name)+" is a header that the filter writes and removes from requests; write another header")
		}
	}
}

// written reports whether the filter writes a claim or payload to the header.
func written(p *session.Provider, name string) bool {
	return p.PayloadHeader != "" && request.FoldedEqual(name, p.PayloadHeader) ||
		slices.ContainsFunc(p.ClaimHeaders, func(c session.ClaimHeader) bool { return request.FoldedEqual(name, c.Header) })
}

// outputs checks that every header is written by one field only.
func (d *decoder) outputs(path string, s *policy.Settings, p *session.Provider) {
	seen := map[string]string{}
	for _, name := range policy.IdentityHeaders(s.IdentityHeaderPrefix) {
		seen[request.FoldedName(name)] = "an identity header"
	}
	if s.Assertion != nil {
		seen[request.FoldedName(s.Assertion.Header)] = "the assertion's header"
	}
	write := func(at, name, what string) {
		switch before := seen[request.FoldedName(name)]; {
		case name == "":
		case before != "":
			d.fail(at, problem.Quote(name)+" is "+before+" too; write another header")
		default:
			seen[request.FoldedName(name)] = what
		}
	}
	for i, c := range p.ClaimHeaders {
		at := problem.Element(problem.Member(path, "outputClaimToHeaders"), i)
		write(problem.Member(at, "header"), c.Header, "the header of "+at[len(path)+1:])
	}
	write(problem.Member(path, "outputPayloadToHeader"), p.PayloadHeader, "outputPayloadToHeader")
	write(problem.Member(path, "tokenToHeader"), p.TokenToHeader, "tokenToHeader")
}
