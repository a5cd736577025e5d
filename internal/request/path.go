package request

import "strings"

// targetForm is the kind of a request target (RFC 9112 section 3.2).
type targetForm uint8

const (
	pathForm  targetForm = iota // origin form, or absolute form
	noPath                      // CONNECT's authority form, OPTIONS *
	wrongForm                   // none of them
)

// splitTarget is the target without scheme and authority. It begins with "/"
// if the form is pathForm.
func splitTarget(method, target string) (string, targetForm) {
	if target != "" && target[0] == '/' {
		return target, pathForm
	}
	if method == "CONNECT" || method == "OPTIONS" && target == "*" {
		return "*", noPath
	}
	if target == "" {
		return "/", pathForm
	}
	_, authority, rest, ok := cutAbsolute(target)
	// Not every reader sees the same end of an authority before a fragment, or
	// with a backslash in it, or skips an empty one.
	if !ok || authority == "" || strings.HasPrefix(rest, "#") || strings.IndexByte(authority, '\\') >= 0 {
		return target, wrongForm
	}
	if rest == "" || rest[0] != '/' {
		rest = "/" + rest
	}
	return rest, pathForm
}

// cutAbsolute cuts a target in absolute form before and behind its authority. It
// is not ok if the target has no scheme.
func cutAbsolute(target string) (scheme, authority, rest string, ok bool) {
	scheme, rest, ok = strings.Cut(target, "://")
	if !ok || !isScheme(scheme) {
		return "", "", "", false
	}
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	return scheme, rest[:end], rest[end:], true
}

// inScheme are the bytes of schemes (RFC 3986 section 3.1).
var inScheme = setOf(asciiLetters + asciiDigits + "+-.")

func isScheme(s string) bool { return s != "" && isLetter(s[0]) && inScheme.hasAll(s) }

// Path is Target without query, and without scheme and authority if it is in
// absolute form; "/" if empty, "*" if the request is about no path.
func (r *Request) Path() string {
	target, _ := splitTarget(r.Method, r.Target)
	path, _ := cutPath(target)
	return path
}

// cutPath is the path of a target in origin form, and how long it is there.
func cutPath(target string) (path string, end int) {
	end = len(target)
	for _, c := range [...]byte{'?', '#'} {
		if i := strings.IndexByte(target[:end], c); i >= 0 {
			end = i
		}
	}
	if end == 0 {
		return "/", 0
	}
	return target[:end], end
}
