package config

import (
	"time"

	"github.com/tidwall/gjson"

	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/session"
	"github.com/sessiongate/sessiongate/jwks"
)

// read reads the value of one field into the place that at points to.
func (d *decoder) read(path string, f *Field, v gjson.Result, at any) {
	if v.Type == gjson.Null {
		d.fail(path, "null is no value; "+example(f)+", or leave the field out")
		return
	}
	switch f.Kind {
	case Text:
		if s, ok := d.text(path, f, v); ok {
			*at.(*string) = s
		}
	case Flag:
		d.flag(path, f, v, at)
	case Number:
		if n, ok := d.number(path, f, v); ok {
			*at.(*int) = int(n)
		}
	case Duration:
		if t, ok := d.duration(path, f, v); ok {
			switch at := at.(type) {
			case *time.Duration:
				*at = t
			case **time.Duration:
				*at = &t
			}
		}
	case Choice:
		d.choice(path, f, v, at)
	case List, TextOrList:
		d.list(path, f, v, at)
	case Objects:
		d.objects(path, f, v, at)
	case Pairs:
		if pairs, ok := d.pairs(path, f, v); ok {
			*at.(*[][2]string) = pairs
		}
	case KeySet:
		*at.(**jwks.Set) = d.keySet(path, f, v)
	case ClaimPath:
		if c, ok := d.claim(path, f, v); ok {
			*at.(*session.Claim) = c
		}
	}
}

// wrongKind reports a value that is not of the field's kind.
func (d *decoder) wrongKind(path string, f *Field, v gjson.Result) {
	d.fail(path, what(v)+"; "+example(f))
}

func (d *decoder) text(path string, f *Field, v gjson.Result) (string, bool) {
	if v.Type != gjson.String {
		if v.Type == gjson.Number || v.IsBool() {
			d.fail(path, shown(v)+" is "+kindOf(v)+"; write "+problem.Quote(v.Raw))
		} else {
			d.wrongKind(path, f, v)
		}
		return "", false
	}
	return d.checked(path, f, v.Str)
}

// checked is a text in its normal form.
func (d *decoder) checked(path string, f *Field, s string) (string, bool) {
	wrong := ""
	switch {
	case s == "":
		wrong = "empty; write a value, or leave it out"
	case hasControl(s):
		wrong = "holds a control character; remove it"
	case f.check != nil:
		s, wrong = f.check(s)
	}
	if wrong != "" {
		d.fail(path, wrong)
	}
	return s, wrong == ""
}

func (d *decoder) flag(path string, f *Field, v gjson.Result, at any) {
	if !v.IsBool() {
		if v.Type == gjson.String && (v.Str == "true" || v.Str == "false") {
			d.fail(path, problem.Quote(v.Str)+" is a string; write "+v.Str)
		} else {
			d.wrongKind(path, f, v)
		}
		return
	}
	b := v.Type == gjson.True
	switch at := at.(type) {
	case *bool:
		*at = b
	case **bool:
		*at = &b
	}
}

func (d *decoder) choice(path string, f *Field, v gjson.Result, at any) {
	if v.Type != gjson.String {
		d.wrongKind(path, f, v)
		return
	}
	i := index(f.OneOf, v.Str)
	if i < 0 {
		d.fail(path, notOneOf(v.Str, f.OneOf))
		return
	}
	switch at := at.(type) {
	case *string:
		*at = v.Str
	case *policy.Auth:
		*at = policy.Auth(i)
	case *policy.OnFailure: // the first one, Inherit, has no name
		*at = policy.OnFailure(i + 1)
	}
}

func index(values []string, s string) int {
	for i, v := range values {
		if v == s {
			return i
		}
	}
	return -1
}

func notOneOf(s string, values []string) string {
	if near := nearest(s, values); near != "" {
		return problem.Quote(s) + " is not known; did you mean " + problem.Quote(near) + "?"
	}
	return problem.Quote(s) + " is not known; write " + problem.OneOf(values)
}
