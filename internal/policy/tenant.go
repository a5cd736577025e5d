package policy

import (
	"slices"

	"github.com/sessiongate/sessiongate/internal/request"
)

// named is what stands in a request where the rule's patterns have a name. ok
// reports whether that is one value, and not an empty one, in every reading of
// the path that falls under the rule, and for every pattern that matches it.
//
// Each reading's segment is percent-decoded once more. So an escape that every
// server decodes once stays harmless: "a%20b" is "a b" in the path as sent, and
// in the decoded path. What decodes to different texts in different servers has
// several values.
func (p *Policy) named(r *request.Request, rule *compiledRule, name string) (value string, ok bool) {
	c := collector{name: name, same: true}
	for i := range rule.hosts {
		if pattern := &rule.hosts[i].exact; pattern.matches(r.Host) {
			c.add(pattern, r.Host)
		}
	}
	if c.found {
		return c.value, c.same && c.value != ""
	}
	readings, _ := r.Readings() // the request has been looked at: they are valid
	methods, _ := p.methodsOf(r)
	for _, path := range readings {
		var space [4]*compiledRule
		if slices.Contains(p.matchReading(space[:0], lookup{r.Host, methods, path, false}), rule) {
			c.reading(rule, path)
		}
	}
	return c.value, c.same && c.value != ""
}

// collector is the values of a name that were found so far.
type collector struct {
	name, value string
	found, same bool
}

// reading adds the segments of a path that falls under a rule, either as it
// stands or without regard to case. In both cases they are taken as they stand:
// claims are compared byte for byte.
func (c *collector) reading(rule *compiledRule, path string) {
	folded := request.Fold(path)
	for i := range rule.paths {
		pattern := &rule.paths[i]
		if pattern.matches(path, false) || pattern.matches(folded, true) {
			c.add(&pattern.exact, path)
		}
	}
}

func (c *collector) add(t *template, text string) {
	value, ok := t.named(c.name, text)
	if !ok {
		return
	}
	value = request.Unescape(value)
	c.same = c.same && (!c.found || value == c.value)
	c.value, c.found = value, true
}
