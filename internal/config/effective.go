package config

import (
	"cmp"
	"slices"

	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/session"
)

// Object is a JSON object with its members in order. A value is a string,
// bool, int, []string, Object or []Object.
type Object []Member

// Member is one member of an Object.
type Member struct {
	Name  string
	Value any
}

// Effective is the configuration with every default filled in. Fields without
// a value are left out; keys are shown as their RFC 7638 thumbprints, and the
// values of jwksHeaders are not shown.
func (r *Result) Effective() Object {
	doc := r.document
	doc.providers, doc.rules = nil, nil
	var names []string
	for i, p := range r.Policy.Providers {
		doc.providers = append(doc.providers, filled(r.document.providers[i], p))
		names = append(names, p.Name)
	}
	for _, rule := range r.document.rules {
		if rule.Auth != policy.Skip {
			if rule.providers == nil {
				rule.providers = names
			}
			rule.OnFailure = cmp.Or(rule.OnFailure, doc.OnFailure)
		}
		doc.rules = append(doc.rules, rule)
	}
	return root(&doc).values()
}

// filled are the settings of a provider with what package session made of them.
func filled(s session.Settings, p *session.Provider) session.Settings {
	e := &p.Expect
	s.Name = p.Name
	s.Issuers, s.Audiences, s.AuthorizedParties = e.Issuers, e.Audiences, e.AuthorizedParties
	s.Algorithms, s.Types = e.Algorithms, e.Types
	s.ClockSkew, s.RequireExpiration, s.MaxTokenAge = &e.ClockSkew, &e.RequireExpiration, e.MaxAge
	if r := p.Remote; r != nil {
		s.JWKSURI, s.JWKSCluster, s.JWKSHeaders = r.URL, r.Cluster, r.Headers
		s.JWKSRefreshInterval, s.JWKSTimeout = &r.RefreshInterval, &r.Timeout
		s.JWKSMaxStale, s.JWKSUnknownKeyInterval = &r.MaxStale, &r.UnknownKeyInterval
	}
	s.FromHeaders = append([]session.HeaderSource{}, p.Headers...)
	s.FromParams = append([]string{}, p.Params...)
	if !p.Preset.OwnCookies || !p.ReadsCookies() {
		s.FromCookies = append([]string{}, p.Cookies...)
	}
	s.ForwardOriginalToken = &p.ForwardOriginalToken
	if slices.Contains(p.Preset.Fields, "treatPendingAsSignedOut") {
		s.TreatPendingAsSignedOut = &p.TreatPendingAsSignedOut
	}
	if slices.Contains(p.Preset.Fields, "handshake") {
		s.Handshake = cmp.Or(s.Handshake, new(p.ReadsCookies()))
	}
	return s
}

// orNothing is an object as show returns it: nothing if it has no members.
func orNothing(o Object) any {
	if o == nil {
		return nil
	}
	return o
}

// values reads the object that a table describes.
func (t *Table) values() Object {
	var o Object
	for _, f := range t.Fields {
		if v := f.Kind.show(f); v != nil {
			o = append(o, Member{f.Name, v})
		}
	}
	return o
}
