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

// Load reads a configuration, in three phases: its fields; each provider and
// each rule; and if nothing is wrong there, all of them together. The error is
// Invalid, with everything that is wrong with it; the Result is nil then.
func Load(data []byte) (*Result, error) {
	d := newDecoder(string(data))
	v, wrong := readText(d.text)
	if wrong != nil {
		return nil, Invalid{*wrong}
	}
	r := &Result{}
	doc := &r.document
	d.where[""] = v.Raw
	d.object("", root(doc), v)
	d.each(doc)
	if len(d.errors) == 0 {
		r.Policy = d.across(doc)
	}
	if len(d.errors) > 0 {
		return nil, Invalid(d.errors)
	}
	r.Warnings, r.TokenCacheSize, r.ShareKeys = d.warnings, doc.tokenCacheSize, doc.shareKeys
	return r, nil
}
