package explain

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/problem"
	"github.com/sessiongate/sessiongate/internal/reason"
)

// ruleName is what a rule is called in answers to operators.
func (e *Explanation) ruleName(index int) string {
	if index == policy.NoIndex {
		return policy.NoRule
	}
	if name := e.policy.Rules[index].Name; name != "" {
		return name
	}
	return problem.Element("rules", index)
}

// ruleText is a rule with its name.
func (e *Explanation) ruleText(index int) string {
	if index == policy.NoIndex {
		return "none matches, so that a session is required"
	}
	text := problem.Element("rules", index)
	if name := e.policy.Rules[index].Name; name != "" {
		text += " (" + name + ")"
	}
	switch rule := e.policy.Rules[index]; {
	case rule.Auth == policy.Skip:
		text += ", which skips"
	case rule.Auth == policy.Optional:
		text += ", for which a session is optional"
	case len(rule.Require) > 0:
		text += ", which requires a session and conditions on claims"
	default:
		text += ", which requires a session"
	}
	if e.policy.Rules[index].Reverification.AfterMinutes > 0 {
		text += ", recently confirmed"
	}
	return text
}

// mostReadings is how many readings of a request are printed.
const mostReadings = 12

// readings are lines about the ways to read the request, and the rules before
// the one that each falls under. Readings with the same outcome are one line.
func (e *Explanation) readings() (lines []string) {
	if e.trace.Bad != reason.None {
		return []string{"the rule cannot be determined: " + e.trace.Bad.Error()}
	}
	e.trace.Readings = slices.CompactFunc(e.trace.Readings, func(a, b policy.Reading) bool {
		return !a.Folded && b.Folded && a.Path == b.Path && a.Method == b.Method && a.Rule == b.Rule
	})
	var last []policy.Miss
	for i, in := range e.trace.Readings {
		if i == mostReadings {
			return append(lines, fmt.Sprintf("... and %s more", count(len(e.trace.Readings)-i, "reading")))
		}
		lines = append(lines, e.reading(i, in))
		if slices.Equal(in.Misses, last) && i > 0 {
			continue
		}
		last = in.Misses
		for _, miss := range in.Misses {
			lines = append(lines, "  not "+problem.Element("rules", miss.Rule)+": its "+miss.Field+" "+e.miss(miss, in))
		}
	}
	return lines
}

// reading is one way to read the request.
func (e *Explanation) reading(i int, in policy.Reading) string {
	method := in.Method
	if method == "" {
		method = e.request.Method
	}
	text := show(method) + " " + show(in.Path)
	switch {
	case i == 0:
		text += " at host " + show(e.request.Host) + ", as sent"
	case in.Folded:
		text += ", as a server reads it that ignores case"
	default:
		text += ", as a server could read it"
	}
	return text + ": " + strings.SplitN(e.ruleText(in.Rule), ",", 2)[0]
}

// miss says what was compared.
func (e *Explanation) miss(miss policy.Miss, in policy.Reading) string {
	rule := &e.policy.Rules[miss.Rule]
	switch miss.Field {
	case "methods":
		return "are " + list(rule.Methods)
	case "notMethods":
		return "have " + show(in.Method)
	case "hosts":
		return "are " + list(rule.Hosts)
	case "notHosts":
		return "cover " + show(e.request.Host)
	case "paths":
		return "are " + list(rule.Paths)
	}
	return "cover " + show(in.Path)
}

func list(texts []string) string {
	quoted := make([]string, 0, len(texts))
	for _, text := range texts[:min(len(texts), 20)] {
		quoted = append(quoted, show(text))
	}
	if len(texts) > 20 {
		quoted = append(quoted, "...")
	}
	return strings.Join(quoted, ", ")
}
