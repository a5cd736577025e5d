package lint

import (
	"strings"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/reach"
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
	"github.com/sessiongate/sessiongate/internal/problem"
)

// lastSlashes finds "/admin/", which elsewhere is a prefix, where what is below it
// falls to a rule that asks for less.
func lastSlashes(s *subject) {
	if s.reach == nil {
		return
	}
	for i, rule := range s.rules() {
		for k, path := range rule.Get("paths").Strings() {
			if !endsInSlash(path) {
				continue
			}
			for _, class := range s.reach.PathsOf(path + "*") {
				owner, weaker := s.weakerOwner(i, class)
				if !weaker || s.reach.Paths[class].Text == path {
					continue
				}
				s.warn(s.in("rules", i, "paths", k), "paths-that-end-in-a-slash", problem.Quote(path)+" is that path alone, and the paths below it fall under "+s.weaker(owner)+
					"; write "+problem.Quote(path+"*"))
				break
			}
		}
	}
}

func endsInSlash(path string) bool {
	return len(path) > 1 && strings.HasSuffix(path, "/") && !strings.ContainsAny(path, "*{")
}

// belowSlashes are the patterns for what is below such paths.
func belowSlashes(rules []*tree.Node) []string {
	var all []string
	for _, rule := range rules {
		for _, path := range rule.Get("paths").Strings() {
			if endsInSlash(path) {
				all = append(all, path+"*")
			}
		}
	}
	return all
}

// weakerOwner is the rule that a class of paths falls under, for a host and a
// method with which others fall under a rule, if it asks for less than that.
func (s *subject) weakerOwner(rule, path int) (owner int, weaker bool) {
	for _, c := range s.reach.Owned(rule) {
		owner := s.reach.Owner(reach.Cell{Host: c.Host, Method: c.Method, Path: path})
		if s.strength(owner) < s.strength(rule) {
			return owner, true
		}
	}
	return 0, false
}
