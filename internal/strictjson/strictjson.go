// Package strictjson reads JSON that has one meaning only: the I-JSON of RFC 7493,
// as far as security depends on it.
//
// # Guarantees
//
// What Members accepts is one JSON object of valid UTF-8, nested at most
// MaxDepth deep, without unpaired surrogates and, at no depth, with two members
// of one name. So every reader of it, whether it takes the first or the last
// of two members or replaces what is not Unicode, reads the same.
//
// Reading costs what its input is long, whatever that is made of: at most 4 KiB
// and 32 bytes of memory for each byte, no deeper recursion than MaxDepth, and
// time in proportion, but for sorting the names of an object that has many. So
// a client gains nothing by making JSON up.
//
// # Limits
//
// Numbers keep the text they have; Value.Number says whether one is finite.
// Values share the memory of what was read, which must not be changed afterwards.
package strictjson

import "unsafe"

// MaxDepth is how deep objects and arrays may be nested.
const MaxDepth = 32

// Members reads one JSON object, and is false for anything else; see the package
// comment. It calls each, unless that is nil, with the members in order: the
// name, with its escapes resolved, the value as it stands, and if that is a
// string, what it says. What each was given means nothing unless Members is true.
func Members(data []byte, each func(name, raw, text string)) bool {
	return read(view(data), true, each)
}

// Outline is Members without the search for members of one name: for readers
// that search in parts, with HasDuplicates.
func Outline(data []byte) (object Value, ok bool) {
	if !read(view(data), false, nil) {
		return Value{}, false
	}
	return Parse(data), true
}

func read(text string, unique bool, each func(name, raw, text string)) bool {
	r := reader{text: text, unique: unique}
	return r.object(each)
}

// MembersOf is Members for an object inside of one that was accepted before; of
// anything else there are none.
func MembersOf(object Value, each func(name, raw, text string)) {
	if object.IsObject() {
		read(object.Raw, false, each)
	}
}

// ElementsOf calls each with the elements of a list, which is a value as
// MembersOf and Members give it, as it stands; anything else has none.
func ElementsOf(list string, each func(raw, text string)) {
	if list != "" && list[0] == '[' {
		r := reader{text: list}
		r.elements(each)
	}
}

// HasDuplicates reports whether an object that Outline has seen, or any object
// inside it, has two members of one name. Names are compared as they read after
// unescaping. What is no object has none that count.
func HasDuplicates(value Value) bool {
	return value.IsObject() && !read(value.Raw, true, nil)
}

// Parse gives Member access to bytes that Members has accepted before, without
// copying or checking them again.
func Parse(data []byte) Value {
	r := reader{text: view(data)}
	r.skipSpace()
	return Value{Raw: r.text[r.at:]}
}

func view(data []byte) string {
	return unsafe.String(unsafe.SliceData(data), len(data))
}
