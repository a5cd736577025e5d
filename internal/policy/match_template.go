package policy

import (
	"strconv"
	"strings"
)

// template is a host or a path as a rule writes it: exact, "prefix*", "*suffix",
// "*", or with operators in braces. In paths these are those of Istio's
// AuthorizationPolicy (Operation.paths) and Envoy's URI templates: {*} is one
// segment that is not empty, and {**}, which may only be the last operator, any
// text, slashes included. {name} is one segment of a path or one label of a host,
// for a condition to compare with. Each is alone in its segment.
type template struct {
	sep       string // between segments: "/" in paths, "." in hosts
	operators []operator
	rest      bool   // the last operator is {**} or "*"
	tail      string // what stands behind the operators
}

// operator stands for a part of the text that is not written out.
type operator struct {
	literal string // what stands in front of it, behind the operator before
	name    string // of {name}; empty: it has none
	segment int    // how many separators stand in front of it
}

const (
	oneSegment  = "{*}"
	anySegments = "{**}"
)

// newTemplate compiles a host or a path; a message says what is wrong with it.
func newTemplate(text, sep string) (t template, wrong string) {
	if !strings.ContainsAny(text, "{}") {
		return newGlob(text)
	}
	t.sep = sep
	for i, segment := range strings.Split(text, sep) {
		if i > 0 {
			t.tail += sep
		}
		switch wrong = wrongSegment(segment, sep); {
		case wrong != "":
			return template{}, wrong
		case !isOperator(segment, sep):
			t.tail += segment
		case t.rest:
			return template{}, "has an operator after {**}; {**} can only be the last"
		default:
			t.operators = append(t.operators, operator{t.tail, nameIn(segment), i})
			t.rest = segment == anySegments
			t.tail = ""
		}
	}
	return t, ""
}

// newGlob compiles text with at most one "*", at its beginning or end.
func newGlob(text string) (t template, wrong string) {
	before, after, star := strings.Cut(text, "*")
	switch {
	case text == "":
		return t, "is empty; leave the field out to match everything"
	case strings.Contains(after, "*"):
		return t, "has more than one \"*\"; write one, at the beginning or at the end"
	case before != "" && after != "":
		return t, "has \"*\" in the middle; write it at the beginning or at the end, or in paths {*} for a segment"
	case star:
		return template{operators: []operator{{literal: before}}, rest: true, tail: after}, ""
	}
	return template{tail: text}, ""
}

func isOperator(segment, sep string) bool {
	return nameIn(segment) != "" || sep == "/" && (segment == oneSegment || segment == anySegments)
}

// wrongSegment says what is wrong with a segment of a path or a label of a host
// with operators; empty if nothing is.
func wrongSegment(segment, sep string) string {
	switch {
	case isOperator(segment, sep):
	case sep == "." && strings.ContainsAny(segment, "{}*"):
		return "has " + strconv.Quote(segment) + " for a label; a host has either names alone in their labels, as in \"{tenant}.example.com\", or \"*\" at its beginning or end"
	case strings.Contains(segment, oneSegment) || strings.Contains(segment, anySegments):
		return "has {*} or {**} beside other characters; each stands for whole segments, as in \"/users/{*}/orders\""
	case strings.ContainsAny(segment, "{}"):
		return "has braces that are neither {*} nor {**} nor a name alone in its segment; write {*} for one segment, {**} for any number of them, {tenant} for one that \"require\" compares"
	case strings.Contains(segment, "*"):
		return "has \"*\" beside {*} or {**}; write {*} for one segment, {**} for any number of them"
	}
	return ""
}

// nameBytes are what names consist of. They begin with a letter.
const nameBytes = "abcdefghijklmnopqrstuvwxyz0123456789_-"

// maxName is how long a name may be.
const maxName = 64

// nameIn is the name of an operator such as {tenant}; empty if it is none.
func nameIn(segment string) string {
	rest, opened := strings.CutPrefix(segment, "{")
	name, closed := strings.CutSuffix(rest, "}")
	if !opened || !closed || name == "" || len(name) > maxName {
		return ""
	}
	if name[0] < 'a' || strings.Trim(name, nameBytes) != "" {
		return ""
	}
	return name
}

// names are those of the operators, in their order.
func (t *template) names() (names []string) {
	for i := range t.operators {
		if name := t.operators[i].name; name != "" {
			names = append(names, name)
		}
	}
	return names
}

// matches reports whether the template covers a text. A name covers an empty
// segment too, so that such a request falls under the rule, whose condition it
// then fails.
func (t *template) matches(text string) bool {
	for i := range t.operators {
		o := &t.operators[i]
		after, ok := strings.CutPrefix(text, o.literal)
		if !ok {
			return false
		}
		if t.rest && i == len(t.operators)-1 {
			return strings.HasSuffix(after, t.tail)
		}
		segment, _, _ := strings.Cut(after, t.sep)
		if segment == "" && o.name == "" {
			return false
		}
		text = after[len(segment):]
	}
	return text == t.tail
}

// named is the segment of that name in a text that the template matches; ok
// reports whether the template has the name.
func (t *template) named(name, text string) (segment string, ok bool) {
	for i := range t.operators {
		if t.operators[i].name != name {
			continue
		}
		for range t.operators[i].segment {
			_, text, _ = strings.Cut(text, t.sep)
		}
		segment, _, _ = strings.Cut(text, t.sep)
		return segment, true
	}
	return "", false
}
