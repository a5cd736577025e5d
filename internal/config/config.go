// Package config reads the filter's configuration: JSON in, a policy.Policy out.
// It is where the packages below are put together; only the filter and the
// command line import it.
//
// # Guarantees
//
// Reading is strict: an unknown field, a wrong type, a duplicate or a
// contradiction is an error that names its path and says what to write
// instead, and all errors are reported at once. Nothing is fetched, and no
// input, however malformed, makes it panic. Messages never hold key material
// or the values of jwksHeaders.
//
// # How it is built
//
// A table of fields for each kind of object (Tables) says how a field is
// written, what it means when it is missing, its bounds, and what other
// products call it. The decoder walks over the JSON with it; the reference,
// the JSON Schema and the effective configuration are printed from it, in
// package describe. Defaults that depend on a vendor are package session's,
// and what hangs together across rules is checked by package policy.
package config

import (
	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/session"
)

// Result is a configuration that was read without an error.
type Result struct {
	Policy *policy.Policy
	// TokenCacheSize is how many verified tokens a VM keeps; 0: none.
	TokenCacheSize int
	// ShareKeys: the VMs of a process share the keys that one of them fetched.
	ShareKeys bool
	Warnings  problem.List // what is allowed, but perhaps not meant

	document document
}

// Load reads a configuration. The error is Invalid, with everything that is
// wrong with it; the Result is nil then.
func Load(data []byte) (*Result, error) {
	d := newDecoder(string(data))
	v, wrong := readText(d.text)
	if wrong != nil {
		return nil, Invalid{*wrong}
	}
	doc := &document{}
	d.where[""] = v.Raw
	d.object("", root, v, doc)
	var made *policy.Policy
	if !d.full() {
		made = d.assemble(doc)
	}
	d.place(d.errors)
	d.place(d.warnings)
	if len(d.errors) > 0 {
		return nil, Invalid(d.errors)
	}
	return &Result{
		Policy: made, TokenCacheSize: doc.tokenCacheSize, ShareKeys: doc.shareKeys,
		Warnings: d.warnings, document: *doc,
	}, nil
}

// assemble makes the providers and the rules of what was read, and the policy
// of them.
func (d *decoder) assemble(doc *document) *policy.Policy {
	s := &doc.Settings
	if s.IdentityHeaderPrefix == "" { // what was written is wrong
		s.IdentityHeaderPrefix = "x-identity-"
	}
	byName := map[string]*session.Provider{}
	for i := range doc.providers {
		path := problem.Element("providers", i)
		p := d.provider(path, &doc.providers[i])
		if p == nil {
			return nil
		}
		s.Providers = append(s.Providers, p)
		if p.Name == path { // a stand-in without a name
			continue
		}
		if byName[p.Name] != nil {
			d.fail(problem.Member(path, "name"), problem.Quote(p.Name)+" is the name of another provider too; write a name of its own")
			continue
		}
		byName[p.Name] = p
	}
	for i := range doc.rules {
		s.Rules = append(s.Rules, d.rule(problem.Element("rules", i), &doc.rules[i], byName))
	}
	if len(s.Providers) == 0 {
		return nil
	}
	d.crosscheck(s)
	made, problems := policy.New(*s)
	d.report("", problems)
	return made
}

// provider makes a provider of its settings. With settings that are wrong it
// makes another one that stands in its place while the rest is checked; nil if
// even that is not possible.
func (d *decoder) provider(path string, s *settings) *session.Provider {
	var p *session.Provider
	if !d.failed[problem.Member(path, "preset")] {
		var problems problem.List
		p, problems = session.New(*s)
		d.report(path, problems)
	}
	if p == nil {
		name := s.Name
		if name == "" {
			name = s.Preset
		}
		if name == "" {
			name = path
		}
		p, _ = session.New(settings{
			Name: name, Issuers: []string{path}, InlineKeys: noKeys, SignInURL: s.SignInURL,
		})
	}
	if p != nil && p.Remote != nil {
		d.remote(path, p.Remote, s)
	}
	return p
}

// remote checks where keys are fetched, whoever named it, and names the
// cluster as Istio names that of a ServiceEntry.
func (d *decoder) remote(path string, r *session.Remote, s *settings) {
	u, wrong := parseURL(r.URL)
	at := problem.Member(path, "jwksUri")
	if d.failed[at] {
		return
	}
	switch {
	case wrong != "":
		d.fail(at, wrong)
		return
	case u.scheme == "http" && !s.AllowInsecureJWKS:
		d.fail(at, `http, where whoever is on the way can put in keys of their own; write https, or for a trial "allowInsecureJwks": true`)
	}
	if r.Cluster == "" {
		r.Cluster = "outbound|" + u.portOrDefault() + "||" + u.host
	}
	if r.MaxStale < r.RefreshInterval {
		d.warnings.Warn(problem.Member(path, "jwksMaxStale"), problem.Quote(FormatDuration(r.MaxStale))+" is shorter than jwksRefreshInterval, so keys are refreshed each half of it instead; write at least "+problem.Quote(FormatDuration(r.RefreshInterval)))
	}
}

// rule looks up the providers of a rule.
func (d *decoder) rule(path string, r *rule, byName map[string]*session.Provider) policy.Rule {
	var names []string
	for i, name := range r.providers {
		p := byName[name]
		if p == nil {
			if names == nil {
				names = sortedNames(byName)
			}
			at := problem.Element(problem.Member(path, "providers"), i)
			switch near := nearest(name, names); {
			case near != "":
				d.fail(at, problem.Quote(name)+" is no provider; did you mean "+problem.Quote(near)+"?")
			case len(names) == 0:
				d.fail(at, problem.Quote(name)+" is no provider; none has a name yet")
			default:
				d.fail(at, problem.Quote(name)+" is no provider; write "+problem.OneOf(names))
			}
			continue
		}
		r.Providers = append(r.Providers, p)
	}
	return r.Rule
}

// report takes over the problems that another package found, unless they
// follow from something that was reported already.
func (d *decoder) report(path string, problems problem.List) {
	for _, p := range problems {
		at := p.Path
		switch {
		case at == "":
			at = path
		case path != "":
			at = path + "." + at
		}
		switch {
		case p.Warning:
			d.warnings.Warn(at, p.Message)
		case !d.explained(at):
			d.fail(at, p.Message)
		}
	}
}
