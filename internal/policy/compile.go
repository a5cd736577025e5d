package policy

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
)

// compiledRule is a rule ready for requests.
type compiledRule struct {
	name            string
	hosts, notHosts []pattern
	paths, notPaths []pattern
	methods         methodSet
	auth            Auth
	check           *ruleCheck // of verified tokens; nil: there is none
	onFailure       OnFailure
	signInURL       string
	stepUpURL       string
	scope           string            // a parameter of challenges; empty: none
	audience        string            // of assertions; empty: there are none
	group           *session.Group    // one for all rules with the same providers
	first           *session.Provider // of the group
}

// Check finds what is wrong with a rule by itself. A problem's path is from the
// rule ("signInUrl").
func (r *Rule) Check() problem.List {
	c := compiler{policy: &Policy{}}
	c.rule(r, &compiledRule{}, "")
	return c.problems
}

// New makes a policy of settings. First it looks at each rule, as Check does,
// and if nothing is wrong there, at all of them together. With a problem that is
// no warning, the policy is nil. A problem's path is from the top
// ("rules[2].signInUrl").
func New(s Settings) (*Policy, problem.List) {
	if len(s.Providers) == 0 {
		return nil, problem.List{{Path: "providers", Message: "missing; write at least one"}}
	}
	p := &Policy{Settings: s, rules: make([]compiledRule, len(s.Rules))}
	p.OnFailure = cmp.Or(p.OnFailure, Auto)
	c := compiler{policy: p, groups: map[string]*session.Group{}, kinds: map[session.TokenKinds]*ruleCheck{}}
	for i := range p.Rules {
		c.rule(&p.Rules[i], &p.rules[i], problem.Element("rules", i)+".")
	}
	c.rule(&Rule{}, &p.fallback, "")
	if c.problems.Fatal() {
		return nil, c.problems
	}
	p.prepare()
	for i := range p.Rules {
		c.bind(&p.Rules[i], &p.rules[i], problem.Element("rules", i))
	}
	c.bind(&Rule{}, &p.fallback, NoRule)
	p.summarize()
	c.resources()
	c.assertions()
	c.unnamedProviders()
	c.wrongValues()
	c.callers()
	c.redirects()
	c.signInPages()
	c.stepUps()
	c.stepUpPages()
	if c.problems.Fatal() {
		return nil, c.problems
	}
	return p, c.problems
}

// prepare makes what requests need of the settings without the rules.
func (p *Policy) prepare() {
	p.names = namesWith(p.IdentityHeaderPrefix)
	p.nobody = nobodyHeaders(p.names)
	p.marked = markedNames(p)
	if slices.ContainsFunc(p.pages(), func(named namedPages) bool { return named.signIn != "" || named.stepUp != "" }) {
		p.guards = []string{guardName}
	}
	p.sources = session.Sources(p.Providers, p.guards, []string{redirectURL})
	p.sources.Mark = p.markOf
	p.private = request.ParamNames(nil, session.PrivateParams(p.Providers))
	for _, provider := range p.Providers {
		p.tokenHeaders = append(p.tokenHeaders, provider.Headers...)
		p.tokenCookies = append(p.tokenCookies, provider.TokenCookies()...)
	}
	p.foreign = session.NewForeign(p.Providers, p.options())
}

// NoRule stands where the name of a rule would, of requests that no rule
// matches and of those of which nobody can say which rules they fall under.
const NoRule = "none"

// eachRule yields the rules, and the path of each.
func (p *Policy) eachRule(yield func(at string, rule *Rule) bool) {
	for i := range p.Rules {
		if !yield(problem.Element("rules", i), &p.Rules[i]) {
			return
		}
	}
}

// providersOf are the providers whose tokens a rule takes.
func (p *Policy) providersOf(rule *Rule) []*session.Provider {
	if rule.Providers == nil {
		return p.Providers
	}
	return rule.Providers
}

// summarize notes what requests need to know about all rules.
func (p *Policy) summarize() {
	p.triedOut = p.fallback.onFailure == LogOnly
	for i := range p.rules {
		rule := &p.rules[i]
		p.triedOut = p.triedOut && (rule.auth == Skip || rule.onFailure == LogOnly)
		p.hasHosts = p.hasHosts || rule.hosts != nil || rule.notHosts != nil
		p.hasPaths = p.hasPaths || rule.paths != nil || rule.notPaths != nil
	}
}

// compiler compiles one policy.
type compiler struct {
	policy   *Policy
	groups   map[string]*session.Group
	kinds    map[session.TokenKinds]*ruleCheck // of rules that ask for kinds of tokens only
	problems problem.List
}

// rule compiles what a rule says by itself; at is what its paths begin with.
func (c *compiler) rule(rule *Rule, out *compiledRule, at string) {
	p := c.policy
	out.hosts = c.patterns(rule.Hosts, at+"hosts", newHostPattern)
	out.notHosts = c.patterns(rule.NotHosts, at+"notHosts", newHostPattern)
	out.paths = c.patterns(rule.Paths, at+"paths", newPathPattern)
	out.notPaths = c.patterns(rule.NotPaths, at+"notPaths", newPathPattern)
	out.methods = c.methods(rule, at)
	for _, path := range slices.Concat(rule.Paths, rule.NotPaths) {
		p.capitals = p.capitals || path != request.Fold(path)
	}
	c.placeholders(rule, out, at)
	c.meaningless(rule, at)
}

// bind gives a compiled rule what the policy has for it. A rule without a name of
// its own has that of its place.
func (c *compiler) bind(rule *Rule, out *compiledRule, place string) {
	p := c.policy
	out.name = cmp.Or(rule.Name, place)
	if p.Assertion != nil {
		out.audience = cmp.Or(rule.AssertionAudience, p.Assertion.Audience)
	}
	out.auth, out.signInURL, out.stepUpURL = rule.Auth, rule.SignInURL, rule.StepUpURL
	out.onFailure = cmp.Or(rule.OnFailure, p.OnFailure)
	if names := scopes(rule.Require); names != "" {
		out.scope = `scope="` + names + `"`
	}
	providers := p.providersOf(rule)
	out.first, out.group = providers[0], c.group(providers)
	out.check = c.ruleCheck(rule, out, providers)
}

// group is the group of these providers: one for all rules that have the same,
// so that a request that falls under several rules is judged once.
func (c *compiler) group(providers []*session.Provider) *session.Group {
	key := ""
	for _, provider := range providers {
		key += strconv.Itoa(slices.Index(c.policy.Providers, provider)) + " "
	}
	if c.groups[key] == nil {
		c.groups[key] = session.NewGroup(providers, c.policy.options())
	}
	return c.groups[key]
}

// options are what package session has to know of the policy.
func (p *Policy) options() session.Options {
	return session.Options{
		MaxTokenBytes:  p.MaxTokenBytes,
		TrustForwarded: p.TrustForwarded,
		Private:        p.private,
		Headers:        p.identityHeaders,
		ReadsClaims:    p.readsClaims(),
	}
}

// patterns compiles a list of patterns; what is wrong with one is a problem at
// its place. A list stays a list: only nil matches everything.
func (c *compiler) patterns(texts []string, field string, compile func(string) (pattern, string)) []pattern {
	if texts == nil {
		return nil
	}
	patterns := make([]pattern, 0, len(texts))
	for i, text := range texts {
		pattern, wrong := compile(text)
		if wrong != "" {
			c.problems.Fail(problem.Element(field, i), wrong)
			continue
		}
		patterns = append(patterns, pattern)
	}
	return patterns
}

// meaningless finds fields of a rule that say nothing beside its others.
func (c *compiler) meaningless(rule *Rule, at string) {
	const (
		onlyRequired = "works only with \"auth\": \"required\"; leave one of the two out"
		notSkipped   = "has no effect with \"auth\": \"skip\"; leave it out"
	)
	required, skipped := rule.Auth == Required, rule.Auth == Skip
	for _, field := range []struct {
		name        string
		meaningless bool
		message     string
	}{
		{"require", len(rule.Require) > 0 && !required, onlyRequired},
		{"reverification", rule.Reverification.AfterMinutes > 0 && !required, onlyRequired},
		{"stepUpUrl", rule.StepUpURL != "" && required && newStepUp(rule) == nil, "works only beside \"reverification\", or \"maxAge\" in \"require\"; leave it out"},
		{"providers", rule.Providers != nil && skipped, notSkipped},
		{"tokens", rule.Tokens != 0 && skipped, notSkipped},
		{"audiences", rule.Audiences != nil && skipped, notSkipped},
		{"onFailure", rule.OnFailure != Inherit && skipped, notSkipped},
		{"signInUrl", rule.SignInURL != "" && skipped, notSkipped},
		{"assertionAudience", rule.AssertionAudience != "" && skipped, notSkipped},
		{"stepUpUrl", rule.StepUpURL != "" && skipped, notSkipped},
	} {
		if field.meaningless {
			c.problems.Fail(at+field.name, field.message)
		}
	}
}

// unnamedProviders finds conditions on claims of whatever provider: one name
// means different things to different issuers.
func (c *compiler) unnamedProviders() {
	for at, rule := range c.policy.eachRule {
		if len(rule.Require) > 0 && rule.Providers == nil && len(c.policy.Providers) > 1 {
			c.problems.Fail(at+".providers", "missing: the meaning of a claim depends on its issuer; name the providers whose tokens \"require\" is about")
		}
	}
}
