package config

import (
	"strings"

	"github.com/tidwall/gjson"

	"github.com/sessiongate/sessiongate/internal/jwa"
	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/session"
)

func (d *decoder) list(path string, f *Field, v gjson.Result, at any) {
	if v.Type == gjson.String && f.Kind == TextOrList {
		if s, ok := d.checked(path, f, v.Str); ok {
			*at.(*[]string) = []string{s}
		}
		return
	}
	if !v.IsArray() {
		if v.Type == gjson.String && len(v.Str) <= problem.MaxQuoted {
			d.fail(path, problem.Quote(v.Str)+" is a string; write a list: ["+problem.Quote(v.Str)+"]")
		} else {
			d.wrongKind(path, f, v)
		}
		return
	}
	values, seen := []string{}, map[string]bool{}
	i := 0
	v.ForEach(func(_, value gjson.Result) bool {
		if i == maxElements {
			d.fail(path, "has more than "+itoa(maxElements)+" elements; write fewer")
			return false
		}
		at := problem.Element(path, i)
		i++
		if value.Type != gjson.String {
			if value.Type == gjson.Number || value.IsBool() {
				d.fail(at, shown(value)+" is "+kindOf(value)+"; write "+problem.Quote(value.Raw))
			} else {
				d.fail(at, what(value)+"; write a string")
			}
			return true
		}
		s, ok := d.checked(at, f, value.Str)
		switch {
		case !ok:
		case f.OneOf != nil && index(f.OneOf, s) < 0:
			d.fail(at, notOneOf(s, f.OneOf))
		case seen[s]:
			d.fail(at, problem.Quote(s)+" is given twice; keep one")
		default:
			seen[s] = true
			values = append(values, s)
		}
		return !d.full()
	})
	if i == 0 && !f.AllowEmpty {
		d.fail(path, "an empty list; "+orLeaveOut(f))
		return
	}
	switch at := at.(type) {
	case *[]string:
		*at = values
	case *jwa.Set:
		var algorithms []jwa.Algorithm
		for _, s := range values {
			if a, ok := jwa.ByName(s); ok {
				algorithms = append(algorithms, a)
			}
		}
		*at = jwa.SetOf(algorithms...)
	}
}

// claim reads where a claim stands.
func (d *decoder) claim(path string, f *Field, v gjson.Result) (session.Claim, bool) {
	if v.Type == gjson.String {
		s, ok := d.checked(path, f, v.Str)
		if !ok {
			return session.Claim{}, false
		}
		names := strings.Split(s, ".")
		for _, name := range names {
			if name == "" {
				d.fail(path, problem.Quote(s)+` has an empty name between dots; write a name with dots as a list: ["..."]`)
				return session.Claim{}, false
			}
		}
		return session.Claim{Names: names, Text: s}, true
	}
	if !v.IsArray() {
		d.wrongKind(path, f, v)
		return session.Claim{}, false
	}
	names, whole := []string{}, true
	i := 0
	v.ForEach(func(_, value gjson.Result) bool {
		at := problem.Element(path, i)
		i++
		if value.Type != gjson.String || value.Str == "" {
			d.fail(at, "not a name; write a string")
			whole = false
			return true
		}
		names = append(names, value.Str)
		return true
	})
	if i == 0 {
		d.fail(path, "an empty list; "+example(f))
		whole = false
	}
	text := make([]string, len(names))
	for i, name := range names {
		text[i] = problem.Quote(name)
	}
	return session.Claim{Names: names, Text: "[" + strings.Join(text, ", ") + "]"}, whole
}

// pairs reads jwksHeaders; its values may be secrets and appear in no message.
func (d *decoder) pairs(path string, f *Field, v gjson.Result) ([][2]string, bool) {
	if !v.IsObject() {
		d.wrongKind(path, f, v)
		return nil, false
	}
	pairs, seen := [][2]string{}, map[string]bool{}
	v.ForEach(func(key, value gjson.Result) bool {
		at := problem.Member(path, key.String())
		name, wrong := f.check(key.String())
		switch {
		case wrong != "":
			d.fail(at, wrong)
		case seen[name]:
			d.fail(at, "given twice (names of headers are the same in capitals); keep one")
		case value.Type != gjson.String:
			d.fail(at, "not a string; write the header's value as a string")
		case !isFieldValue(value.Str):
			d.fail(at, "no value of a header; write printable ASCII without spaces around it")
		default:
			pairs = append(pairs, [2]string{name, value.Str})
		}
		seen[name] = true
		return !d.full() && len(seen) < maxElements
	})
	if len(seen) == 0 {
		d.fail(path, "an empty object; name a header, or leave the field out")
		return nil, false
	}
	return pairs, true
}
