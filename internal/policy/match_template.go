package policy

import (
	"slices"
	"strconv"
	"strings"
)

// template is a path or a host with operators. In paths they are those of
// Istio's AuthorizationPolicy (Operation.paths) and Envoy's URI templates: {*} is
// one segment that is not empty, and {**}, which may only be the last operator,
// any text, slashes included. {name} is one segment of a path or one label of a
// host, for a condition to compare with. Each is alone in its segment.
type template struct {
	sep      byte     // between segments: "/" in paths, "." in hosts
	literals []string // what stands before, between and after the operators
	rest     bool     // the last operator is {**}
	places   []place  // what the names among the operators stand for
}

// place is a segment that has a name.
type place struct {
	name    string
	before  int // how many separators stand in front of it
	literal int // which of the literals does
}

const (
	oneSegment  = "{*}"
	anySegments = "{**}"
)

// newTemplate compiles a path with braces; a message says what is wrong with it.
func newTemplate(text string) (t template, wrong string) {
	if !strings.HasPrefix(text, "/") {
		return t, "a path with {*}, {**} or {name} begins with \"/\", and has no other \"*\""
	}
	t.sep = '/'
	begin := 0 // of the literal that goes on
	for at := 0; at < len(text); {
		end := t.end(text, at+1)
		segment := text[at+1 : end]
		if wrong = t.wrongSegment(segment); wrong != "" {
			return template{}, wrong
		}
		if isOperator(segment) {
			t.operator(segment, text[begin:at+1], strings.Count(text[:at+1], "/"))
			begin = end
		}
		at = end
	}
	t.literals = append(t.literals, text[begin:])
	return t, ""
}

// newHostTemplate compiles a host with braces; a message says what is wrong
// with it.
func newHostTemplate(text string) (t template, wrong string) {
	t.sep = '.'
	begin := 0
	for at := 0; at < len(text); {
		end := t.end(text, at)
		switch label := text[at:end]; {
		case nameIn(label) != "":
			t.operator(label, text[begin:at], strings.Count(text[:at], "."))
			begin = end
		case strings.ContainsAny(label, "{}*"):
			return template{}, "has " + strconv.Quote(label) + " for a label; a host has either names alone in their labels, as in \"{tenant}.example.com\", or \"*\" at its beginning or end"
		}
		at = end + 1
	}
	t.literals = append(t.literals, text[begin:])
	return t, ""
}

// end is where the segment ends that begins at a place.
func (t *template) end(text string, at int) int {
	if next := strings.IndexByte(text[at:], t.sep); next >= 0 {
		return at + next
	}
	return len(text)
}

// operator adds an operator, behind a literal.
func (t *template) operator(segment, literal string, before int) {
	if name := nameIn(segment); name != "" {
		t.places = append(t.places, place{name, before, len(t.literals)})
	}
	t.rest = segment == anySegments
	t.literals = append(t.literals, literal)
}

func isOperator(segment string) bool {
	return segment == oneSegment || segment == anySegments || nameIn(segment) != ""
}

// wrongSegment says what is wrong with the next segment of a path; empty if
// nothing is.
func (t *template) wrongSegment(segment string) string {
	switch {
	case isOperator(segment):
		if t.rest {
			return "has an operator after {**}; {**} can only be the last"
		}
	case strings.Contains(segment, oneSegment) || strings.Contains(segment, anySegments):
		return "has {*} or {**} beside other characters; each stands for whole segments, as in \"/users/{*}/orders\""
	case strings.ContainsAny(segment, "{}"):
		return "has braces that are neither {*} nor {**} nor a name alone in its segment; write {*} for one segment, {**} for any number of them, {tenant} for one that \"require\" compares"
	case strings.Contains(segment, "*"):
		return "has \"*\" beside {*} or {**}; write {*} for one segment, {**} for any number of them"
	}
	return ""
}

// nameIn is the name of an operator such as {tenant}; empty if it is none.
func nameIn(segment string) string {
	if len(segment) < 3 || len(segment) > 66 || segment[0] != '{' || segment[len(segment)-1] != '}' {
		return ""
	}
	name := segment[1 : len(segment)-1]
	for i := range len(name) {
		if c := name[i]; c < 'a' || c > 'z' {
			if i == 0 || (c < '0' || c > '9') && c != '_' && c != '-' {
				return ""
			}
		}
	}
	return name
}

func (t *template) matches(text string) bool {
	last := len(t.literals) - 1
	for i, literal := range t.literals[:last] {
		var ok bool
		if text, ok = strings.CutPrefix(text, literal); !ok {
			return false
		}
		if t.rest && i == last-1 {
			return strings.HasSuffix(text, t.literals[last])
		}
		end := t.end(text, 0)
		if end == 0 && !t.isNamed(i) {
			return false
		}
		text = text[end:]
	}
	return text == t.literals[last]
}

// isNamed reports whether the operator behind a literal is a name. That one
// covers an empty segment too, so that such a request falls under the rule,
// whose condition it then fails.
func (t *template) isNamed(literal int) bool {
	for i := range t.places {
		if t.places[i].literal == literal {
			return true
		}
	}
	return false
}

// named is the segment of that name in a text that the template matches; ok
// reports whether the template has the name.
func (t *template) named(name, text string) (segment string, ok bool) {
	for i := range t.places {
		if t.places[i].name != name {
			continue
		}
		for range t.places[i].before {
			text = text[min(t.end(text, 0)+1, len(text)):]
		}
		return text[:t.end(text, 0)], true
	}
	return "", false
}

func (t *template) equal(other template) bool { return slices.Equal(t.literals, other.literals) }
