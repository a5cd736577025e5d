package config

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	// maxBytes bounds a configuration; the largest part of one is inline keys.
	maxBytes = 4 << 20
	// maxDepth bounds the nesting. The deepest thing that means something is
	// providers[].jwks.keys[].key_ops[].
	maxDepth = 32
)

// checkSyntax tells what keeps data from being one JSON object (RFC 8259), or
// nothing. It comes before gjson, which takes truncated and mangled JSON, and
// recurses without a bound.
func checkSyntax(data string) (message string) {
	switch {
	case len(data) > maxBytes:
		return "the configuration is longer than 4 MiB"
	case strings.HasPrefix(data, "\ufeff"):
		return "the configuration begins with a byte order mark; save it as UTF-8 without one"
	}
	s := syntax{text: data}
	s.space()
	if s.at == len(data) {
		return `the configuration is empty; write at least {"providers": [{"preset": ...}]}`
	}
	if !utf8.ValidString(data) {
		for i, r := range data {
			if r == utf8.RuneError {
				if _, n := utf8.DecodeRuneInString(data[i:]); n == 1 {
					s.at = i
					break
				}
			}
		}
		return "the configuration is not valid UTF-8" + s.where()
	}
	first := data[s.at]
	wrong := s.value(0)
	if wrong == "" {
		s.space()
		if s.at < len(data) {
			wrong = "more text follows after the end of the configuration"
		}
	}
	if wrong != "" {
		if first != '{' && first != '[' && first != '"' {
			return `the configuration is not JSON; write an object: {"providers": [...]}`
		}
		return "the configuration is not valid JSON: " + wrong + s.where()
	}
	if first != '{' {
		return `the configuration is not a JSON object; write {"providers": [...]}`
	}
	return ""
}

// isJSON reports whether text is one JSON value that is not nested too deeply.
func isJSON(text string) bool {
	s := syntax{text: text}
	s.space()
	if s.value(0) != "" {
		return false
	}
	s.space()
	return s.at >= len(text)
}

// syntax walks over JSON text. After a failure, at is where it happened.
type syntax struct {
	text string
	at   int
}

// where is the present place for people.
func (s *syntax) where() string {
	before := s.text[:min(s.at, len(s.text))]
	line := strings.Count(before, "\n") + 1
	column := utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:]) + 1
	return " (line " + itoa(line) + ", column " + itoa(column) + ")"
}

func (s *syntax) space() {
	for s.at < len(s.text) {
		switch s.text[s.at] {
		case ' ', '\t', '\n', '\r':
			s.at++
		default:
			return
		}
	}
}

func (s *syntax) peek() byte {
	if s.at < len(s.text) {
		return s.text[s.at]
	}
	return 0
}

func (s *syntax) value(depth int) (wrong string) {
	switch c := s.peek(); {
	case s.at >= len(s.text):
		return "it ends too early"
	case c == '{':
		return s.container(depth, '}')
	case c == '[':
		return s.container(depth, ']')
	case c == '"':
		return s.string()
	case c == '-' || isDigit(c):
		return s.number()
	}
	for _, word := range [...]string{"true", "false", "null"} {
		if strings.HasPrefix(s.text[s.at:], word) {
			s.at += len(word)
			return ""
		}
	}
	return "a value is expected here"
}

func (s *syntax) container(depth int, end byte) (wrong string) {
	if depth >= maxDepth {
		return "it is nested too deeply"
	}
	s.at++
	s.space()
	if s.peek() == end {
		s.at++
		return ""
	}
	for {
		if end == '}' {
			if s.at < len(s.text) && s.peek() != '"' {
				return "a name in quotes is expected here"
			}
			if wrong = s.string(); wrong != "" {
				return wrong
			}
			s.space()
			if s.at < len(s.text) && s.peek() != ':' {
				return "a colon is expected here"
			}
			s.at++
			s.space()
		}
		if wrong = s.value(depth + 1); wrong != "" {
			return wrong
		}
		s.space()
		switch {
		case s.at >= len(s.text):
			return "it ends too early"
		case s.peek() == end:
			s.at++
			return ""
		case s.peek() != ',':
			return "a comma or " + string(rune(end)) + " is expected here"
		}
		s.at++
		s.space()
	}
}

func (s *syntax) string() (wrong string) {
	start := s.at
	for s.at++; s.at < len(s.text); s.at++ {
		switch c := s.text[s.at]; {
		case c == '"':
			s.at++
			return ""
		case c < 0x20:
			return "a control character stands in a string"
		case c == '\\':
			if wrong = s.escape(); wrong != "" {
				return wrong
			}
		}
	}
	if start >= len(s.text) {
		return "it ends too early"
	}
	s.at = start
	return "a string is not closed"
}

// escape leaves at on the last byte of the escape.
func (s *syntax) escape() (wrong string) {
	s.at++
	switch s.peek() {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return ""
	case 'u':
		unit, ok := s.unit()
		if ok && 0xd800 <= unit && unit < 0xdc00 && strings.HasPrefix(s.text[s.at+1:], `\u`) {
			s.at += 2
			if unit, ok = s.unit(); ok && (unit < 0xdc00 || unit > 0xdfff) {
				return "half of a surrogate pair stands alone"
			}
			unit = 0
		}
		switch {
		case !ok:
			return `\u needs four hexadecimal digits`
		case 0xd800 <= unit && unit <= 0xdfff:
			return "half of a surrogate pair stands alone"
		}
		return ""
	}
	return "an escape is not one of JSON's"
}

// unit reads the four digits after \u, and leaves at on the last.
func (s *syntax) unit() (unit uint64, ok bool) {
	if len(s.text)-s.at <= 4 {
		return 0, false
	}
	unit, err := strconv.ParseUint(s.text[s.at+1:s.at+5], 16, 16)
	s.at += 4
	return unit, err == nil
}

func (s *syntax) number() (wrong string) {
	if s.peek() == '-' {
		s.at++
	}
	switch {
	case s.peek() == '0':
		s.at++
	case !s.digits():
		return "a number is not one of JSON's"
	}
	if s.peek() == '.' {
		s.at++
		if !s.digits() {
			return "a number is not one of JSON's"
		}
	}
	if c := s.peek(); c == 'e' || c == 'E' {
		s.at++
		if c := s.peek(); c == '+' || c == '-' {
			s.at++
		}
		if !s.digits() {
			return "a number is not one of JSON's"
		}
	}
	return ""
}

func (s *syntax) digits() bool {
	start := s.at
	for isDigit(s.peek()) {
		s.at++
	}
	return s.at > start
}
