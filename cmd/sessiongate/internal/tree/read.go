package tree

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// Bounds of a file.
const (
	maxBytes = 16 << 20
	maxDepth = 200
	maxNodes = 1 << 20
)

// Error says why a text cannot be read.
type Error struct {
	Place   Place
	Message string
}

func (e *Error) Error() string { return e.Message }

var (
	errTooLong = &Error{Place{1, 1}, "the file is longer than 16 MiB"}
	errTooDeep = &Error{Message: "nested more than 200 deep; no configuration is"}
	errTooMany = &Error{Message: "holds more than a million values, aliases counted as what they stand for"}
)

// Read reads a file: one JSON value, or the documents of YAML, without those
// that are empty.
func Read(data []byte) ([]*Node, *Error) {
	if len(data) > maxBytes {
		return nil, errTooLong
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if LooksLikeJSON(data) {
		node, err := ReadJSON(string(data))
		if err != nil {
			return nil, err
		}
		return []*Node{node}, nil
	}
	return readYAML(string(data))
}

// LooksLikeJSON reports whether a file is meant to be JSON and not YAML: its
// first character is a brace, as in no YAML that people write.
func LooksLikeJSON(data []byte) bool {
	text := strings.TrimLeft(string(data[:min(len(data), 4096)]), " \t\r\n")
	if strings.HasPrefix(text, "//") || strings.HasPrefix(text, "/*") {
		return true // with a comment in front, which it cannot have
	}
	return strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "{{")
}

// placer finds the places of offsets in a text. It goes on from the last one, so
// that a walk through the text costs as much as the text is long.
type placer struct {
	text   string
	offset int
	last   Place
}

func (p *placer) place(offset int) Place {
	offset = max(0, min(offset, len(p.text)))
	if p.last.Line == 0 || offset < p.offset {
		p.offset, p.last = 0, Place{1, 1}
	}
	between := p.text[p.offset:offset]
	if end := strings.LastIndexByte(between, '\n'); end >= 0 {
		p.last = Place{p.last.Line + strings.Count(between, "\n"), 1}
		between = between[end+1:]
	}
	p.last.Column += utf8.RuneCountInString(between)
	p.offset = offset
	return p.last
}

func placeAt(text string, offset int) Place { return (&placer{text: text}).place(offset) }

// lineOf is a line of a text, from one, without its end; empty if there is none.
func lineOf(lines []string, number int) string {
	if number < 1 || number > len(lines) {
		return ""
	}
	return strings.TrimRight(lines[number-1], "\r")
}
