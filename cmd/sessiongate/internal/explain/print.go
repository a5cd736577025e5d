package explain

import (
	"fmt"
	"io"
	"strings"

	"github.com/sessiongate/sessiongate/internal/policy"
	"github.com/sessiongate/sessiongate/internal/reason"
)

// printDecision prints a decision for people, without tokens or their payloads.
func printDecision(out io.Writer, d policy.Decision) {
	line := func(name, value string) { fmt.Fprintf(out, "%-10s %s\n", name+":", value) }
	switch d.Outcome {
	case policy.Forward:
		line("outcome", "the request passes, "+d.Label.String())
	case policy.Respond:
		line("outcome", fmt.Sprintf("the client gets %d, %s", d.Answer.Status, d.Label))
	case policy.Wait:
		line("outcome", "the request waits for keys of "+d.Demand.Name+"; give them with --keys "+d.Demand.Name+"=FILE")
		return
	}
	if d.Reason != reason.None {
		line("reason", d.Reason.String()+": "+d.Reason.Error())
	}
	if !d.Enforced {
		line("enforced", "no, onFailure is log; the reason is what would have been answered")
	}
	if d.Provider != nil {
		line("provider", d.Provider.Name)
	}
	if changes := d.Changes(); len(changes) > 0 {
		fmt.Fprintln(out, "\nchanges to the request's headers:")
		for _, edit := range changes {
			verb := "set   "
			if edit.Op == policy.Remove {
				verb = "remove"
			}
			fmt.Fprintf(out, "  %s %s\n", verb, strings.TrimPrefix(edit.String(), "-"))
		}
	}
	if d.Outcome == policy.Respond {
		fmt.Fprintln(out, "\nthe answer:")
		for _, h := range d.Answer.Headers {
			fmt.Fprintf(out, "  %s: %s\n", h[0], withoutTokens(h[0], h[1]))
		}
		if d.Answer.GRPCStatus >= 0 {
			fmt.Fprintf(out, "  grpc-status: %d\n", d.Answer.GRPCStatus)
		}
		if d.Answer.Body != "" {
			fmt.Fprintf(out, "\n  %s\n", d.Answer.Body)
		}
	} else if len(d.SetCookies) > 0 {
		fmt.Fprintln(out, "\nadded to the response:")
		for _, c := range d.SetCookies {
			fmt.Fprintf(out, "  set-cookie: %s\n", withoutTokens("set-cookie", c))
		}
	}
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
