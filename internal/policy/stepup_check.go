package policy

import (
	"github.com/sessiongate/sessiongate/internal/problem"
)

// stepUps checks what rules ask about how lately users have signed in.
func (c *compiler) stepUps() {
	for at, rule := range c.policy.eachRule {
		asks := rule.Reverification.AfterMinutes > 0
		for _, provider := range c.policy.providersOf(rule) {
			says := provider.Preset.Reverifier != nil
			if asks && !says {
				c.problems.Fail(at+".reverification", "tokens of provider \""+provider.Name+"\" do not say how long ago each factor was confirmed; write \"require\": [{\"claim\": \"auth_time\", \"maxAge\": \"10m\"}] in a rule for its requests")
				break
			}
			for j := range rule.Require {
				if says && rule.Require[j].MaxAge > 0 {
					c.problems.Fail(problem.Element(at+".require", j)+".maxAge", "tokens of provider \""+provider.Name+"\" have claims of their own for this; write \"reverification\" in the rule instead")
				}
			}
		}
	}
}

// stepUpPages finds pages on the request's own host that ask for what they are for.
func (c *compiler) stepUpPages() {
	for _, named := range c.policy.pages() {
		if path, closed := c.policy.everywhere(named.stepUp, (*compiledRule).asksForStepUp); closed {
			c.problems.Fail(named.at+"stepUpUrl", "\""+path+"\" falls under a rule that asks for a step-up itself, so users could not open it; add a rule {\"paths\": [\""+path+"\"]} before it")
		}
	}
}

func (c *compiledRule) asksForStepUp() bool { return c.check != nil && c.check.stepUp != nil }
