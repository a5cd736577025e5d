package config

import (
	"strconv"

	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/strictjson"
)

// Kind is how the value of a field is written. Each has a file of its own; how
// the reference and the schema put it is in package describe.
type Kind interface {
	// read reads what is given into the field's place.
	read(g given)
	// show is the value in that place, as the effective configuration has it;
	// nil if there is none.
	show(f *Field) any
	// example says how such a field is written.
	example(f *Field) string
}

// given is a value as it is written, and the field that it is for.
type given struct {
	strictjson.Value
	*Field
	d    *decoder
	path string
}

func (g given) fail(message string) { g.d.fail(g.path, message) }

// failKind reports a value that is not of the field's kind.
func (g given) failKind() { g.fail(what(g.Value) + "; " + g.Kind.example(g.Field)) }

// failMany reports a list or an object with more elements than are read.
func (g given) failMany() {
	g.fail("has more than " + strconv.Itoa(maxElements) + " elements; write fewer")
}

// assign puts a value into a place, or a pointer to it where the place tells
// what is missing from what is written.
func assign[T any](at any, value T) {
	switch at := at.(type) {
	case *T:
		*at = value
	case **T:
		*at = &value
	}
}

// assigned is the value in a place; nil if there is none. In a place without a
// pointer the zero value says so, unless it is one like others.
func assigned[T comparable](at any, zeroCounts bool) any {
	var zero T
	switch at := at.(type) {
	case *T:
		if *at != zero || zeroCounts {
			return *at
		}
	case **T:
		if *at != nil {
			return **at
		}
	}
	return nil
}

// elements calls each with the elements of a list, and reports whether there
// are any, or may be none.
func (g given) elements(each func(given)) bool {
	n := 0
	strictjson.ElementsOf(g.Raw, func(raw, text string) {
		switch {
		case n == maxElements:
			g.failMany()
		case n < maxElements && !g.d.full():
			at := problem.Element(g.path, n)
			g.d.where[at] = raw
			each(given{strictjson.Value{Raw: raw, Text: text}, g.Field, g.d, at})
		}
		n++
	})
	switch {
	case n > 0 || g.AllowEmpty:
		return true
	case g.Required:
		g.fail("an empty list; " + g.Kind.example(g.Field))
	default:
		g.fail("an empty list; write at least one element, or leave the field out")
	}
	return false
}

// shown is a value that is short and no secret, as messages show it.
func shown(v strictjson.Value) string {
	if len(v.Raw) > 24 {
		return "this"
	}
	return v.Raw
}

// what says what a value is, as the beginning of a message.
func what(v strictjson.Value) string {
	switch {
	case v.IsNumber():
		return shown(v) + " is a number"
	case v.IsBool():
		return v.Raw + " is a boolean"
	case v.IsNull():
		return "null is not a value"
	case v.IsString():
		return "a string"
	case v.IsList():
		return "a list"
	}
	return "an object"
}
