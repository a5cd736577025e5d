package policy

import (
	"slices"

	"github.com/sessiongate/sessiongate/internal/assertion"
	"github.com/sessiongate/sessiongate/internal/problem"
)

// assertions checks what hangs together about assertions, and serves their keys.
func (c *compiler) assertions() {
	a := c.policy.Assertion
	for at, rule := range c.policy.eachRule {
		switch {
		case a == nil && rule.AssertionAudience != "":
			c.problems.Fail(at+".assertionAudience", "has no effect without \"assertion\"; write that at the top of the configuration, or leave it out")
		case a != nil && slices.Contains(rule.Paths, a.JWKSPath):
			c.problems.Fail(problem.Element(at+".paths", slices.Index(rule.Paths, a.JWKSPath)), "\""+a.JWKSPath+"\" is assertion.jwksPath, which is answered before any rule; remove it")
		}
	}
	if a == nil {
		return
	}
	if a.Subject == "" && len(c.policy.Providers) > 1 {
		c.problems.Fail("assertion.subject", "missing: two providers may give the same id to different users; write \""+assertion.ProviderAndID+
			"\", or \""+assertion.Plain+"\" if an id is never used twice")
	}
	c.serve("assertion.jwksPath", document{path: a.JWKSPath}, "public, max-age=300")
}
