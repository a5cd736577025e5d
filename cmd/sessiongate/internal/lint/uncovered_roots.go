package lint

import (
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/reach"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
	"github.com/sessiongate/sessiongate/internal/problem"
)

// uncoveredRoots finds "/admin/*" where "/admin" itself falls to a rule that
// asks for less. A rule that names "/admin" is meant so.
func uncoveredRoots(s *subject) {
	if s.reach == nil {
		return
	}
	for i, rule := range s.rules() {
		for k, pattern := range rule.Get("paths").Strings() {
			root, ok := rootOf(pattern, "/*", "/{**}")
			if !ok {
				continue
			}
			if owner, weaker := s.ownerOfRoot(i, root); weaker {
				s.warn(s.in("rules", i, "paths", k), "roots-of-prefixes", problem.Quote(pattern)+" does not cover "+problem.Quote(root)+
					", which falls under "+s.weaker(owner)+"; write "+problem.Quote(root)+" too")
			}
		}
	}
}

// rootOf is the pattern for what a prefix begins with: "/admin" of "/admin/*"
// and of "/admin/{**}", or with another end, of "/admin.*".
func rootOf(prefix string, ends ...string) (root string, ok bool) {
	for _, end := range ends {
		if root, ok := strings.CutSuffix(prefix, end); ok && root != "" && takes(root, "paths") {
			return root, true
		}
	}
	return "", false
}

// rootsOf are those of all prefixes.
func rootsOf(rules []*tree.Node) []string {
	var all []string
	for _, rule := range rules {
		for _, pattern := range rule.Get("paths").Strings() {
			if root, ok := rootOf(pattern, "/*", "/{**}", ".*"); ok {
				all = append(all, root)
			}
		}
	}
	return all
}

// ownerOfRoot is a weaker rule that a root falls under, for a host and a method
// with which other paths fall under the rule.
func (s *subject) ownerOfRoot(rule int, root string) (owner int, weaker bool) {
	for _, path := range s.reach.PathsOf(root) {
		if owner, weaker := s.weakerOwner(rule, path); weaker && !s.namesPath(owner, root) {
			return owner, true
		}
	}
	return 0, false
}

func (s *subject) namesPath(rule int, path string) bool {
	return rule != reach.None && slices.Contains(s.rules()[rule].Get("paths").Strings(), path)
}
