package tree

import (
	"strings"
	"unicode/utf8"
)

// misindented is the first line that is neither as far in as one around it nor
// further in than the line above; nil if there is none. It is looked for only in
// files that cannot be read, as it does not know all of YAML.
func (r *yamlReader) misindented() *Error {
	open := []int{0}
	block := -1 // the indentation above a block of text
	for number := 1; number <= len(r.lines); number++ {
		line := uncommented(lineOf(r.lines, number))
		text := strings.TrimLeft(line, " ")
		indent := len(line) - len(text)
		if strings.TrimSpace(text) == "" || block >= 0 && indent > block {
			continue
		}
		block = -1
		if text == "---" {
			open = open[:1]
			continue
		}
		for len(open) > 1 && open[len(open)-1] > indent {
			open = open[:len(open)-1]
			if open[len(open)-1] < indent {
				return &Error{Place{number, indent + 1}, "not valid YAML: the indentation fits none of the lines above"}
			}
		}
		if indent > open[len(open)-1] {
			open = append(open, indent)
		}
		for at := indent; strings.HasPrefix(line[at:], "- "); open = append(open, at) {
			at += len(line[at:]) - len(strings.TrimLeft(line[at+1:], " "))
		}
		if last := strings.TrimRight(text, " +-0123456789"); strings.HasSuffix(last, "|") || strings.HasSuffix(last, ">") {
			block = indent
		}
	}
	return nil
}

// unclosed is the last bracket on one of two lines that is not closed there.
func (r *yamlReader) unclosed(bracket byte, reported int) *Error {
	for _, number := range []int{reported + 1, reported} {
		line := uncommented(lineOf(r.lines, number))
		closed := 0
		for i := len(line) - 1; i >= 0; i-- {
			switch line[i] {
			case bracket + 2: // ] and } stand two behind [ and {
				closed++
			case bracket:
				if closed--; closed < 0 {
					return &Error{Place{number, utf8.RuneCountInString(line[:i]) + 1}, "not valid YAML: this " + string(rune(bracket)) + " is not closed, or a comma is missing behind it"}
				}
			}
		}
	}
	return nil
}

// openQuote is the last double quote of a line that has an odd number of them.
func (r *yamlReader) openQuote() *Error {
	for number := len(r.lines); number > 0; number-- {
		line := lineOf(r.lines, number)
		if i := strings.LastIndexByte(line, '"'); strings.Count(line, `"`)%2 == 1 {
			return &Error{Place{number, utf8.RuneCountInString(line[:i]) + 1}, "not valid YAML: a quote is not closed"}
		}
	}
	return nil
}
