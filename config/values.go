package config

import (
	"strconv"
	"strings"
	"time"

	"github.com/sessiongate/sessiongate/gate"
	"github.com/sessiongate/sessiongate/jwa"
	"github.com/sessiongate/sessiongate/jwks"
	"github.com/sessiongate/sessiongate/session"
	"github.com/tidwall/gjson"
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
			d.fail(path, shown(v)+" is "+kindOf(v)+"; write "+quote(v.Raw))
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
			d.fail(path, quote(v.Str)+" is a string; write "+v.Str)
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

func (d *decoder) number(path string, f *Field, v gjson.Result) (int64, bool) {
	if v.Type != gjson.Number {
		if _, err := strconv.ParseInt(v.Str, 10, 64); v.Type == gjson.String && err == nil {
			d.fail(path, quote(v.Str)+" is a string; write "+v.Str)
		} else {
			d.wrongKind(path, f, v)
		}
		return 0, false
	}
	for i := range len(v.Raw) {
		if c := v.Raw[i]; !isDigit(c) && c != '-' {
			d.fail(path, shown(v)+" is not a whole number; write a number from "+bounds(f))
			return 0, false
		}
	}
	n, err := strconv.ParseInt(v.Raw, 10, 64)
	if err != nil || n < f.Min || n > f.Max {
		d.fail(path, shown(v)+" is out of bounds; write a number from "+bounds(f))
		return 0, false
	}
	return n, true
}

func bounds(f *Field) string {
	if f.Kind == Duration {
		return quote(FormatDuration(time.Duration(f.Min))) + " to " + quote(FormatDuration(time.Duration(f.Max)))
	}
	return strconv.FormatInt(f.Min, 10) + " to " + strconv.FormatInt(f.Max, 10)
}

func (d *decoder) duration(path string, f *Field, v gjson.Result) (time.Duration, bool) {
	switch v.Type {
	case gjson.String:
	case gjson.Number:
		d.fail(path, shown(v)+" is a number; write "+withUnit(v.Raw))
		return 0, false
	default:
		d.wrongKind(path, f, v)
		return 0, false
	}
	t, err := time.ParseDuration(v.Str)
	switch {
	case err != nil && isNumber(v.Str):
		d.fail(path, quote(v.Str)+" has no unit; write "+withUnit(v.Str))
	case err != nil && strings.HasSuffix(v.Str, "d") && isNumber(v.Str[:len(v.Str)-1]):
		d.fail(path, quote(v.Str)+" is not a duration, days have no unit; write hours: "+quote("24h"))
	case err != nil:
		d.fail(path, quote(v.Str)+` is not a duration; write a number with a unit (ms, s, m, h) like "5s"`)
	case int64(t) < f.Min || int64(t) > f.Max:
		d.fail(path, quote(v.Str)+" is out of bounds; write "+bounds(f))
	default:
		return t, true
	}
	return 0, false
}

// withUnit is a number of seconds as a duration, if it looks like one.
func withUnit(number string) string {
	if !isNumber(number) || len(number) > 12 {
		return `a duration like "5s"`
	}
	return quote(number + "s")
}

func isNumber(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

// FormatDuration is a duration as people write it: "5m" rather than "5m0s".
func FormatDuration(t time.Duration) string {
	s := t.String()
	if strings.HasSuffix(s, "m0s") {
		s = s[:len(s)-2]
	}
	if strings.HasSuffix(s, "h0m") {
		s = s[:len(s)-2]
	}
	return s
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
	case *gate.Auth:
		*at = gate.Auth(i)
	case *gate.OnFailure: // the first one, Inherit, has no name
		*at = gate.OnFailure(i + 1)
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
		return quote(s) + " is not known; did you mean " + quote(near) + "?"
	}
	return quote(s) + " is not known; write " + oneOf(values)
}

func (d *decoder) list(path string, f *Field, v gjson.Result, at any) {
	if v.Type == gjson.String && f.Kind == TextOrList {
		if s, ok := d.checked(path, f, v.Str); ok {
			*at.(*[]string) = []string{s}
		}
		return
	}
	if !v.IsArray() {
		if v.Type == gjson.String && len(v.Str) <= maxQuoted {
			d.fail(path, quote(v.Str)+" is a string; write a list: ["+quote(v.Str)+"]")
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
		at := element(path, i)
		i++
		if value.Type != gjson.String {
			if value.Type == gjson.Number || value.IsBool() {
				d.fail(at, shown(value)+" is "+kindOf(value)+"; write "+quote(value.Raw))
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
			d.fail(at, quote(s)+" is given twice; keep one")
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
				d.fail(path, quote(s)+` has an empty name between dots; write a name with dots as a list: ["..."]`)
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
		at := element(path, i)
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
		text[i] = quote(name)
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
		at := member(path, key.String())
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
