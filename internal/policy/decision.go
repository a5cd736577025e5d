package policy

import (
	"strconv"

	"github.com/sessiongate/sessiongate/internal/reason"
	"github.com/sessiongate/sessiongate/internal/session"
)

// Decision is what to do with a request: a value to print, compare and carry
// out.
type Decision struct {
	Outcome  Outcome
	Label    Label         // what it is counted as
	Reason   reason.Reason // None when signed-in, or skipped
	Enforced bool          // false: onFailure is log; Reason and Label name what would have been answered
	Provider *session.Provider
	// Rule is the name of the rule that refuses, or would under "log"; of a
	// request that passes, that of its path as sent.
	Rule string

	// Edits are changes to the request's headers, in order; carried out for
	// Forward and for Respond (access logs read them).
	Edits []Edit
	// Identity are the lines to add after that, which say who is calling. They
	// may be shared with other decisions: read-only.
	Identity [][2]string
	// PayloadHeader is the name of the line of Identity that holds the payload
	// of a verified token; empty where there is none.
	PayloadHeader string
	// AssertionHeader is the name of the line of Identity that holds a signed
	// assertion; empty where there is none.
	AssertionHeader string
	// Answer is what to send, for Respond.
	Answer Answer
	// SetCookies are Set-Cookie lines to add to the response, whoever makes
	// it; with any, Cache-Control becomes "private, no-store". For Respond they
	// are in the answer's headers already.
	SetCookies []string
	// FilterState are the properties to set: name without "wasm.", and value.
	FilterState [][2]string
	// Demand is the provider whose keys lack the one that a token names, so
	// that a fetch may be due; whatever the outcome.
	Demand *session.Provider
}

// Changes are all changes to the request's headers, in order, as a list to
// print and compare: Edits, and Identity.
func (d *Decision) Changes() []Edit {
	all := make([]Edit, len(d.Edits), len(d.Edits)+len(d.Identity))
	copy(all, d.Edits)
	for _, line := range d.Identity {
		all = append(all, Edit{
			Op: Add, Name: line[0], Value: line[1],
			Payload:   d.PayloadHeader != "" && line[0] == d.PayloadHeader,
			Sensitive: d.AssertionHeader != "" && line[0] == d.AssertionHeader,
		})
	}
	return all
}

// String is a summary for people. It holds neither tokens nor claims.
func (d Decision) String() string {
	s := d.Outcome.String() + " " + d.Label.String()
	if d.Reason != reason.None {
		s += " " + d.Reason.String()
	}
	if d.Outcome == Respond {
		s += " " + strconv.Itoa(d.Answer.Status)
	}
	if !d.Enforced {
		s += " (only logged)"
	}
	return s
}

// Outcome is what happens to the request.
type Outcome uint8

// The outcomes.
const (
	Forward Outcome = iota
	Respond
	Wait // for the keys of Decision.Demand; then Decide again, having waited
)

func (o Outcome) String() string {
	return [...]string{"forward", "respond", "wait"}[o]
}

// Label is what a decision is counted as.
type Label uint8

// The labels.
const (
	LabelSignedIn    Label = iota
	LabelSignedOut         // passed as signed-out
	LabelSkipped           // not looked at
	LabelDenied            // 400, 401, 403, 431
	LabelRedirected        // to the sign-in page
	LabelHandshake         // to the Frontend API, or back from it
	LabelUnavailable       // 503
	LabelFailed            // 500
	LabelServed            // a document of the filter's own
)

// Labels is how many labels there are.
const Labels = int(LabelServed) + 1

func (l Label) String() string {
	return [...]string{"signed-in", "signed-out", "skipped", "denied", "redirected", "handshake", "unavailable", "failed", "served"}[l]
}

// Edit is one change to the request's headers.
type Edit struct {
	Op        Op
	Name      string // lower case
	Value     string
	Sensitive bool // Value holds a verified token, or an assertion
	Payload   bool // Value is the payload of one
}

// String is the change without a value that holds a token or its payload.
func (e Edit) String() string {
	switch {
	case e.Op == Remove:
		return "-" + e.Name
	case e.Sensitive:
		return e.Name + ": [token]"
	case e.Payload:
		return e.Name + ": [payload]"
	}
	return e.Name + ": " + e.Value
}

// Op is the kind of a change.
type Op uint8

// The kinds of changes.
const (
	Remove Op = iota // all lines of that name
	Set              // one line, replacing all
	Add              // one more line
)

// Answer is a response of our own.
type Answer struct {
	Status     int
	Headers    [][2]string
	Body       string
	GRPCStatus int32 // -1: not gRPC
	// Details are for access logs (RESPONSE_CODE_DETAILS): the rule and the
	// reason, and nothing of the request.
	Details string
}
