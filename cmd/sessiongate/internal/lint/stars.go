package lint

import (
	"regexp"
	"strings"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
	"github.com/sessiongate/sessiongate/internal/problem"
)

var starSegment = regexp.MustCompile(`/\*(/|$)`)

// starsOfOthers finds "/a/**" and "/a/*/b", which mean something in other tools,
// and whole URLs.
func starsOfOthers(s *subject) {
	s.eachPattern(func(at spot, field string, pattern *tree.Node) {
		text := pattern.Text
		if scheme, rest, ok := strings.Cut(text, "://"); ok && isPath(field) && (scheme == "https" || scheme == "http") {
			host, path, _ := strings.Cut(rest, "/")
			s.suspect(at, "stars-of-others", "a path has no host; write "+problem.Quote("/"+path)+", and \"hosts\": ["+problem.Quote(host)+"] in the rule")
			return
		}
		if !isPath(field) || strings.Contains(text, "{") || strings.Count(text, "*") == 0 || takes(text, field) {
			return
		}
		glob := text
		if begin, ok := strings.CutSuffix(glob, "/**"); ok {
			glob = begin + "/*"
		}
		if inside, ok := strings.CutSuffix(glob, "/*"); ok && strings.Contains(inside, "*") {
			glob = inside + "/{**}"
		}
		for starSegment.MatchString(glob) && !takes(glob, field) {
			glob = starSegment.ReplaceAllString(glob, "/{*}$1")
		}
		if takes(glob, field) {
			s.suspect(at, "stars-of-others", "\"*\" works at the beginning or at the end, {*} for one segment, and {**} at the end for any number of segments; write "+problem.Quote(glob))
		}
	})
}
