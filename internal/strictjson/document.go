package strictjson

import (
	"strings"
	"unicode/utf8"
	"unsafe"
)

// SyntaxError says why a text is not JSON, and where.
type SyntaxError struct {
	Message string
	Offset  int // in bytes
}

// Document reads a configuration, one JSON value of any kind: the error tells
// its author what is wrong with it and where. It does not search for members of one
// name.
func Document(text string) (Value, *SyntaxError) {
	r := reader{text: text}
	r.skipSpace()
	begin := r.at
	what, ok := r.value(true)
	v := Value{text[begin:r.at], what}
	if ok {
		if r.skipSpace(); r.at < len(text) {
			ok = r.fail("more text follows after the end of the configuration")
		}
	}
	if !ok {
		return Value{}, &SyntaxError{r.wrong, r.at}
	}
	return v, nil
}

// Offset is where a value stands in the text that it was read from; ok is false
// for one of another text.
func Offset(text string, v Value) (offset int, ok bool) {
	begin, at := uintptr(unsafe.Pointer(unsafe.StringData(text))), uintptr(unsafe.Pointer(unsafe.StringData(v.Raw)))
	if v.Raw == "" || at < begin || at >= begin+uintptr(len(text)) {
		return 0, false
	}
	return int(at - begin), true
}

// Position is the line and the column of an offset as people count them: from
// one, the column in letters.
func Position(text string, offset int) (line, column int) {
	before := text[:offset]
	line = strings.Count(before, "\n") + 1
	return line, utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:]) + 1
}
