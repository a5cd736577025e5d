package policy

import (
	"strings"

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
	c.stepUpPage("stepUpUrl", c.policy.StepUpURL)
	for i, provider := range c.policy.Providers {
		c.stepUpPage(problem.Element("providers", i)+".stepUpUrl", provider.StepUpURL)
	}
	for i := range c.policy.Rules {
		c.stepUpPage(problem.Element("rules", i)+".stepUpUrl", c.policy.Rules[i].StepUpURL)
	}
}

// stepUpPage finds a page on the request's own host that asks for what it is for.
func (c *compiler) stepUpPage(field, page string) {
	if !strings.HasPrefix(page, "/") {
		return
	}
	_, path := splitPage(page)
	if c.policy.everywhere(path, func(rule *compiledRule) bool { return rule.check != nil && rule.check.stepUp != nil }) {
		c.problems.Fail(field, "\""+path+"\" falls under a rule that asks for a step-up itself, so users could not open it; add a rule {\"paths\": [\""+path+"\"]} before it")
	}
}
