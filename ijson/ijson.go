// Package ijson reads JSON that has one meaning only: the I-JSON of RFC 7493,
// as far as security depends on it.
//
// # Guarantees
//
// What Object accepts is one JSON object of valid UTF-8, nested at most
// MaxDepth deep, without unpaired surrogates and, at no depth, with two members
// of one name. So every reader of it, whether it takes the first or the last
// of two members or replaces what is not Unicode, reads the same. The check
// neither recurses nor allocates without bound.
//
// # Limits
//
// Numbers keep the text they have; Number says whether one is finite. Results
// share the memory of what was read, which must not be changed afterwards.
package ijson

import (
	"unsafe"

	"github.com/tidwall/gjson"
)

// MaxDepth is how deep objects and arrays may be nested.
const MaxDepth = 32

// Object reads one JSON object. ok is false for anything else; see the package
// comment.
func Object(data []byte) (object gjson.Result, ok bool) {
	return read(data, true)
}

// Outline is Object without the search for members of one name: for readers
// that search in parts, with HasDuplicates.
func Outline(data []byte) (object gjson.Result, ok bool) {
	return read(data, false)
}

func read(data []byte, unique bool) (object gjson.Result, ok bool) {
	r := reader{text: view(data), unique: unique}
	if !r.object(nil) {
		return gjson.Result{}, false
	}
	return gjson.Parse(r.text), true
}

// Members is Object for those who want each member once, in order: its name,
// with its escapes resolved, its value as it stands, and if that is a string,
// what it says; see Value. What each was given means nothing unless Members is
// true.
func Members(data []byte, each func(name, raw, text string)) bool {
	r := reader{text: view(data), unique: true}
	return r.object(each)
}

// MembersOf is Members for an object inside of one that was accepted before; of
// anything else there are none.
func MembersOf(object gjson.Result, each func(name, raw, text string)) {
	if object.IsObject() {
		r := reader{text: object.Raw}
		r.object(each)
	}
}

// Member follows names, one for each level, into an object that Object has
// accepted. Names are exact: no character of them is an operator, as it would
// be in a gjson path. The result does not exist if a name is missing or what
// should hold it is no object; of two members of one name the first counts.
func Member(object gjson.Result, names ...string) gjson.Result {
	for _, name := range names {
		if !object.IsObject() {
			return gjson.Result{}
		}
		var found gjson.Result
		object.ForEach(func(key, value gjson.Result) bool {
			if key.Str != name {
				return true
			}
			found = value
			return false
		})
		if !found.Exists() {
			return gjson.Result{}
		}
		object = found
	}
	return object
}

// HasDuplicates tells whether an object that Outline has seen, or any object
// inside it, has two members of one name. Names are compared as they read after
// unescaping. What is no object has none that count.
func HasDuplicates(value gjson.Result) bool {
	r := reader{text: value.Raw, unique: true}
	return value.IsObject() && !r.object(nil)
}

// Parse gives Member access to bytes that Object has accepted before, without
// copying or checking them again.
func Parse(data []byte) gjson.Result { return gjson.Parse(view(data)) }

func view(data []byte) string {
	return unsafe.String(unsafe.SliceData(data), len(data))
}
