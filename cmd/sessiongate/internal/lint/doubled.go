package lint

import (
	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
	"github.com/sessiongate/sessiongate/internal/problem"
)

// doubled finds members of one name in a resource or a bootstrap, of which two
// readers could take two. In configurations package config finds them.
func (r *run) doubled(file string, document *tree.Node) {
	inside := map[*tree.Node]bool{}
	for i := range r.files {
		for k := range r.files[i].Found {
			inside[r.files[i].Found[k].Config] = true
		}
	}
	document.Walk(func(n *tree.Node) bool {
		if inside[n] {
			return false
		}
		seen := map[string]bool{}
		for i := range n.Members {
			m := &n.Members[i]
			if seen[m.Name] {
				r.findings = append(r.findings, Finding{File: file, Place: m.Place, Level: Error, Message: problem.Quote(m.Name) + " is given twice; keep one", See: section("files-that-cannot-be-read")})
			}
			seen[m.Name] = true
		}
		return true
	})
}
