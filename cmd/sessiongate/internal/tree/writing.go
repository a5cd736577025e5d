package tree

import (
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// writing is how a string is written in its file, so that a place in what it
// says is a place in the file.
type writing struct {
	style style
	first Place  // where its first letter stands; for escaped, its quote
	says  placer // for plain and literal: what it says

	source string // for escaped: the text that it is part of, its quote at begin
	begin  int
	place  func(int) Place // of an offset in source
	offset int             // for escaped: the last that was asked for in what it says,
	length int             // and how much of source that is
}

type style uint8

const (
	plain   style = iota // one line, letter by letter
	literal              // a block of lines, all indented by first.Column-1
	escaped              // in double quotes
)

// PlaceAt is where in the file the letter at an offset of n.Text stands; where
// that cannot be told, where n begins.
func (n *Node) PlaceAt(offset int) Place {
	w := n.written
	if w == nil || offset < 0 || offset > len(n.Text) {
		return n.At()
	}
	if w.style == escaped {
		if offset < w.offset {
			w.offset, w.length = 0, 0
		}
		w.length += escapedLength(w.source[w.begin+1+w.length:], offset-w.offset)
		w.offset = offset
		return w.place(w.begin + 1 + w.length)
	}
	in := w.says.place(offset)
	if w.style == literal {
		return Place{w.first.Line + in.Line - 1, w.first.Column + in.Column - 1}
	}
	return Place{w.first.Line, w.first.Column + in.Column - 1}
}

// escapedLength is how many bytes of a text in double quotes stand for so many
// bytes of what it says.
func escapedLength(text string, says int) int {
	at := 0
	for said := 0; said < says && at < len(text) && text[at] != '"'; {
		if text[at] != '\\' || at+1 == len(text) {
			at, said = at+1, said+1
			continue
		}
		size, letters := 2, 1
		if text[at+1] == 'u' {
			size, letters = 6, escapedRune(text[at:])
		}
		at, said = min(at+size, len(text)), said+letters
	}
	return at
}

// escapedRune is how many bytes an escape "\uXXXX" stands for. Of a pair of
// surrogates each counts as half.
func escapedRune(text string) int {
	r := rune(0)
	for i := 2; i < min(6, len(text)); i++ {
		r = r<<4 | rune(strings.IndexByte("0123456789abcdef", text[i]|0x20))&15
	}
	if r >= 0xd800 && r < 0xe000 {
		return 2
	}
	return utf8.RuneLen(r)
}

// maxLine bounds the lines in which scalars are looked for.
const maxLine = 4096

// writing is how a scalar of YAML is written; nil where that cannot be told.
func (r *yamlReader) writing(y *yaml.Node) *writing {
	line := lineOf(r.lines, y.Line)
	if len(line) > maxLine {
		return nil
	}
	rest := []rune(line)
	source := string(rest[min(max(y.Column-1, 0), len(rest)):])
	at := Place{y.Line, y.Column}
	switch {
	case y.Style&yaml.LiteralStyle != 0:
		return r.literalBlock(y)
	case y.Style&yaml.FoldedStyle != 0:
	case y.Style&yaml.SingleQuotedStyle != 0:
		if strings.HasPrefix(source, "'"+y.Value+"'") {
			return &writing{style: plain, says: placer{text: y.Value}, first: Place{at.Line, at.Column + 1}}
		}
	case y.Style&yaml.DoubleQuotedStyle != 0:
		if length := 1 + escapedLength(source[min(1, len(source)):], len(y.Value)); length < len(source) && source[length] == '"' {
			return &writing{style: escaped, source: source, place: func(offset int) Place {
				return Place{at.Line, at.Column + utf8.RuneCountInString(source[:min(offset, len(source))])}
			}}
		}
	case strings.HasPrefix(source, y.Value):
		return &writing{style: plain, says: placer{text: y.Value}, first: at}
	}
	return nil
}

// literalBlock is a block of lines below a "|".
func (r *yamlReader) literalBlock(y *yaml.Node) *writing {
	for i, says := range strings.Split(y.Value, "\n") {
		if strings.TrimSpace(says) == "" {
			continue
		}
		source := lineOf(r.lines, y.Line+1+i)
		if !strings.HasSuffix(source, says) {
			return nil
		}
		return &writing{style: literal, says: placer{text: y.Value}, first: Place{y.Line + 1, len(source) - len(says) + 1}}
	}
	return nil
}
