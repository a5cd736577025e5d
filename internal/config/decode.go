package config

import (
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/strictjson"
)

// decoder reads one configuration and collects what is wrong with it.
type decoder struct {
	text     string
	errors   problem.List
	warnings problem.List
	// failed are the paths with an error, so that one mistake is not reported
	// again as its consequence.
	failed map[string]bool
	// where is what stands at a path, for the line and column of a problem.
	where map[string]string
}

func newDecoder(text string) *decoder {
	return &decoder{text: text, failed: map[string]bool{}, where: map[string]string{}}
}

// maxElements bounds every list.
const maxElements = 1000

// maxErrors bounds the work on a configuration that is wrong everywhere.
const maxErrors = 100

func (d *decoder) fail(path, message string) {
	if d.full() {
		return
	}
	line, column := d.position(path)
	d.errors = append(d.errors, problem.Problem{Path: path, Message: message, Line: line, Column: column})
	d.failed[path] = true
}

func (d *decoder) warn(path, message string) {
	d.warnings.Warn(path, message)
	if last := len(d.warnings) - 1; last < maxErrors { // each takes a look through the text
		d.warnings[last].Line, d.warnings[last].Column = d.position(path)
	}
}

func (d *decoder) full() bool { return len(d.errors) >= maxErrors }

// follows names the fields that a field's value may come from: where one of them
// is wrong, nothing can be said about the field.
var follows = map[string][]string{
	"jwksUri": {"jwks", "publishableKey", "projectId", "frontendApi"},
	"issuer":  {"publishableKey", "projectId", "frontendApi"},
}

// explained reports whether an error at path says nothing new: there is one
// already at path, around it, in what stands there, or in what it follows.
func (d *decoder) explained(path string) bool {
	for failed := range d.failed {
		if within(failed, path) || within(path, failed) {
			return true
		}
	}
	field := strings.LastIndexByte(path, '.') + 1
	return slices.ContainsFunc(follows[path[field:]], func(other string) bool { return d.failed[path[:field]+other] })
}

// within reports whether path is outer or something in it.
func within(path, outer string) bool {
	rest, ok := strings.CutPrefix(path, outer)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// position is where in the text a path is. What is missing is where it should
// be: in the object around it.
func (d *decoder) position(path string) (line, column int) {
	for d.where[path] == "" && path != "" {
		path = path[:max(0, strings.LastIndexAny(path, ".["))]
	}
	offset, ok := strictjson.Offset(d.text, strictjson.Value{Raw: d.where[path]})
	if !ok {
		return 0, 0
	}
	return strictjson.Position(d.text, offset)
}

// fieldSet are the names of the fields that an object has.
type fieldSet map[string]bool

// object reads the members of v by the table.
func (d *decoder) object(path string, t *Table, v strictjson.Value) {
	if !v.IsObject() {
		d.fail(path, what(v)+"; write an object: {...}")
		return
	}
	given := fieldSet{}
	strictjson.MembersOf(v, func(name, raw, text string) {
		if d.full() {
			return
		}
		at := problem.Member(path, name)
		d.where[at] = raw
		f := t.field(name)
		switch {
		case given[name]:
			d.fail(at, "given twice; keep one")
		case f == nil:
			message, meant := unknown(t, name)
			d.fail(at, message)
			if meant != "" {
				d.failed[problem.Member(path, meant)] = true
			}
		default:
			d.field(at, f, strictjson.Value{Raw: raw, Text: text})
		}
		given[name] = true
	})
	d.others(path, t, given)
	d.exactlyOne(path, t, given)
}

// field reads the value of one field.
func (d *decoder) field(path string, f *Field, v strictjson.Value) {
	if v.IsNull() {
		d.fail(path, "null is not a value; "+f.Kind.example(f)+", or leave the field out")
		return
	}
	f.Kind.read(given{v, f, d, path})
}

// others reads the defaults of the fields that an object has not, and checks
// which fields it has beside others.
func (d *decoder) others(path string, t *Table, given fieldSet) {
	for _, f := range t.Fields {
		at := problem.Member(path, f.Name)
		switch {
		case given[f.Name] && f.NotWith != "" && given[f.NotWith]:
			d.fail(at, "contradicts "+problem.Quote(f.NotWith)+"; remove one of the two")
		case given[f.Name] || d.failed[at]:
		case f.Required:
			d.fail(at, "missing; "+f.Kind.example(f))
		case f.Default != "":
			value, _ := strictjson.Document(f.Default)
			d.field(at, f, value)
		}
	}
}

// exactlyOne checks that an object has one of the fields of which it has to have
// one.
func (d *decoder) exactlyOne(path string, t *Table, given fieldSet) {
	n, failed := 0, false
	for _, name := range t.OneOf {
		failed = failed || d.failed[problem.Member(path, name)]
		if given[name] {
			n++
		}
	}
	if t.OneOf != nil && !failed && n != 1 {
		d.fail(path, "takes exactly one of "+problem.OneOf(t.OneOf)+"; write one of them")
	}
}
