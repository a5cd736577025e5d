package config

import (
	"strings"

	"github.com/tidwall/gjson"

	"github.com/sessiongate/sessiongate/internal/problem"
)

// decoder reads one configuration and collects what is wrong with it.
type decoder struct {
	tables   []*Table
	errors   problem.List
	warnings problem.List
	// failed are the paths with an error, so that one mistake is not reported
	// again as its consequence.
	failed map[string]bool
}

// maxElements bounds every list.
const maxElements = 1000

// maxErrors bounds the work on a configuration that is wrong everywhere.
const maxErrors = 100

func (d *decoder) fail(path, message string) {
	if d.full() {
		return
	}
	d.errors.Fail(path, message)
	if d.failed == nil {
		d.failed = map[string]bool{}
	}
	d.failed[path] = true
}

func (d *decoder) full() bool { return len(d.errors) >= maxErrors }

// explained reports whether an error at path says nothing new: there is one
// already at path, around it, or in what stands there. Without a good jwks or jwksUri
// nothing can be said about the other.
func (d *decoder) explained(path string) bool {
	for failed := range d.failed {
		if within(failed, path) || within(path, failed) {
			return true
		}
	}
	base, ok := strings.CutSuffix(path, ".jwksUri")
	if ok && d.failed[base+".jwks"] {
		return true
	}
	if !ok {
		base, ok = strings.CutSuffix(path, ".issuer")
	}
	return ok && (d.failed[base+".publishableKey"] || d.failed[base+".projectId"] || d.failed[base+".frontendApi"])
}

func (d *decoder) warn(path, message string) {
	d.warnings.Warn(path, message)
}

// within reports whether path is outer or something in it.
func within(path, outer string) bool {
	rest, ok := strings.CutPrefix(path, outer)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// fieldSet are the names of the fields that an object has.
type fieldSet map[string]bool

// object reads the members of v by the table.
func (d *decoder) object(path string, t *Table, v gjson.Result, into any) {
	if !v.IsObject() {
		d.fail(path, what(v)+"; write an object: {...}")
		return
	}
	given, seen := fieldSet{}, fieldSet{}
	v.ForEach(func(key, value gjson.Result) bool {
		name := key.String()
		at := problem.Member(path, name)
		f := t.field(name)
		switch {
		case seen[name]:
			d.fail(at, "given twice; keep one")
		case f == nil:
			message, meant := d.unknown(t, name)
			d.fail(at, message)
			if meant != "" {
				d.failed[problem.Member(path, meant)] = true
			}
		case f.Unsupported:
			d.fail(at, "not supported yet; remove it")
		default:
			given[name] = true
			d.read(at, f, value, f.at(into))
		}
		seen[name] = true
		return !d.full()
	})
	for i := range t.Fields {
		f := &t.Fields[i]
		switch {
		case given[f.Name] || d.failed[problem.Member(path, f.Name)]:
		case f.Required:
			d.fail(problem.Member(path, f.Name), "missing; "+example(f))
		case f.Default != "":
			d.read(problem.Member(path, f.Name), f, gjson.Parse(f.Default), f.at(into))
		}
	}
	d.exclusive(path, t, given)
}

// exclusive checks which fields may stand beside each other.
func (d *decoder) exclusive(path string, t *Table, given fieldSet) {
	if e := t.EitherOr; e != nil && !d.failed[problem.Member(path, e[0])] && !d.failed[problem.Member(path, e[1])] && given[e[0]] == given[e[1]] {
		d.fail(path, "takes either "+problem.Quote(e[0])+" or "+problem.Quote(e[1])+"; write one of them")
	}
	for i := range t.Fields {
		f := &t.Fields[i]
		if given[f.Name] && f.NotWith != "" && given[f.NotWith] {
			d.fail(problem.Member(path, f.Name), "contradicts "+problem.Quote(f.NotWith)+"; remove one of the two")
		}
	}
}

func (d *decoder) objects(path string, f *Field, v gjson.Result, into any) {
	if !v.IsArray() {
		d.fail(path, what(v)+"; "+example(f))
		return
	}
	f.list.begin(into)
	i := 0
	v.ForEach(func(_, value gjson.Result) bool {
		if i == maxElements {
			d.fail(path, "has more than "+itoa(maxElements)+" elements; write fewer")
			return false
		}
		d.object(problem.Element(path, i), f.Elements, value, f.list.grow(into))
		i++
		return !d.full()
	})
	if i == 0 && !f.AllowEmpty {
		d.fail(path, "an empty list; "+orLeaveOut(f))
	}
}

// orLeaveOut says what to do about an empty list.
func orLeaveOut(f *Field) string {
	if f.Required {
		return example(f)
	}
	return "name something, or leave the field out"
}

// example shows how a field is written.
func example(f *Field) string {
	switch f.Kind {
	case Text:
		return "write a string"
	case Flag:
		return "write true or false"
	case Number:
		return "write a whole number"
	case Duration:
		return `write a duration like "5s"`
	case Choice:
		return "write " + problem.OneOf(f.OneOf)
	case List:
		return `write a list of strings: ["..."]`
	case TextOrList:
		return `write a string, or a list of strings: ["..."]`
	case Objects:
		return "write a list of objects: [{" + problem.Quote(f.Elements.Fields[0].Name) + ": ...}]"
	case Pairs:
		return `write an object of strings: {"name": "value"}`
	case KeySet:
		return `write a JWK Set: {"keys": [...]}, or a PEM public key as a string`
	case ClaimPath:
		return `write a dotted path like "realm_access.roles", or a list of exact names`
	}
	return "see the reference"
}

// kindOf names what a JSON value is.
func kindOf(v gjson.Result) string {
	switch {
	case v.Type == gjson.String:
		return "a string"
	case v.Type == gjson.Number:
		return "a number"
	case v.IsArray():
		return "a list"
	case v.IsObject():
		return "an object"
	}
	return "a boolean"
}

// shown is a value that is short and no secret, as messages show it.
func shown(v gjson.Result) string {
	if len(v.Raw) > 24 {
		return "this"
	}
	return v.Raw
}

// what says what a value is, as the beginning of a message.
func what(v gjson.Result) string {
	if v.Type == gjson.Number || v.IsBool() {
		return shown(v) + " is " + kindOf(v)
	}
	if v.Type == gjson.Null {
		return "null is no value"
	}
	return kindOf(v)
}
