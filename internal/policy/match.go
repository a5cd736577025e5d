package policy

import (
	"strconv"
	"strings"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
)

// hostPattern is a host in lower case: exact, "prefix*", "*suffix", "*", or with
// names for some of its labels.
type hostPattern struct {
	glob     glob
	template *template // nil: glob
}

// newHostPattern compiles a host; a message says what is wrong with it.
func newHostPattern(text string) (p hostPattern, wrong string) {
	braces := strings.ContainsAny(text, "{}")
	if braces {
		p.template = new(template)
		*p.template, wrong = newHostTemplate(text)
	} else {
		p.glob, wrong = newGlob(text)
	}
	if wrong != "" {
		return hostPattern{}, wrong
	}
	if scheme, rest, ok := strings.Cut(text, "://"); ok {
		return hostPattern{}, strconv.Quote(scheme+"://") + " does not belong in a host; write " + strconv.Quote(rest)
	}
	for i := range len(text) {
		switch c := text[i]; {
		case 'A' <= c && c <= 'Z':
			return hostPattern{}, "hosts are compared in lower case; write " + strconv.Quote(strings.ToLower(text))
		case c >= 0x80:
			return hostPattern{}, "hosts are compared as they are sent; write the name in its ASCII form (xn--…)"
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', strings.IndexByte("-_.*", c) >= 0, braces && (c == '{' || c == '}'):
		case c == ':' && !strings.Contains(text, "["):
			return hostPattern{}, "hosts are compared without their port; write " + strconv.Quote(text[:i])
		case strings.IndexByte("[:]", c) >= 0:
		default:
			return hostPattern{}, strconv.Quote(text[i:i+1]) + " cannot be part of a host; write a host such as \"api.example.com\" or \"*.example.com\""
		}
	}
	if end := strings.LastIndexByte(text, ']'); end >= 0 && end < len(text)-1 && text[end+1] == ':' {
		return hostPattern{}, "hosts are compared without their port; write " + strconv.Quote(text[:end+1])
	}
	if strings.HasSuffix(text, ".") {
		return hostPattern{}, "hosts are compared without the dot at their end; write " + strconv.Quote(strings.TrimRight(text, "."))
	}
	return p, ""
}

func (p *hostPattern) matches(host string) bool {
	if p.template != nil {
		return p.template.matches(host)
	}
	return p.glob.matches(host)
}

// pathPattern is a path: exact, "prefix*", "*suffix", "*", or a template with
// {*}, {**} and names. It is compared with readings as they stand, and with folded
// ones folded.
type pathPattern struct {
	exact, folded pathForm
	template      bool
}

// pathForm is one of the two ways to write a pattern.
type pathForm struct {
	glob     glob
	template template
}

// newPathPattern compiles a path; a message says what is wrong with it.
func newPathPattern(text string) (p pathPattern, wrong string) {
	if text != "" && text[0] != '/' && text[0] != '*' {
		return p, "paths begin with \"/\"; write " + strconv.Quote("/"+text)
	}
	if end := strings.IndexAny(text, "?#"); end >= 0 {
		return p, "paths are compared without query and fragment; write " + strconv.Quote(text[:end])
	}
	if strings.IndexByte(text, '%') >= 0 {
		return p, "paths are compared decoded too; write the characters themselves instead of escapes with \"%\""
	}
	// Such a rule would hold for one spelling of a path, and not for others.
	if readings, bad := request.Read([][2]string{{":path", "/" + strings.TrimPrefix(text, "/")}}).Readings(); bad != reason.None {
		return p, "has a control character, which no path has; leave it out"
	} else if len(readings) > 1 {
		return p, "servers read this in several ways; write it without empty and dot segments, without \"\\\" and \";\""
	}
	p.template = strings.ContainsAny(text, "{}")
	for _, form := range []struct {
		form *pathForm
		text string
	}{{&p.exact, text}, {&p.folded, request.Fold(text)}} {
		if p.template {
			form.form.template, wrong = newTemplate(form.text)
		} else {
			form.form.glob, wrong = newGlob(form.text)
		}
		if wrong != "" {
			return pathPattern{}, wrong
		}
	}
	return p, ""
}

// matches reports whether the pattern covers a reading of a path; with folded,
// one without regard to case, which has been folded.
func (p *pathPattern) matches(path string, folded bool) bool {
	form := &p.exact
	if folded {
		form = &p.folded
	}
	if p.template {
		return form.template.matches(path)
	}
	return form.glob.matches(path)
}

// hasCapitals reports whether the pattern is another one when folded, so that
// paths without capitals have to be compared folded too.
func (p *pathPattern) hasCapitals() bool {
	return p.exact.glob != p.folded.glob || !p.exact.template.equal(p.folded.template)
}

// glob is a text, its beginning, or its end.
type glob struct {
	text string
	kind globKind
}

type globKind uint8

const (
	exactly globKind = iota
	prefixed
	suffixed
)

// newGlob compiles text with at most one "*", at its beginning or end.
func newGlob(text string) (glob, string) {
	switch {
	case text == "":
		return glob{}, "is empty; leave the field out to match everything"
	case text == "*":
		return glob{kind: prefixed}, ""
	case strings.Count(text, "*") > 1:
		return glob{}, "has more than one \"*\"; write one, at the beginning or at the end"
	case strings.HasSuffix(text, "*"):
		return glob{text: text[:len(text)-1], kind: prefixed}, ""
	case strings.HasPrefix(text, "*"):
		return glob{text: text[1:], kind: suffixed}, ""
	case strings.Contains(text, "*"):
		return glob{}, "has \"*\" in the middle; write it at the beginning or at the end, or in paths {*} for a segment"
	}
	return glob{text: text}, ""
}

func (g glob) matches(s string) bool {
	switch g.kind {
	case prefixed:
		return strings.HasPrefix(s, g.text)
	case suffixed:
		return strings.HasSuffix(s, g.text)
	}
	return s == g.text
}
