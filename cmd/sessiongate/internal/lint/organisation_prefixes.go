package lint

import (
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
	"github.com/sessiongate/sessiongate/internal/problem"
)

// organisationPrefixes finds roles and permissions of an organisation without
// "org:", with which all of Clerk's and OneAuxilia's begin.
func organisationPrefixes(s *subject) {
	for i, rule := range s.rules() {
		if !s.organisations(rule) {
			continue
		}
		for j, requirement := range rule.Get("require").Items() {
			claim := requirement.Get("claim").Strings()
			if len(claim) != 1 || claim[0] != "org_role" && claim[0] != "org_permissions" {
				continue
			}
			for _, field := range []string{"values", "notValues"} {
				for k, value := range requirement.Get(field).Strings() {
					if lacksPrefix(value) {
						s.warn(s.in("rules", i, "require", j, field, k), "organisation-prefixes",
							problem.Quote(value)+" is in no token: "+claim[0]+" begins with \"org:\"; write "+problem.Quote("org:"+value))
					}
				}
			}
		}
	}
}

// lacksPrefix reports whether a pattern matches nothing that begins with "org:".
func lacksPrefix(pattern string) bool {
	const prefix = "org:"
	if strings.HasPrefix(pattern, "*") || strings.HasPrefix(pattern, prefix) {
		return false
	}
	begin, open := strings.CutSuffix(pattern, "*")
	return !open || !strings.HasPrefix(prefix, begin)
}

// organisations reports whether all providers of a rule know organisations as
// Clerk does.
func (s *subject) organisations(rule *tree.Node) bool {
	names := rule.Get("providers").Strings()
	for i, provider := range s.providers() {
		if s.result == nil || names != nil && !slices.Contains(names, s.result.Policy.Providers[i].Name) {
			continue
		}
		if preset := provider.Get("preset").Str(); preset != "clerk" && preset != "oneauxilia" {
			return false
		}
	}
	return s.result != nil
}
