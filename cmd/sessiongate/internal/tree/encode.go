package tree

import (
	"encoding/json"
	"sort"
	"strconv"
	"unicode/utf8"
)

// Text is JSON, and where each value in it stands in the file it was made of.
type Text struct {
	JSON  []byte
	whole *Node // the string that JSON stands in; nil if it was made of values
	raw   bool  // JSON is the file
	marks []mark
}

type mark struct {
	offset int
	place  Place
}

// Encode writes a value as JSON, on one line and in ASCII.
func Encode(n *Node) Text {
	t := Text{}
	if n != nil {
		t.add(n)
	}
	return t
}

// TextOf is what a string says, which is to be JSON.
func TextOf(n *Node) Text { return Text{JSON: []byte(n.Str()), whole: n} }

// Raw is a file that is JSON.
func Raw(data []byte) Text { return Text{JSON: data, raw: true} }

// Place is where in the file a line and a column of the JSON stand.
func (t *Text) Place(line, column int) Place {
	switch {
	case line == 0:
		return Place{}
	case t.raw:
		return Place{line, column}
	}
	if t.whole != nil {
		return t.whole.PlaceAt(offsetOf(t.whole.Text, line, column))
	}
	i := sort.Search(len(t.marks), func(i int) bool { return t.marks[i].offset > column-1 }) - 1
	if i < 0 {
		return Place{}
	}
	return t.marks[i].place
}

// offsetOf is the offset of a line and a column.
func offsetOf(text string, line, column int) int {
	at := 0
	for ; line > 1; line-- {
		for at < len(text) && text[at] != '\n' {
			at++
		}
		at = min(at+1, len(text))
	}
	for ; column > 1 && at < len(text); column-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}

func (t *Text) mark(at Place) { t.marks = append(t.marks, mark{len(t.JSON), at}) }

func (t *Text) add(n *Node) {
	t.mark(n.Place)
	switch n.Kind {
	case Null:
		t.JSON = append(t.JSON, "null"...)
	case Bool, Number:
		t.JSON = append(t.JSON, n.Text...)
	case String:
		t.JSON = appendQuoted(t.JSON, n.Text)
	case List:
		t.JSON = append(t.JSON, '[')
		for i, item := range n.Elements {
			if i > 0 {
				t.JSON = append(t.JSON, ',')
			}
			t.add(item)
		}
		t.JSON = append(t.JSON, ']')
	case Object:
		t.JSON = append(t.JSON, '{')
		for i := range n.Members {
			if i > 0 {
				t.JSON = append(t.JSON, ',')
			}
			t.mark(n.Members[i].Place)
			t.JSON = appendQuoted(t.JSON, n.Members[i].Name)
			t.JSON = append(t.JSON, ':')
			t.add(n.Members[i].Value)
		}
		t.JSON = append(t.JSON, '}')
	}
}

// appendQuoted appends a string as JSON in ASCII.
func appendQuoted(b []byte, s string) []byte {
	quoted, err := json.Marshal(s)
	if err != nil {
		return append(b, `""`...)
	}
	for _, r := range string(quoted) {
		switch {
		case r < utf8.RuneSelf:
			b = append(b, byte(r))
		case r < 0x10000:
			b = appendEscape(b, r)
		default:
			r -= 0x10000
			b = appendEscape(appendEscape(b, 0xd800+r>>10), 0xdc00+r&0x3ff)
		}
	}
	return b
}

func appendEscape(b []byte, r rune) []byte {
	hex := strconv.FormatInt(int64(r), 16)
	return append(append(b, `\u0000`[:6-len(hex)]...), hex...)
}
