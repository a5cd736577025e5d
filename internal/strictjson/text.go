package strictjson

import (
	"strconv"
	"unicode/utf8"

	"github.com/tidwall/gjson"

	"github.com/sessiongate/sessiongate/internal/bytealg"
)

// str reads a string. What it says, without its quotes and with its escapes
// resolved, is only put together where it is wanted.
func (r *reader) str(wanted bool) (text string, ok bool) {
	r.at++
	begin := r.at
	escapes := false
	for {
		r.at += bytealg.PlainJSON(r.text[r.at:])
		if r.at == len(r.text) {
			r.at = begin - 1
			return "", r.fail("a string is not closed")
		}
		switch c := r.text[r.at]; {
		case c == '"':
			text = r.text[begin:r.at]
			r.at++
			if escapes && wanted {
				text = gjson.Parse(r.text[begin-1 : r.at]).Str
			}
			return text, true
		case c == '\\':
			escapes = true
			if !r.escape() {
				return "", false
			}
		case c < 0x20:
			return "", r.fail("a control character stands in a string")
		default:
			letter, size := utf8.DecodeRuneInString(r.text[r.at:])
			if letter == utf8.RuneError && size == 1 {
				return "", r.fail("a string is not valid UTF-8")
			}
			r.at += size
		}
	}
}

// escape reads an escape; a surrogate must be half of a pair.
func (r *reader) escape() bool {
	r.at++
	if r.at == len(r.text) {
		return r.fail(tooShort)
	}
	switch r.text[r.at] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		r.at++
		return true
	case 'u':
	default:
		return r.fail("an escape is not one of JSON's")
	}
	unit, ok := r.unit(r.at - 1)
	if !ok {
		return r.fail("\\u needs four hexadecimal digits")
	}
	r.at += 5
	if unit < 0xD800 || unit > 0xDFFF {
		return true
	}
	low, ok := r.unit(r.at)
	if !ok || unit > 0xDBFF || low < 0xDC00 || low > 0xDFFF {
		r.at--
		return r.fail("half of a surrogate pair stands alone")
	}
	r.at += 6
	return true
}

// unit is the UTF-16 code unit of an escape \uXXXX at i.
func (r *reader) unit(i int) (unit uint64, ok bool) {
	if i+6 > len(r.text) || r.text[i] != '\\' || r.text[i+1] != 'u' {
		return 0, false
	}
	unit, err := strconv.ParseUint(r.text[i+2:i+6], 16, 16)
	return unit, err == nil
}
