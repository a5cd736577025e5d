// Package gate applies the rules.
package gate

import (
	"github.com/sessiongate/sessiongate/reason"
	"github.com/sessiongate/sessiongate/request"
	"github.com/sessiongate/sessiongate/session"
)

// Policy is a whole configuration. Its exported fields are set by package
// config; Compile checks what hangs together and makes it ready for requests,
// after which it is read-only.
type Policy struct {
	Providers            []*session.Provider
	Rules                []Rule
	OnFailure            OnFailure
	SignInURL            string
	IdentityHeaderPrefix string
	StripHeaders         []string
	TrustForwarded       bool
	AllowedOrigins       []string // nil: not checked
	BypassCORSPreflight  bool
	ProblemDetails       bool
	FilterState          bool
	TokenCacheSize       int
	MaxTokenBytes        int
	ShareKeys            bool
}

// Rule says what holds for the requests that it matches. A nil list of
// patterns matches all.
type Rule struct {
	Hosts, NotHosts     []string
	Paths, NotPaths     []string
	Methods, NotMethods []string
	Auth                Auth
	Providers           []*session.Provider // nil: all of the policy's
	Require             []Requirement
	OnFailure           OnFailure // Inherit: the policy's
	SignInURL           string
}

// Auth is whether a rule wants a session.
type Auth uint8

// The kinds of rules.
const (
	Required Auth = iota
	Optional
	Skip
)

// OnFailure is what a request gets that a rule does not let through.
type OnFailure uint8

// The ways of failing.
const (
	Inherit OnFailure = iota
	Auto
	Deny
	Redirect
	LogOnly
)

// Requirement is one condition on a claim. Exactly one of Values and
// NotValues is set.
type Requirement struct {
	Claim     session.Claim
	Values    []string
	NotValues []string
}

// Compile checks the policy as a whole and prepares it. A problem's Field is
// a path from the top ("rules[2].signInUrl").
func (p *Policy) Compile() []session.Problem { panic("skeleton") }

// Decide decides about one request. With waited, the request has waited for
// keys already and the outcome is never Wait.
func (p *Policy) Decide(r *request.Request, c *session.Checker, waited bool) Decision {
	panic("skeleton")
}

// Failed is the decision after a panic: 500, never forwarded.
func (p *Policy) Failed(r *request.Request) Decision { panic("skeleton") }

// Forbidden names the request trailers, out of those given (lower case), that
// a client may not set.
func (p *Policy) Forbidden(trailers [][2]string) (names []string) { panic("skeleton") }

// Decision is what to do with a request: a value to print, compare, log and
// carry out.
type Decision struct {
	Outcome  Outcome
	Label    Label         // what it is counted as
	Reason   reason.Reason // None when signed-in, or skipped
	Enforced bool          // false: onFailure is log, Reason and Label name what would have been answered
	Provider *session.Provider

	// Edits are the changes to the request's headers, in order; carried out
	// for Forward and for Answer (access logs read them).
	Edits []Edit
	// Answer is what to send, for Answer.
	Answer Answer
	// SetCookies are Set-Cookie lines to add to the response, whoever makes
	// it; with any, Cache-Control becomes "private, no-store". For Answer they
	// are in its headers already.
	SetCookies []string
	// FilterState are the properties to set, name without "wasm.".
	FilterState [][2]string
}

// Outcome is what happens to the request.
type Outcome uint8

// The outcomes.
const (
	Forward Outcome = iota
	Respond
	Wait // for keys of Decision.Provider; then Decide again with waited
)

// Label is what a decision is counted as.
type Label uint8

// The labels.
const (
	LabelSignedIn  Label = iota
	LabelSignedOut       // passed as signed-out
	LabelSkipped
	LabelDenied // 400, 401, 403
	LabelRedirected
	LabelHandshake
	LabelUnavailable // 503
	LabelFailed      // 500
)

// Edit is one change to the request's headers.
type Edit struct {
	Op    Op
	Name  string // lower case
	Value string
}

// Op is the kind of a change.
type Op uint8

// The kinds of changes.
const (
	Remove Op = iota // all lines of that name
	Set              // one line, replacing all
)

// Answer is a response of our own.
type Answer struct {
	Status     int
	Headers    [][2]string
	Body       string
	GRPCStatus int32 // -1: not gRPC
}
