package policy

import (
	"slices"
	"strings"
)

// template is a path with operators, as in Istio's AuthorizationPolicy
// (Operation.paths) and Envoy's URI templates: {*} is one segment that is not
// empty, and {**}, which may only be the last operator, any text, slashes
// included. Each is alone in its segment.
type template struct {
	literals []string // what stands before, between and after the operators
	rest     bool     // the last operator is {**}
}

const (
	oneSegment  = "{*}"
	anySegments = "{**}"
)

// newTemplate compiles a path with braces; a message says what is wrong with it.
func newTemplate(text string) (t template, wrong string) {
	if !strings.HasPrefix(text, "/") {
		return t, "a path with {*} or {**} begins with \"/\", and has no other \"*\""
	}
	begin := 0 // of the literal that goes on
	for at := 0; at < len(text); {
		end := len(text) // of the segment
		if next := strings.IndexByte(text[at+1:], '/'); next >= 0 {
			end = at + 1 + next
		}
		switch segment := text[at+1 : end]; {
		case segment == oneSegment || segment == anySegments:
			if t.rest {
				return template{}, "has an operator after {**}; {**} can only be the last"
			}
			t.rest = segment == anySegments
			t.literals = append(t.literals, text[begin:at+1])
			begin = end
		case strings.Contains(segment, oneSegment) || strings.Contains(segment, anySegments):
			return template{}, "has {*} or {**} beside other characters; each stands for whole segments, as in \"/users/{*}/orders\""
		case strings.ContainsAny(segment, "{}"):
			return template{}, "has braces that are neither {*} nor {**}; write {*} for one segment, {**} for any number of them"
		case strings.Contains(segment, "*"):
			return template{}, "has \"*\" beside {*} or {**}; write {*} for one segment, {**} for any number of them"
		}
		at = end
	}
	t.literals = append(t.literals, text[begin:])
	return t, ""
}

func (t *template) matches(path string) bool {
	last := len(t.literals) - 1
	for i, literal := range t.literals[:last] {
		var ok bool
		if path, ok = strings.CutPrefix(path, literal); !ok {
			return false
		}
		if t.rest && i == last-1 {
			return strings.HasSuffix(path, t.literals[last])
		}
		end := strings.IndexByte(path, '/')
		if end < 0 {
			end = len(path)
		}
		if end == 0 {
			return false
		}
		path = path[end:]
	}
	return path == t.literals[last]
}

func (t *template) equal(other template) bool { return slices.Equal(t.literals, other.literals) }
