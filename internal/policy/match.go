package policy

import (
	"strconv"
	"strings"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/request"
)

// pattern is a host in lower case, or a path. A path is compared with readings as
// they stand, and with folded ones folded.
type pattern struct {
	exact  template
	folded template // of paths only
}

// matches reports whether the pattern covers a host or a reading of a path; with
// folded, a reading without regard to case, which has been folded.
func (p *pattern) matches(text string, folded bool) bool {
	form := &p.exact
	if folded {
		form = &p.folded
	}
	return form.matches(text)
}

// newHostPattern compiles a host; a message says what is wrong with it.
func newHostPattern(text string) (p pattern, wrong string) {
	if p.exact, wrong = newTemplate(text, "."); wrong == "" {
		wrong = wrongHost(text)
	}
	return p, wrong
}

// hostBytes are what hosts consist of, but for the colons of IPv6 addresses.
const hostBytes = "abcdefghijklmnopqrstuvwxyz0123456789-_.[]*{}"

// wrongHost says what is wrong with the text of a host, whatever its operators;
// empty if nothing is.
func wrongHost(text string) string {
	if scheme, rest, ok := strings.Cut(text, "://"); ok {
		return strconv.Quote(scheme+"://") + " does not belong in a host; write " + strconv.Quote(rest)
	}
	valid := hostBytes
	if strings.Contains(text, "[") {
		valid += ":"
	}
	switch rest := strings.TrimLeft(text, valid); {
	case rest == "":
	case 'A' <= rest[0] && rest[0] <= 'Z':
		return "hosts are compared in lower case; write " + strconv.Quote(strings.ToLower(text))
	case rest[0] >= 0x80:
		return "hosts are compared as they are sent; write the name in its ASCII form (xn--…)"
	case rest[0] == ':':
		return "hosts are compared without their port; write " + strconv.Quote(strings.TrimSuffix(text, rest))
	default:
		return strconv.Quote(rest[:1]) + " cannot be part of a host; write a host such as \"api.example.com\" or \"*.example.com\""
	}
	if end := strings.LastIndexByte(text, ']') + 1; end > 0 && strings.HasPrefix(text[end:], ":") {
		return "hosts are compared without their port; write " + strconv.Quote(text[:end])
	}
	if strings.HasSuffix(text, ".") {
		return "hosts are compared without the dot at their end; write " + strconv.Quote(strings.TrimRight(text, "."))
	}
	return ""
}

// newPathPattern compiles a path; a message says what is wrong with it.
func newPathPattern(text string) (p pattern, wrong string) {
	if wrong = wrongPath(text); wrong != "" {
		return p, wrong
	}
	if p.exact, wrong = newTemplate(text, "/"); wrong == "" {
		p.folded, wrong = newTemplate(request.Fold(text), "/")
	}
	return p, wrong
}

// wrongPath says what is wrong with the text of a path, whatever its operators;
// empty if nothing is.
func wrongPath(text string) string {
	switch end := strings.IndexAny(text, "?#"); {
	case text != "" && text[0] != '/' && text[0] != '*':
		return "paths begin with \"/\"; write " + strconv.Quote("/"+text)
	case end >= 0:
		return "paths are compared without query and fragment; write " + strconv.Quote(text[:end])
	case strings.Contains(text, "%"):
		return "paths are compared decoded too; write the characters themselves instead of escapes with \"%\""
	}
	// Such a rule would hold for one spelling of a path, and not for others.
	switch readings, bad := request.Read([][2]string{{":path", "/" + strings.TrimPrefix(text, "/")}}).Readings(); {
	case bad != reason.None:
		return "has a control character, which no path has; leave it out"
	case len(readings) > 1:
		return "servers read this in several ways; write it without empty and dot segments, without \"\\\" and \";\""
	case strings.HasPrefix(text, "*") && strings.ContainsAny(text, "{}"):
		return "a path with {*}, {**} or {name} begins with \"/\", and has no other \"*\""
	}
	return ""
}
