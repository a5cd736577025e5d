package lint

import (
	"regexp"
	"strings"

	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/problem"
)

var (
	alternatives = regexp.MustCompile(`^(.*)\((?:\?:)?([^()]*\|[^()]*)\)(.*)$`)
	anyText      = regexp.MustCompile(`\(?\.[*+]\??\)?`)
	anySegment   = regexp.MustCompile(`\((?:\?:|\?P?<\w+>)?[^()]*\)[+*]?|\[\^?[^\]]*\](?:[+*]|\{[^}]*\})?|\\[dws][+*]?`)
	tenant       = regexp.MustCompile(`\{[a-z][a-z0-9_-]*\}`)
	escapedChar  = regexp.MustCompile(`\\(.)`)
)

// globsFor are the patterns to write for a regular expression, as far as it can
// be written as patterns.
func globsFor(expression, field string) string {
	if base, ok := strings.CutSuffix(strings.TrimSuffix(expression, "$"), "(/.*)?"); ok {
		base = globFor(base+"$", field)
		return problem.Quote(base) + ", " + problem.Quote(base+"/*")
	}
	if m := alternatives.FindStringSubmatch(expression); m != nil && strings.Count(m[2], "|") < 8 {
		var all []string
		for _, part := range strings.Split(m[2], "|") {
			all = append(all, problem.Quote(globFor(m[1]+part+m[3], field)))
		}
		return strings.Join(all, ", ")
	}
	return problem.Quote(globFor(expression, field))
}

// globFor is a pattern for a regular expression without alternatives.
func globFor(expression, field string) string {
	const text, segment = "\x00", "\x01"
	bare, ends := strings.CutSuffix(expression, "$")
	bare, begins := strings.CutPrefix(bare, "^")
	bare = anyText.ReplaceAllString(bare, text)
	bare = anySegment.ReplaceAllString(bare, segment)
	bare = escapedChar.ReplaceAllString(bare, "$1")
	if begins && !ends && !strings.HasSuffix(bare, segment) {
		bare += text // what a regular expression does not end, it leaves open
	}
	bare = strings.ReplaceAll(bare, text+text, text)
	candidates := []string{
		bare,
		strings.ReplaceAll(bare, text, "*"),
		strings.NewReplacer("/"+text, "/{**}", segment, "{*}").Replace(bare),
		strings.ReplaceAll(bare, segment, "*"),
	}
	for _, candidate := range candidates {
		if takes(candidate, field) {
			return candidate
		}
	}
	end := strings.IndexAny(bare, text+segment+"()[]^$|+?")
	if end < 0 {
		end = len(bare)
	}
	return bare[:end] + "*"
}

// takes reports whether a field of a rule takes a pattern.
func takes(pattern, field string) bool {
	pattern = tenant.ReplaceAllString(pattern, "{*}") // a name needs a condition besides
	rule := policy.Rule{Paths: []string{pattern}}
	switch {
	case strings.ContainsAny(pattern, "\x00\x01()[]^$|+?"):
		return false
	case field == "hosts" || field == "notHosts":
		rule = policy.Rule{Hosts: []string{pattern}}
	case !isPath(field): // values of claims
		return strings.Count(pattern, "*") <= 1 && !strings.Contains(pattern, "{")
	}
	return !rule.Check().Fatal()
}
