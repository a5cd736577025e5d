// Package policy applies the rules of a configuration to a request and the state
// of its session: what the upstream sees, and what everybody else is told.
//
// # Guarantees
//
// Identity headers reach an upstream only from here. A token that was not
// verified does not reach it from any place that a provider reads (but where a
// rule says skip or log, and for what the configuration calls foreign). A
// request passes only if the rules of every path that a server could read in it
// let it pass, and is signed-in only if they agree on who it is. A redirect leads
// to the configured sign-in page or to where package session sends it, never to
// a place that the request names.
//
// # Limits
//
// The package never decides who is signed in, knows no vendor by name, and
// touches neither clock nor network: a decision is a value.
package policy

import (
	"github.com/sessiongate/sessiongate/internal/assertion"
	"time"

	"github.com/sessiongate/sessiongate/internal/request"
	"github.com/sessiongate/sessiongate/internal/session"
)

// Settings are what a configuration says about requests, without what only
// the filter around the policy reads.
type Settings struct {
	Providers            []*session.Provider
	Rules                []Rule
	OnFailure            OnFailure
	SignInURL            string
	StepUpURL            string
	IdentityHeaderPrefix string   // lower case, ends in "-"
	StripHeaders         []string // lower case
	TrustForwarded       bool
	AllowedOrigins       []string // nil: not checked
	CORSOrigins          []string // may read answers of our own
	BypassCORSPreflight  bool
	ProtectedResources   []ProtectedResource
	Assertion            *assertion.Settings // nil: none
	ProblemDetails       bool
	FilterState          bool
	MaxTokenBytes        int
}

// Policy is ready for requests, and read-only. Made by New.
type Policy struct {
	Settings

	rules        []compiledRule
	fallback     compiledRule           // for requests that no rule matches
	methodNames  []string               // those that rules name: see methodSet
	hasHosts     bool                   // some rule has hosts or notHosts
	hasPaths     bool                   // some rule has paths or notPaths
	capitals     bool                   // some path pattern has some
	triedOut     bool                   // no rule refuses anything: all are under "log"
	tokenHeaders []session.HeaderSource // of all providers
	tokenCookies []string               // likewise
	guards       []string               // cookies of the filter's own, which are no upstream's affair

	sources *request.Sources // what is read and taken away, of all providers
	private *request.Names   // the parameters that are left out of redirect_url

	foreign   *session.Foreign // nil: no header may hold another party's credential
	documents []document       // that the filter serves
	resources []resource       // in the order of ProtectedResources

	names  headerNames
	nobody [][][2]string // the identity headers of requests that are not signed in, by reason
	marked []markedName
}

// Rule says what holds for the requests that it matches. A nil list of
// patterns matches all.
type Rule struct {
	Name                string // empty: that of its place, such as "rules[3]"
	Hosts, NotHosts     []string
	Paths, NotPaths     []string
	Methods, NotMethods []string
	Auth                Auth
	Providers           []*session.Provider // nil: all of the policy's
	Tokens              session.TokenKinds  // 0: those of sessions
	Audiences           []string            // nil: not checked
	Require             []Requirement
	Reverification      session.Reverification
	OnFailure           OnFailure // Inherit: the policy's
	SignInURL           string
	AssertionAudience   string // empty: that of the policy's assertion
	StepUpURL           string
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
	Inherit  OnFailure = iota // the zero value: what was not said
	Auto                      // documents go to the sign-in page, the rest is refused
	Deny                      // always refused
	Redirect                  // GET and HEAD go to the sign-in page, the rest is refused
	LogOnly                   // passes, and is counted
)

// Requirement is one condition on a claim. Exactly one of Values, NotValues,
// Equals and MaxAge is set.
type Requirement struct {
	Claim     session.Claim
	Values    []string
	NotValues []string
	Equals    string        // a name in the rule's paths or hosts, in braces: "{tenant}"
	MaxAge    time.Duration // the claim is a date, at most as long ago
}

// NewReader makes a reader of requests to decide about.
func (p *Policy) NewReader() *request.Reader { return request.NewReader(p.sources) }
