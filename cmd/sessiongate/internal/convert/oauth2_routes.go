package convert

import (
	"regexp"
	"strings"
)

// route is a path as a regular expression, for some methods.
type route struct {
	paths   []string
	method  string
	negated bool // what does not match
}

// routeOf reads "METHOD=REGEX", "METHOD!=REGEX" or "REGEX". It reports false for
// an expression that no pattern of this filter equals.
func routeOf(text string) (r route, ok bool) {
	expression := text
	if before, after, given := strings.Cut(text, "="); given {
		r.method, r.negated = strings.CutSuffix(before, "!")
		r.method, expression = strings.ToUpper(r.method), after
	}
	r.paths, ok = pathsOf(expression)
	return r, ok && (r.method == "" || methodName.MatchString(r.method))
}

var (
	methodName = regexp.MustCompile(`^[A-Z]+$`)
	// simplePath is a literal path, from the beginning, and how it ends.
	simplePath = regexp.MustCompile(`^\^(/(?:[A-Za-z0-9/_~%@:,;=&-]|\\[./_~-])*)(\$|/\?\$|\(/\.\*\)\?\$|/\.\*\$?|\.\*\$?|)$`)
)

// pathsOf are the patterns of this filter that match what an expression does.
func pathsOf(expression string) (paths []string, ok bool) {
	m := simplePath.FindStringSubmatch(expression)
	if m == nil {
		return nil, false
	}
	path := strings.ReplaceAll(m[1], `\`, "")
	switch m[2] {
	case "$":
		return []string{path}, true
	case `/?$`:
		return []string{path, path + "/"}, true
	case `(/.*)?$`:
		return []string{path, path + "/*"}, true
	case "/.*", "/.*$":
		return []string{path + "/*"}, true
	}
	return []string{path + "*"}, true
}

// match is what the rule of a route compares.
func (r route) match() (m match) {
	if r.negated {
		m.notPaths = r.paths
	} else {
		m.paths = r.paths
	}
	if r.method != "" {
		m.methods = []string{r.method}
	}
	return m
}
