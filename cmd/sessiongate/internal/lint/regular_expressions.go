package lint

import (
	"regexp"
	"strings"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/tree"
	"github.com/sessiongate/sessiongate/internal/problem"
)

// patternFields are the fields of a rule with patterns.
var patternFields = []string{"hosts", "notHosts", "paths", "notPaths"}

// eachPattern calls visit with every pattern of the rules, as it is written.
func (s *subject) eachPattern(visit func(at spot, field string, pattern *tree.Node)) {
	for i, rule := range s.rules() {
		for _, field := range patternFields {
			for k, pattern := range rule.Get(field).Items() {
				if pattern.Kind == tree.String {
					visit(s.in("rules", i, field, k), field, pattern)
				}
			}
		}
	}
}

// inRegex are parts of regular expressions that stand in no path or host that
// people write.
var inRegex = regexp.MustCompile(`^\^|\$$|\.\+|\.\*.|^\.\*|/\.\*|\\[./dws-]|\[\^|\[[^\]]*\][*+{]|\(\?|\([^)]*\||\([^)]*\)[?+*]`)

// regularExpressions finds patterns that are regular expressions.
func regularExpressions(s *subject) {
	s.eachPattern(func(at spot, field string, pattern *tree.Node) {
		if !inRegex.MatchString(pattern.Text) {
			return
		}
		what := "a pattern is exact, \"prefix*\" or \"*suffix\""
		if isPath(field) {
			what += ", or has {*} for one segment"
		}
		s.suspect(at, "regular-expressions", problem.Quote(pattern.Text)+" looks like a regular expression, and the filter compares it letter by letter; "+what+": write "+globsFor(pattern.Text, field))
	})
	for i, rule := range s.rules() {
		for j, requirement := range rule.Get("require").Items() {
			for _, field := range []string{"values", "notValues"} {
				for k, value := range requirement.Get(field).Strings() {
					if strings.HasPrefix(value, "^") || strings.HasSuffix(value, ".*") || strings.HasSuffix(value, ")$") {
						s.suspect(s.in("rules", i, "require", j, field, k), "regular-expressions", problem.Quote(value)+
							" looks like a regular expression, and the filter compares it letter by letter; a value is exact, \"prefix*\" or \"*suffix\": write "+globsFor(value, field))
					}
				}
			}
		}
	}
}

func isPath(field string) bool { return field == "paths" || field == "notPaths" }

// dottedPrefixes finds "/admin.*", which is right for "/admin.html" and a
// mistake for all below /admin: where that asks for less, it is told apart.
func dottedPrefixes(s *subject) {
	for i, rule := range s.rules() {
		for k, pattern := range rule.Get("paths").Strings() {
			base, ok := rootOf(pattern, ".*")
			if s.reach == nil || !ok || inRegex.MatchString(pattern) {
				continue
			}
			at, glob := s.in("rules", i, "paths", k), problem.Quote(base+"*")
			message := problem.Quote(pattern) + " matches what begins with " + problem.Quote(base+".") + "; if it is meant as a regular expression, write " + glob
			if owner, weaker := s.ownerOfRoot(i, base); weaker {
				s.warn(at, "regular-expressions", message+": "+problem.Quote(base)+" falls under "+s.weaker(owner))
			} else {
				s.report(Finding{Level: Note, Path: at.path, Place: at.place, Message: message, See: section("regular-expressions")})
			}
		}
	}
}
