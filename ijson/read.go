package ijson

import (
	"strings"
	"unicode/utf8"

	"github.com/tidwall/gjson"

	"github.com/sessiongate/sessiongate/words"
)

// reader checks JSON text in one pass. Every byte is looked at once: a token is
// read on most requests, and each further pass costs as much as verifying a
// signature outside of the VM does.
type reader struct {
	text   string
	at     int
	depth  int
	unique bool // no object may have two members of one name
	// names are those of the objects that are open, the inmost's at the end.
	names [3 * few]string
	count int

	string string // what the string that was read last as a value says
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

// value reads a value that begins at once. It calls itself no deeper than
// MaxDepth.
func (r *reader) value() bool {
	if r.at == len(r.text) {
		return false
	}
	switch c := r.text[r.at]; c {
	case '"':
		text, ok := r.str()
		r.string = text
		return ok
	case '{', '[':
		if r.depth == MaxDepth {
			return false
		}
		r.depth++
		ok := false
		if c == '{' {
			ok = r.members(nil)
		} else {
			ok = r.elements()
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
		return false
	}
	r.at += len(word)
	return true
}

// next takes a comma (more) or the closing byte.
func (r *reader) next(closing byte) (more, ok bool) {
	r.skipSpace()
	if r.at == len(r.text) {
		return false, false
	}
	c := r.text[r.at]
	r.at++
	return c == ',', c == ',' || c == closing
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

func (r *reader) elements() bool {
	r.at++
	if r.empty(']') {
		return true
	}
	for {
		r.skipSpace()
		if !r.value() {
			return false
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
	first := r.count
	var many map[string]struct{}
	for {
		r.skipSpace()
		if r.at == len(r.text) || r.text[r.at] != '"' {
			return false
		}
		name, ok := r.str()
		if !ok || r.unique && !r.isNew(name, first, &many) {
			return false
		}
		r.skipSpace()
		if r.at == len(r.text) || r.text[r.at] != ':' {
			return false
		}
		r.at++
		r.skipSpace()
		begin := r.at
		if !r.value() {
			return false
		}
		if each != nil {
			each(name, r.text[begin:r.at], r.string)
		}
		if more, ok := r.next('}'); !more {
			r.count = first
			return ok
		}
	}
}

// few is up to how many members are compared one by one; more go into a map.
const few = 32

// isNew notes a name of the object whose names begin at first; false if it was
// there. The map gets copies, so that the compiler sees the reader, and what
// its caller gave it, stay on the stack.
func (r *reader) isNew(name string, first int, many *map[string]struct{}) bool {
	mine := r.names[first:r.count]
	if *many == nil {
		for _, other := range mine {
			if other == name {
				return false
			}
		}
		if len(mine) < few && r.count < len(r.names) {
			r.names[r.count] = name
			r.count++
			return true
		}
		*many = make(map[string]struct{}, 4*few)
		for _, other := range mine {
			(*many)[strings.Clone(other)] = struct{}{}
		}
	}
	if _, there := (*many)[name]; there {
		return false
	}
	(*many)[strings.Clone(name)] = struct{}{}
	return true
}

// str reads a string, without its quotes and with its escapes resolved.
func (r *reader) str() (text string, ok bool) {
	r.at++
	begin := r.at
	escapes := false
	for {
		r.at += words.PlainJSON(r.text[r.at:])
		if r.at == len(r.text) {
			return "", false
		}
		switch c := r.text[r.at]; {
		case c == '"':
			text = r.text[begin:r.at]
			r.at++
			if escapes {
				text = gjson.Parse(r.text[begin-1 : r.at]).Str
			}
			return text, true
		case c == '\\':
			escapes = true
			if !r.escape() {
				return "", false
			}
		case c < 0x20:
			return "", false
		default:
			letter, size := utf8.DecodeRuneInString(r.text[r.at:])
			if letter == utf8.RuneError && size == 1 {
				return "", false
			}
			r.at += size
		}
	}
}

// escape reads an escape; a surrogate must be half of a pair.
func (r *reader) escape() bool {
	if r.at+1 == len(r.text) {
		return false
	}
	switch r.text[r.at+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		r.at += 2
		return true
	}
	unit, ok := r.unit(r.at)
	switch {
	case !ok:
		return false
	case unit < 0xD800 || unit > 0xDFFF:
		r.at += 6
		return true
	}
	low, ok := r.unit(r.at + 6)
	if !ok || unit > 0xDBFF || low < 0xDC00 || low > 0xDFFF {
		return false
	}
	r.at += 12
	return true
}

// unit is the UTF-16 code unit of an escape \uXXXX at i.
func (r *reader) unit(i int) (unit int, ok bool) {
	if i+6 > len(r.text) || r.text[i] != '\\' || r.text[i+1] != 'u' {
		return 0, false
	}
	for _, c := range []byte(r.text[i+2 : i+6]) {
		unit <<= 4
		switch {
		case c >= '0' && c <= '9':
			unit |= int(c - '0')
		case c >= 'a' && c <= 'f':
			unit |= int(c-'a') + 10
		case c >= 'A' && c <= 'F':
			unit |= int(c-'A') + 10
		default:
			return 0, false
		}
	}
	return unit, true
}

// number reads a number as RFC 8259 section 6 writes it.
func (r *reader) number() bool {
	r.take('-', '-')
	if !r.take('0', '0') && !r.digits() {
		return false
	}
	if r.take('.', '.') && !r.digits() {
		return false
	}
	if r.take('e', 'E') {
		r.take('+', '-')
		return r.digits()
	}
	return true
}

// take takes one of two bytes.
func (r *reader) take(a, b byte) bool {
	if r.at < len(r.text) && (r.text[r.at] == a || r.text[r.at] == b) {
		r.at++
		return true
	}
	return false
}

func (r *reader) digits() bool {
	begin := r.at
	for r.at < len(r.text) && r.text[r.at] >= '0' && r.text[r.at] <= '9' {
		r.at++
	}
	return r.at > begin
}
