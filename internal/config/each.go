package config

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/internal/presets"
	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwks/remote"
)

// each makes each provider, and finds those of each rule. A field that is wrong
// does not keep it from looking at the rest, so that as much as possible is
// reported at once.
func (d *decoder) each(doc *document) {
	byName := map[string]*session.Provider{}
	for i := range doc.providers {
		s, path := &doc.providers[i], problem.Element("providers", i)
		p := d.provider(path, s)
		doc.Providers = append(doc.Providers, p)
		name, at := cmp.Or(s.Name, s.Preset), problem.Member(path, "name")
		switch _, taken := byName[name]; {
		case name == "":
		case taken:
			d.fail(at, problem.Quote(name)+" is the name of another provider too; write a name of its own")
		default:
			byName[name] = p
		}
	}
	named := map[string]bool{}
	for i := range doc.rules {
		r, path := &doc.rules[i], problem.Element("rules", i)
		if r.Name != "" && named[r.Name] {
			d.fail(problem.Member(path, "name"), problem.Quote(r.Name)+" is the name of another rule too; write a name of its own")
		}
		named[r.Name] = true
		d.providersOf(problem.Member(path, "providers"), r, byName)
		doc.Rules = append(doc.Rules, r.Rule)
	}
	if len(d.errors) == 0 {
		return // policy.New looks at the rules
	}
	for i := range doc.Rules {
		d.report(problem.Element("rules", i)+".", doc.Rules[i].Check())
	}
}

// provider makes a provider of its settings; nil if they are wrong.
func (d *decoder) provider(path string, s *session.Settings) *session.Provider {
	if d.failed[problem.Member(path, "preset")] {
		return nil
	}
	p, problems := session.New(presets.All, *s)
	d.report(path+".", problems)
	if p != nil && p.Remote != nil {
		d.remote(path, p.Remote, s)
	}
	return p
}

// remote checks where keys are fetched, whoever named it, and names the
// cluster as Istio names that of a ServiceEntry.
func (d *decoder) remote(path string, r *remote.Source, s *session.Settings) {
	u, wrong := parseURL(r.URL)
	at := problem.Member(path, "jwksUri")
	switch {
	case d.failed[at]:
	case wrong != "":
		d.fail(at, wrong)
	case u.scheme == "http" && !s.AllowInsecureJWKS:
		d.fail(at, `http: an attacker between the proxy and the key server can replace the keys; write https, or for a trial "allowInsecureJwks": true`)
	}
	if r.Cluster == "" {
		r.Cluster = "outbound|" + strings.TrimPrefix(cmp.Or(u.port, defaultPorts[u.scheme]), ":") + "||" + u.host
	}
	if r.MaxStale < r.RefreshInterval {
		d.warn(problem.Member(path, "jwksMaxStale"), problem.Quote(FormatDuration(r.MaxStale))+" is shorter than jwksRefreshInterval, so the proxy fetches keys every half of that time instead; write at least "+problem.Quote(FormatDuration(r.RefreshInterval)))
	}
}

// providersOf looks up the providers that a rule names.
func (d *decoder) providersOf(path string, r *rule, byName map[string]*session.Provider) {
	for i, name := range r.providers {
		p, known := byName[name]
		switch {
		case known:
			r.Providers = append(r.Providers, p)
		case len(byName) == 0:
			d.fail(problem.Element(path, i), problem.Quote(name)+" is not a provider; no provider has a name yet")
		case !d.full(): // looking for a name like it takes time
			d.fail(problem.Element(path, i), notOneOf("a provider", name, slices.Sorted(maps.Keys(byName))))
		}
	}
}

// report takes over the problems that another package found under a path that
// begins with prefix, unless they follow from something that was reported already.
func (d *decoder) report(prefix string, problems problem.List) {
	for _, p := range problems {
		at := prefix + p.Path
		switch {
		case p.Warning:
			d.warn(at, p.Message)
		case !d.explained(at):
			d.fail(at, p.Message)
		}
	}
}
