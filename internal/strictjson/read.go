package strictjson

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
	if r.at == len(r.text) || r.text[r.at] != '{' {
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

// textOf reads a value that begins at once; text is what it says if it is a
// string.
func (r *reader) textOf() (text string, ok bool) {
	if r.at < len(r.text) && r.text[r.at] == '"' {
		return r.str(true)
	}
	return "", r.value()
}

// value passes over a value that begins at once. It calls itself no deeper than
// MaxDepth.
func (r *reader) value() bool {
	if r.at == len(r.text) {
		return r.fail(tooShort)
	}
	switch c := r.text[r.at]; c {
	case '"':
		_, ok := r.str(false)
		return ok
	case '{', '[':
		if r.depth == MaxDepth {
			return r.fail("it is nested too deeply")
		}
		r.depth++
		ok := false
		if c == '{' {
			ok = r.members(nil)
		} else {
			ok = r.elements(nil)
		}
		r.depth--
		return ok
	case 't':
		return r.literal("true")
	case 'f':
		return r.literal("false")
	case 'n':
		return r.literal("null")
	default:
		return r.number()
	}
}

func (r *reader) literal(word string) bool {
	if len(r.text)-r.at < len(word) || r.text[r.at:r.at+len(word)] != word {
		return r.fail(noValue)
	}
	r.at += len(word)
	return true
}

// next takes a comma (more) or the closing byte.
func (r *reader) next(closing byte) (more, ok bool) {
	r.skipSpace()
	if r.at < len(r.text) && (r.text[r.at] == ',' || r.text[r.at] == closing) {
		r.at++
		return r.text[r.at-1] == ',', true
	}
	return false, r.expected("a comma or " + string(rune(closing)))
}

// empty takes the closing byte if it follows at once.
func (r *reader) empty(closing byte) bool {
	r.skipSpace()
	if r.at < len(r.text) && r.text[r.at] == closing {
		r.at++
		return true
	}
	return false
}

func (r *reader) elements(each func(raw, text string)) bool {
	r.at++
	if r.empty(']') {
		return true
	}
	for {
		r.skipSpace()
		if each == nil {
			if !r.value() {
				return false
			}
		} else {
			begin := r.at
			text, ok := r.textOf()
			if !ok {
				return false
			}
			each(r.text[begin:r.at], text)
		}
		if more, ok := r.next(']'); !more {
			return ok
		}
	}
}

func (r *reader) members(each func(name, raw, text string)) bool {
	r.at++
	if r.empty('}') {
		return true
	}
	mine := r.names.open()
	for {
		r.skipSpace()
		if r.at == len(r.text) || r.text[r.at] != '"' {
			return r.expected("a name in quotes")
		}
		name, ok := r.str(r.unique || each != nil)
		if !ok || r.unique && !r.names.add(name, mine) {
			return false
		}
		r.skipSpace()
		if r.at == len(r.text) || r.text[r.at] != ':' {
			return r.expected("a colon")
		}
		r.at++
		r.skipSpace()
		begin, text := r.at, ""
		if r.at < len(r.text) && r.text[r.at] == '"' {
			text, ok = r.str(each != nil)
		} else {
			ok = r.value()
		}
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
