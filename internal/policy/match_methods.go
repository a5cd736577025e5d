package policy

import (
	"slices"
	"strconv"
	"strings"

	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/request"
)

// methodSet is a set of methods: a bit for each that some rule names, in the
// order of Policy.methodNames, and the lowest for all others.
type methodSet uint64

const (
	otherMethods methodSet = 1
	anyMethod    methodSet = 1<<64 - 1
	maxMethods             = 63
)

// methodOf is the set of one method.
func (p *Policy) methodOf(method string) methodSet {
	return otherMethods << (slices.Index(p.methodNames, method) + 1) // -1: no rule names it
}

// methodsOf are the methods that a server could read in a request, and whether
// all of them are valid. Where no rule has methods, none is read.
func (p *Policy) methodsOf(r *request.Request) (methods methodSet, valid bool) {
	if len(p.methodNames) == 0 {
		return anyMethod, true
	}
	valid = r.Methods(func(method string) { methods |= p.methodOf(method) })
	return methods, valid
}

// methods compiles the methods of a rule.
func (c *compiler) methods(rule *Rule, at string) methodSet {
	set := anyMethod
	if rule.Methods != nil {
		set = c.named(rule.Methods, at+"methods")
	}
	return set &^ c.named(rule.NotMethods, at+"notMethods")
}

// named is the set of some methods. Their names are compared exactly.
func (c *compiler) named(names []string, field string) (set methodSet) {
	p := c.policy
	for i, name := range names {
		switch wrong := wrongMethod(name); {
		case wrong != "":
			c.problems.Fail(problem.Element(field, i), wrong)
		case slices.Contains(p.methodNames, name):
		case len(p.methodNames) == maxMethods:
			c.problems.Fail(problem.Element(field, i), "is one method too many; rules can name "+strconv.Itoa(maxMethods)+" different ones")
		default:
			p.methodNames = append(p.methodNames, name)
		}
		set |= p.methodOf(name)
	}
	return set
}

// methodBytes are what methods consist of.
const methodBytes = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"

// wrongMethod says what is wrong with a method; empty if nothing is.
func wrongMethod(text string) string {
	switch rest := strings.TrimLeft(text, methodBytes); {
	case text == "":
		return "is empty; write a method such as \"GET\""
	case text == "*":
		return "methods are exact; leave the field out to match all of them"
	case rest == "":
		return ""
	case 'a' <= rest[0] && rest[0] <= 'z':
		return "methods are in upper case; write " + strconv.Quote(strings.ToUpper(text))
	}
	return "methods are exact; write one method, such as \"GET\""
}
