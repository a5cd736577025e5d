package strictjson

import "strings"

// reader checks JSON text in one pass. Every byte is looked at once: a token is
// read on most requests, and each further pass costs as much as verifying a
// signature outside of the VM does.
type reader struct {
	text   string
	at     int
	depth  int
	unique bool // no object may have two members of one name
	names  names
	wrong  string // why reading failed at at, but for two members of one name
}

const (
	tooShort = "it ends too early"
	noValue  = "a value is expected here"
)

// fail says why reading fails at this place.
func (r *reader) fail(wrong string) bool {
	r.wrong = wrong
	return false
}

// expected says what is expected at this place, or that the text is over.
func (r *reader) expected(what string) bool {
	if r.at == len(r.text) {
		return r.fail(tooShort)
	}
	return r.fail(what + " is expected here")
}

// object reads one object and the white space around it, and nothing else. Its
// members are given to each, if there is one.
func (r *reader) object(each func(name, raw, text string)) bool {
	r.skipSpace()
	if !r.begins('{') {
		return false
	}
	r.depth = 1
	if !r.members(each) {
		return false
	}
	r.skipSpace()
	return r.at == len(r.text)
}

func (r *reader) skipSpace() {
	for r.at < len(r.text) {
		switch r.text[r.at] {
		case ' ', '\t', '\n', '\r':
			r.at++
		default:
			return
		}
	}
}

// begins reports whether a byte comes next.
func (r *reader) begins(with byte) bool { return r.at < len(r.text) && r.text[r.at] == with }

// take takes one of two bytes, if it comes next.
func (r *reader) take(a, b byte) bool {
	if r.begins(a) || r.begins(b) {
		r.at++
		return true
	}
	return false
}

// value reads a value that begins at once; text is what it says if it is a
// string, and wanted. It calls itself no deeper than MaxDepth.
func (r *reader) value(wanted bool) (text string, ok bool) {
	if r.at == len(r.text) {
		return "", r.fail(tooShort)
	}
	switch c := r.text[r.at]; c {
	case '"':
		return r.str(wanted)
	case '{', '[':
		if r.depth == MaxDepth {
			return "", r.fail("it is nested too deeply")
		}
		r.depth++
		if c == '{' {
			ok = r.members(nil)
		} else {
			ok = r.elements(nil)
		}
		r.depth--
		return "", ok
	case 't':
		return "", r.literal("true")
	case 'f':
		return "", r.literal("false")
	case 'n':
		return "", r.literal("null")
	default:
		return "", r.number()
	}
}

func (r *reader) literal(word string) bool {
	if !strings.HasPrefix(r.text[r.at:], word) {
		return r.fail(noValue)
	}
	r.at += len(word)
	return true
}

// next takes a comma (more) or the closing byte.
func (r *reader) next(closing byte) (more, ok bool) {
	r.skipSpace()
	if r.take(',', closing) {
		return r.text[r.at-1] == ',', true
	}
	return false, r.expected("a comma or " + string(rune(closing)))
}

// empty takes the closing byte if it follows at once.
func (r *reader) empty(closing byte) bool {
	r.skipSpace()
	return r.take(closing, closing)
}

func (r *reader) elements(each func(raw, text string)) bool {
	r.at++
	if r.empty(']') {
		return true
	}
	for {
		r.skipSpace()
		begin := r.at
		text, ok := r.value(each != nil)
		if !ok {
			return false
		}
		if each != nil {
			each(r.text[begin:r.at], text)
		}
		if more, ok := r.next(']'); !more {
			return ok
		}
	}
}

// name reads the name of a member, up to its value.
func (r *reader) name(wanted bool) (name string, ok bool) {
	r.skipSpace()
	if !r.begins('"') {
		return "", r.expected("a name in quotes")
	}
	if name, ok = r.str(wanted); !ok {
		return "", false
	}
	r.skipSpace()
	if !r.take(':', ':') {
		return "", r.expected("a colon")
	}
	r.skipSpace()
	return name, true
}

func (r *reader) members(each func(name, raw, text string)) bool {
	r.at++
	if r.empty('}') {
		return true
	}
	mine := r.names.open()
	for {
		name, ok := r.name(r.unique || each != nil)
		if !ok || r.unique && !r.names.add(name, mine) {
			return false
		}
		begin := r.at
		text, ok := r.value(each != nil)
		if !ok {
			return false
		}
		if each != nil {
			each(name, r.text[begin:r.at], text)
		}
		if more, ok := r.next('}'); !more {
			return ok && r.names.close(mine)
		}
	}
}
