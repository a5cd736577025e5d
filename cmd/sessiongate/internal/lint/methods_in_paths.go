package lint

import (
	"regexp"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
	"github.com/sessiongate/sessiongate/internal/problem"
)

var methodAndPath = regexp.MustCompile(`^([A-Z]+):?\s+(\S.*)$`)

// methodsInPaths finds "GET /x" in a pattern.
func methodsInPaths(s *subject) {
	s.eachPattern(func(at spot, _ string, pattern *tree.Node) {
		if m := methodAndPath.FindStringSubmatch(pattern.Text); m != nil {
			s.suspect(at, "methods-in-paths", "a pattern has no method; write "+problem.Quote(m[2])+", and \"methods\": ["+problem.Quote(m[1])+"] in the rule")
		}
	})
}
