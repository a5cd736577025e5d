package tree

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	yamlLine    = regexp.MustCompile(`line (\d+)`)
	yamlAnchor  = regexp.MustCompile(`unknown anchor '([^']*)' referenced`)
	bareAlias   = regexp.MustCompile(`(^|[\s\[,])(\*[^\s,\]]*)`)
	bareBraces  = regexp.MustCompile(`(^|[\s\[,])([^\s"'\[,{]*(?:\{\*+\}|[/.]\{[a-z][a-z0-9_-]*\}|\{[a-z][a-z0-9_-]*\}\.)[^\s,\]]*)`)
	strangeChar = regexp.MustCompile("(^|[\\s\\[,])([@`%][^\\s,\\]]*)")
)

// words says what is wrong with YAML, as its author would. The package's own
// lines are sometimes one or two off, so the mistake is looked for around them.
func (r *yamlReader) words(err error) *Error {
	text := err.Error()
	if m := yamlAnchor.FindStringSubmatch(text); m != nil {
		if at := strings.Index(r.text, "*"+m[1]); at >= 0 {
			return &Error{placeAt(r.text, at), inQuotes("*", "* names an anchor in YAML")}
		}
	}
	reported := 1
	if m := yamlLine.FindStringSubmatch(text); m != nil {
		reported, _ = strconv.Atoi(m[1])
	}
	reported = max(1, min(reported, len(r.lines)))
	for _, number := range []int{reported, reported + 1, reported - 1, reported + 2, reported - 2} {
		if wrong := r.mistake(number); wrong != nil {
			return wrong
		}
	}
	for number := range r.lines {
		if wrong := r.tab(number + 1); wrong != nil {
			return wrong
		}
	}
	if wrong := r.structure(text, reported); wrong != nil {
		return wrong
	}
	line := lineOf(r.lines, reported)
	column := len([]rune(line)) - len([]rune(strings.TrimLeft(line, " "))) + 1
	return &Error{Place{reported, column}, "not valid YAML: " + yamlReason(text)}
}

// structure is what is wrong with brackets, quotes and indentation; nil if that
// cannot be told.
func (r *yamlReader) structure(text string, reported int) *Error {
	switch {
	case strings.Contains(text, "unexpected end of stream"):
		return r.openQuote()
	case strings.Contains(text, "expected ',' or ']'"):
		return r.unclosed('[', reported)
	case strings.Contains(text, "expected ',' or '}'"):
		return r.unclosed('{', reported)
	case strings.Contains(text, "expected key"), strings.Contains(text, "'-' indicator"), strings.Contains(text, "mapping values"):
		return r.misindented()
	}
	return nil
}

func inQuotes(what, why string) string {
	return "not valid YAML: " + why + "; put the value in quotes, as in \"" + what + "\""
}

// mistake is what is wrong on a line; nil if that cannot be told.
func (r *yamlReader) mistake(number int) *Error {
	if wrong := r.tab(number); wrong != nil {
		return wrong
	}
	line := uncommented(lineOf(r.lines, number))
	at := func(m []int, message string) *Error {
		return &Error{Place{number, len([]rune(line[:m[4]])) + 1}, message}
	}
	if i := strings.Index(line, "{{"); i >= 0 {
		return &Error{Place{number, i + 1}, "not valid YAML: {{ begins a template; render it first, and check what comes out"}
	}
	if m := bareAlias.FindStringSubmatchIndex(line); m != nil {
		return at(m, inQuotes("*.example.com", "* names an anchor in YAML"))
	}
	if m := bareBraces.FindStringSubmatchIndex(line); m != nil {
		return at(m, inQuotes("/users/{*}", "{ begins an object in YAML"))
	}
	if m := strangeChar.FindStringSubmatchIndex(line); m != nil {
		return at(m, inQuotes(line[m[4]:m[4]+1]+"...", "a value cannot begin with "+line[m[4]:m[4]+1]))
	}
	return nil
}

func (r *yamlReader) tab(number int) *Error {
	line := lineOf(r.lines, number)
	indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
	if i := strings.IndexByte(indent, '\t'); i >= 0 && len(indent) < len(line) {
		return &Error{Place{number, i + 1}, "not valid YAML: a tab; indent with spaces"}
	}
	return nil
}

// uncommented is a line without its comment.
func uncommented(line string) string {
	if strings.HasPrefix(strings.TrimLeft(line, " "), "#") {
		return ""
	}
	if i := strings.Index(line, " #"); i >= 0 {
		return line[:i]
	}
	return line
}

// yamlReason puts the messages of the YAML package into the words of this one.
func yamlReason(text string) string {
	for _, known := range []struct{ part, reason string }{
		{"expected ',' or ']'", "a list in brackets is not closed, or lacks a comma"},
		{"expected ',' or '}'", "an object in braces is not closed, or lacks a comma"},
		{"mapping values are not allowed", "a second colon in one value; put the value in quotes"},
		{"did not find expected key", "the indentation does not fit the lines above"},
		{"did not find expected '-' indicator", "the indentation does not fit the list above"},
		{"could not find expected ':'", "a colon is missing, or a quote is not closed"},
		{"block sequence entries are not allowed", "a list cannot begin here; write it on a line of its own"},
		{"found unexpected end of stream", "a quote is not closed"},
		{"control characters are not allowed", "a control character; remove it"},
		{"invalid", "the text is not UTF-8"},
	} {
		if strings.Contains(text, known.part) {
			return known.reason
		}
	}
	return "this line, or the one before it, cannot be read"
}
