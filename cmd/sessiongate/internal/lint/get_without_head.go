package lint

import (
	"slices"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/reach"
)

// getWithoutHead finds rules that take GET and leave HEAD, which servers answer
// alike, to a rule that asks for less. A rule that names HEAD is meant so.
func getWithoutHead(s *subject) {
	if s.reach == nil {
		return
	}
	get, head := s.reach.Method("GET"), s.reach.Method("HEAD")
	for i, rule := range s.rules() {
		field := "methods"
		if !rule.Has(field) {
			field = "notMethods"
		}
		for _, c := range s.reach.Owned(i) {
			owner := s.reach.Owner(reach.Cell{Host: c.Host, Method: head, Path: c.Path})
			if c.Method != get || owner == i || s.strength(owner) >= s.strength(i) || s.namesMethod(owner, "HEAD") {
				continue
			}
			s.warn(s.in("rules", i, field), "get-without-head", s.about(i)+" takes GET without HEAD, and HEAD falls under "+s.weaker(owner)+
				`; write "HEAD" into its methods too`)
			break
		}
	}
}

func (s *subject) namesMethod(rule int, method string) bool {
	return rule != reach.None && slices.Contains(s.root.Get("rules").Item(rule).Get("methods").Strings(), method)
}
