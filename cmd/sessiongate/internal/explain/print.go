package explain

import (
	"fmt"
	"io"
	"strings"

	"github.com/sessiongate/sessiongate/cmd/sessiongate/internal/redact"
	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/reason"
)

// Print prints an explanation for people, without tokens or their payloads.
func (e *Explanation) Print(to io.Writer) {
	var out strings.Builder
	e.printOutcome(&out)
	switch e.Decision.Label {
	case policy.LabelServed:
	case policy.LabelSkipped:
		section(&out, "how the rule was found", e.readings())
	default:
		e.printTokens(&out)
		section(&out, "how the rule was found", e.readings())
	}
	if e.Decision.Outcome != policy.Wait {
		e.printEdits(&out)
	}
	_, _ = io.WriteString(to, e.secrets.Text(out.String()))
}

func (e *Explanation) printOutcome(out io.Writer) {
	d := &e.Decision
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(out, "%-10s %s\n", name+":", value)
		}
	}
	switch d.Outcome {
	case policy.Forward:
		line("outcome", "the request passes, "+d.Label.String())
	case policy.Respond:
		line("outcome", fmt.Sprintf("the client gets %d, %s", d.Answer.Status, d.Label))
	case policy.Wait:
		line("outcome", "the request waits for keys of "+d.Demand.Name+"; give them with --keys "+d.Demand.Name+"=FILE, or use --fetch")
	}
	if d.Reason != reason.None {
		line("reason", d.Reason.String()+": "+d.Reason.Error())
	}
	if !d.Enforced {
		line("enforced", "no, onFailure is log; otherwise the filter would have answered with this reason")
	}
	switch {
	case d.Label == policy.LabelServed:
		line("rule", "none: the filter serves this document itself")
	case e.trace.Bad == reason.None:
		line("rule", e.ruleText(e.rule()))
	}
	if d.Outcome != policy.Wait {
		line("wrong", e.wrong())
	}
	if d.Provider != nil {
		line("provider", d.Provider.Name)
	}
}

// Summary is the outcome with what led to it, in a few lines.
func (e *Explanation) Summary() string {
	var out strings.Builder
	e.printOutcome(&out)
	return redact.Text(e.secrets.Text(out.String()))
}

// printTokens prints what was asked of each token in the request.
func (e *Explanation) printTokens(out io.Writer) {
	for _, name := range e.request.Foreign {
		section(out, "the token in header "+name, []string{"another party's (foreignTokens): it stays there for the backend, and the filter has not verified it"})
	}
	for i := range e.tokens {
		t := &e.tokens[i]
		var lines []string
		for j := range t.checks {
			mark := "ok    "
			if t.checks[j].want != "" {
				mark = "wrong "
			}
			lines = append(lines, fmt.Sprintf("%s %-9s %s", mark, t.checks[j].name, t.checks[j].text()))
		}
		section(out, fmt.Sprintf("the token in %s, %s, as provider %s sees it", t.place, count(len(t.value), "byte"), t.provider.Name), lines)
	}
}

func section(out io.Writer, title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s:\n", title)
	for _, line := range lines {
		fmt.Fprintf(out, "  %s\n", line)
	}
}

// printEdits prints what becomes of the request, and the answer.
func (e *Explanation) printEdits(out io.Writer) {
	d := &e.Decision
	var lines []string
	for _, edit := range d.Changes() {
		verb := "set   "
		if edit.Op == policy.Remove {
			verb = "remove"
		}
		lines = append(lines, verb+" "+strings.TrimPrefix(edit.String(), "-"))
	}
	section(out, "changes to the request's headers", lines)
	if d.Outcome == policy.Respond {
		lines = nil
		for _, h := range d.Answer.Headers {
			lines = append(lines, h[0]+": "+withoutTokens(h[0], h[1]))
		}
		if d.Answer.GRPCStatus >= 0 {
			lines = append(lines, fmt.Sprintf("grpc-status: %d", d.Answer.GRPCStatus))
		}
		if d.Answer.Body != "" {
			lines = append(lines, "", d.Answer.Body)
		}
		section(out, "the answer", lines)
		return
	}
	lines = nil
	for _, c := range d.SetCookies {
		lines = append(lines, "set-cookie: "+withoutTokens("set-cookie", c))
	}
	section(out, "added to the response", lines)
}

// withoutTokens is the value of a response header without the tokens that
// Clerk's protocol puts there.
func withoutTokens(name, value string) string {
	switch name {
	case "set-cookie":
		cookie, rest, _ := strings.Cut(value, "=")
		if _, attributes, ok := strings.Cut(rest, ";"); ok {
			return cookie + "=...;" + attributes
		}
		return cookie + "=..."
	case "location":
		const parameter = "__clerk_db_jwt="
		if before, after, ok := strings.Cut(value, parameter); ok {
			_, more, ok := strings.Cut(after, "&")
			if ok {
				more = "&" + more
			}
			return before + parameter + "..." + more
		}
	}
	return value
}

// cookieValues are the values in a Cookie line.
func cookieValues(line string) (values []string) {
	for part := range strings.SplitSeq(line, ";") {
		if _, value, ok := strings.Cut(part, "="); ok {
			values = append(values, strings.TrimSpace(value))
		}
	}
	return values
}
