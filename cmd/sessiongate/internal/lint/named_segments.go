package lint

import (
	"regexp"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
	"github.com/sessiongate/sessiongate/internal/problem"
)

// named is a segment as routers write parameters: ":id", "<int:id>", "[id]".
var named = regexp.MustCompile(`/(:[A-Za-z_]\w*[?*+]?|<[^<>/]+>|\[\.{0,3}[A-Za-z_]\w*\])(/|$)`)

// namedSegments finds paths with parameters as routers write them.
func namedSegments(s *subject) {
	s.eachPattern(func(at spot, field string, pattern *tree.Node) {
		path := pattern.Text
		if !isPath(field) || !named.MatchString(path) {
			return
		}
		segment := named.FindStringSubmatch(path)[1]
		for named.MatchString(path) {
			path = named.ReplaceAllString(path, "/{*}$2")
		}
		s.suspect(at, "parameters-in-paths", problem.Quote(segment)+" matches only this text, not any segment; write "+problem.Quote(path))
	})
}
